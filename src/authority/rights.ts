import { Refusal } from '../base/errors.ts'
import { type Action, actionsOnArchived, type Role, rolesByAction } from './actions.ts'
import { archivedRefusal, type RefusedAction, refusalText } from './refusals.ts'

/** Decides who may do what: pure, by what somebody is to a thing. */

/** What one person is to one thing today. */
export interface Relation {
  readonly roles: readonly Role[]
  /** Ids of the leads who are away and for whom the person stands in. */
  readonly standsInFor: readonly string[]
  /** The thing belongs to a programme that was archived: it is read, and nothing of it is changed. */
  readonly isArchived?: boolean
}

/** Leave to do something. */
export interface Right {
  /** The lead for whom a deputy does it; null for a person who does it in their own name. */
  readonly onBehalfOfId: string | null
}

/** What an account that is linked to nobody is to anything. */
export const strangersRelation: Relation = { roles: ['anyone'], standsInFor: [] }

/** What an administrator's account is to anything, by itself. */
export const adminsRelation: Relation = { roles: ['anyone', 'admin'], standsInFor: [] }

/** The right to an action that these roles give; undefined where they give none. */
export function rightTo(
  action: Action,
  { roles, standsInFor, isArchived = false }: Relation,
): Right | undefined {
  if (isArchived && !actionsOnArchived.includes(action)) return undefined
  const enough: readonly Role[] = rolesByAction[action]
  const held = roles.filter((role) => enough.includes(role))
  if (held.length === 0) return undefined
  const isInOwnName = held.some((role) => role !== 'deputy')
  return { onBehalfOfId: isInOwnName ? null : (standsInFor[0] ?? null) }
}

export function may(action: Action, relation: Relation): boolean {
  return rightTo(action, relation) !== undefined
}

/** @throws Refusal that says who does it instead. `thing`: as a sentence names it */
export function authorise(action: RefusedAction, relation: Relation, thing: string): Right {
  const right = rightTo(action, relation)
  if (right) return right
  if (relation.isArchived) throw archivedRefusal()
  throw new Refusal(refusalText(action, thing))
}

/** Who answers for a project: ids of people, in the order of the plan. */
export interface ProjectRoles {
  readonly leads: readonly string[]
  readonly workstreamLeads: readonly string[]
  /** Of its workstream. */
  readonly sponsors: readonly string[]
  readonly programmeOffice: readonly string[]
  /** Those of its leads and its workstream's leads who are away today with the person who asks as their deputy. */
  readonly leadsCoveredByActor: readonly string[]
  /** Its programme was archived. */
  readonly isArchived?: boolean
}

/** What a member of its programme is to a project. */
export function relationToProject(personId: string, project: ProjectRoles): Relation {
  const { leads, workstreamLeads, sponsors, programmeOffice, leadsCoveredByActor } = project
  const { isArchived = false } = project
  const roles: (Role | false)[] = [
    ...(['person', 'member'] as const),
    leads.includes(personId) && 'lead',
    workstreamLeads.includes(personId) && 'workstream lead',
    leadsCoveredByActor.length > 0 && 'deputy',
    sponsors.includes(personId) && 'sponsor',
    programmeOffice.includes(personId) && 'office',
  ]
  return {
    roles: roles.filter((role) => role !== false),
    standsInFor: leadsCoveredByActor,
    isArchived,
  }
}

/** The lead for whom a deputy changes a project; null for a person who acts in their own name. */
export function onBehalfOf(personId: string, project: ProjectRoles): string | null {
  return rightTo('change project', relationToProject(personId, project))?.onBehalfOfId ?? null
}
