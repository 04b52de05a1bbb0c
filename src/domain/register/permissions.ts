import type { Action } from '../../authority/actions.ts'
import { type ProgrammeRoles, relationIn } from '../../authority/programme-roles.ts'
import { may, type Relation } from '../../authority/rights.ts'
import type { Entry, EntryKind } from './entry.ts'

/**
 * Whether the person may add this kind anywhere in the programme: to the whole of it, as every headline is, or to one of
 * its projects.
 */
export function mayAdd({ toProgramme, toProjects }: ProgrammeRoles, kind: EntryKind): boolean {
  if (may('add to programme', toProgramme)) return true
  const changes = [...toProjects.values()].some((project) => may('change project', project))
  return kind !== 'headline' && changes
}

/**
 * Closing or reviewing it, and what the person is to it. Its owner may, or who stands in for them today; sponsors may
 * close any decision, which they may have taken.
 */
export function closingOf(
  roles: ProgrammeRoles,
  entry: Pick<Entry, 'kind' | 'project'> & { readonly ownerId?: string | null },
): { readonly action: Extract<Action, 'close entry' | 'close decision'>; readonly to: Relation } {
  const { kind, project, ownerId } = entry
  const sponsor = roles.toProgramme.roles.filter((role) => role === 'sponsor')
  const to = project ? relationIn(roles, project.id) : roles.toProgramme
  const owner = ownerId && roles.actsFor.includes(ownerId) ? (['owner'] as const) : []
  return {
    action: kind === 'decision' ? 'close decision' : 'close entry',
    to: { ...to, roles: [...to.roles, ...sponsor, ...owner] },
  }
}

export function mayClose(roles: ProgrammeRoles, entry: Pick<Entry, 'kind' | 'project'>): boolean {
  const { action, to } = closingOf(roles, entry)
  return may(action, to)
}
