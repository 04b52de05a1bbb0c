import type { Permissions } from '../plan/permissions.ts'
import type { Entry, EntryKind } from './entry.ts'

/**
 * Whether the person may add this kind anywhere in the programme. Leads of workstreams and the programme office add what
 * concerns the whole programme, as every headline does.
 */
export function mayAdd(
  { isOffice, leadsWorkstream, projects }: Permissions,
  kind: EntryKind,
): boolean {
  return isOffice || leadsWorkstream || (kind !== 'headline' && projects.size > 0)
}

/** Whoever may add an entry may close it. Sponsors may close a decision, which they may have taken. */
export function mayClose(permissions: Permissions, { kind, project }: Entry): boolean {
  const { isOffice, isSponsor, leadsWorkstream, projects } = permissions
  if (isOffice || (kind === 'decision' && isSponsor)) return true
  return project ? projects.has(project.id) : leadsWorkstream
}
