import { MemberResolver } from '../../domain/people/member-resolver.ts'
import { withRoleHistory } from '../../domain/people/role-history.ts'
import { projectLeads, workstreamLeads, workstreamSponsors } from '../../domain/plan/fields.ts'
import type { PlanDiff } from './diff-types.ts'
import {
  type ImportContext,
  importProvenance,
  projectIdsByRef,
  workstreamIdsByRef,
} from './import-context.ts'
import type { ParsedPlan } from './parsed-plan.ts'
import { addedRefs, setImported } from './set-imported.ts'

/** Sets leads and sponsors, who are given their roles in the programme with it. */
export async function applyOwners(
  to: ImportContext,
  file: ParsedPlan,
  difference: PlanDiff,
): Promise<void> {
  const members = await MemberResolver.load(to.tx, to.programmeId, to.now)
  const said = importProvenance(to)
  const { programmeId, importId } = to
  await withRoleHistory(to.tx, { programmeId, said, importId }, () =>
    setOwners(to, file, difference, members),
  )
}

/** Sets leads and sponsors where the file names any; a file without these columns changes none. */
async function setOwners(
  to: ImportContext,
  file: ParsedPlan,
  difference: PlanDiff,
  roster: MemberResolver,
): Promise<void> {
  const projects = await projectIdsByRef(to)
  const newProjects = addedRefs(difference, 'project')
  for (const { ref, leads } of file.projects) {
    const projectId = projects.get(ref)
    if (!projectId || leads.length === 0) continue
    const people = await uniquePersonIds(leads, (name) => roster.resolveMember(name, 'lead'))
    await setImported(to, projectLeads, projectId, people, newProjects.has(ref))
  }
  const workstreams = await workstreamIdsByRef(to)
  const newWorkstreams = addedRefs(difference, 'workstream')
  for (const { ref, leads, sponsors } of file.workstreams) {
    const workstreamId = workstreams.get(ref)
    if (!workstreamId) continue
    for (const [field, role, names] of [
      [workstreamLeads, 'lead', leads],
      [workstreamSponsors, 'sponsor', sponsors],
    ] as const) {
      if (names.length === 0) continue
      const people = await uniquePersonIds(names, (name) => roster.resolveMember(name, role))
      await setImported(to, field, workstreamId, people, newWorkstreams.has(ref))
    }
  }
}

/** One after the other, because each may add a person whom the next one finds. */
async function uniquePersonIds(
  names: readonly string[],
  find: (name: string) => Promise<string>,
): Promise<string[]> {
  const ids = new Set<string>()
  for (const name of names) ids.add(await find(name))
  return [...ids]
}
