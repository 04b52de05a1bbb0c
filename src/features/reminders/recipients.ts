import { listOf } from '../../base/text.ts'
import { type Person, type Plan, type Project, workstreamOf } from '../plan/plan.ts'

/** As whom somebody is reminded. */
export type Role = 'lead' | 'workstream lead' | 'sponsor' | 'programme office' | 'nobody'

export interface Recipient {
  /** Null for nobody. */
  readonly person: Person | null
  readonly role: Role
  /** Why it is not the project's lead who is asked, in words; null where it is. */
  readonly why: string | null
}

/**
 * Who is asked about a project's milestones: its leads; with none recorded its workstream's leads, then its
 * sponsors, then the programme office. People without an account in chat cannot be asked: where that is
 * everybody, the programme office is.
 */
export function recipientsOf(
  plan: Plan,
  project: Project,
  hasAccount: (personId: string) => boolean,
): Recipient[] {
  const { role, people, why } = answerable(plan, project)
  const reached = people.filter(({ id }) => hasAccount(id))
  if (reached.length > 0) return reached.map((person) => ({ person, role, why }))
  const whyNot = people.length > 0 ? withoutAccount(people) : 'no lead is recorded'
  const office = peopleOf(plan, plan.programmeOffice).filter(({ id }) => hasAccount(id))
  if (office.length === 0) return [{ person: null, role: 'nobody', why: whyNot }]
  return office.map((person) => ({ person, role: 'programme office', why: whyNot }))
}

interface Answerable {
  readonly role: Role
  readonly people: readonly Person[]
  readonly why: string | null
}

function answerable(plan: Plan, project: Project): Answerable {
  const workstream = workstreamOf(plan, project)
  const why = 'no lead is recorded'
  const inOrder: Answerable[] = [
    { role: 'lead', people: peopleOf(plan, project.leads), why: null },
    { role: 'workstream lead', people: peopleOf(plan, workstream?.leads ?? []), why },
    { role: 'sponsor', people: peopleOf(plan, workstream?.sponsors ?? []), why },
  ]
  return inOrder.find(({ people }) => people.length > 0) ?? { role: 'nobody', people: [], why }
}

function peopleOf(plan: Plan, ids: readonly string[]): Person[] {
  return ids.flatMap((id) => plan.people.get(id) ?? [])
}

function withoutAccount(people: readonly Person[]): string {
  const names = listOf(people.map(({ name }) => name))
  return `${names} ${people.length === 1 ? 'has' : 'have'} no account in chat`
}
