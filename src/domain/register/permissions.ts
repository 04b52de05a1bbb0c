import type { Permissions } from '../plan/permissions.ts'
import type { Entry, EntryKind } from './entry.ts'

/**
 * Whether the person may add this kind to anything of the programme. What concerns the whole of it is for leads of
 * workstreams and the programme office, and every headline does.
 */
export function mayAdd(
  { isOffice, leadsWorkstream, projects }: Permissions,
  kind: EntryKind,
): boolean {
  return isOffice || leadsWorkstream || (kind !== 'headline' && projects.size > 0)
}

/**
 * Those who may add an entry may close it; a decision also the sponsors of the programme, who may have taken it.
 */
export function mayClose(permissions: Permissions, { kind, project }: Entry): boolean {
  const { isOffice, isSponsor, leadsWorkstream, projects } = permissions
  if (isOffice || (kind === 'decision' && isSponsor)) return true
  return project ? projects.has(project.id) : leadsWorkstream
}
