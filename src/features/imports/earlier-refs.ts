import { fold } from '../../base/text.ts'
import { projectRef, workstreamRef } from '../../domain/plan/fields.ts'
import { loadFieldRevisions } from '../../domain/revisions/revision-store.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { ParsedPlan } from './parsed-plan.ts'

/** Present numbers of what was numbered anew in chat, by the numbers that a sheet may still have. Folded keys. */
export interface EarlierRefs {
  readonly projects: ReadonlyMap<string, string>
  readonly workstreams: ReadonlyMap<string, string>
}

export async function loadEarlierRefs(tx: ReadTx, programmeId: string): Promise<EarlierRefs> {
  const select = { id: true, ref: true }
  const projects = await tx.project.findMany({ where: { programmeId }, select })
  const workstreams = await tx.workstream.findMany({ where: { programmeId }, select })
  const revisions = await loadFieldRevisions(tx, programmeId, [projectRef, workstreamRef])
  const earlierOf = (items: readonly { readonly id: string; readonly ref: string }[]) => {
    const present = new Map(items.map(({ id, ref }) => [id, ref]))
    const taken = new Set(items.map(({ ref }) => fold(ref)))
    return new Map(
      revisions.flatMap(({ itemId, from }): [string, string][] => {
        const [earlier, now] = [fold(String(from)), present.get(itemId)]
        // A number that another has now means that one.
        return now && !taken.has(earlier) ? [[earlier, now]] : []
      }),
    )
  }
  return { projects: earlierOf(projects), workstreams: earlierOf(workstreams) }
}

/**
 * The file with today's numbers in place of earlier ones. Where it has a row for today's number as well, the earlier
 * one means something new.
 */
export function withPresentRefs<File extends ParsedPlan>(file: File, earlier: EarlierRefs): File {
  const project = presentRef(earlier.projects, file.projects)
  const workstream = presentRef(earlier.workstreams, file.workstreams)
  return {
    ...file,
    workstreams: file.workstreams.map((row) => ({ ...row, ref: workstream(row.ref) })),
    projects: file.projects.map((row) => ({
      ...row,
      ref: project(row.ref),
      workstreamRef: workstream(row.workstreamRef),
    })),
    measures: file.measures.map((row) => ({
      ...row,
      workstreamRef: row.workstreamRef === null ? null : workstream(row.workstreamRef),
      projects: row.projects.map(project),
    })),
  }
}

function presentRef(
  earlier: ReadonlyMap<string, string>,
  rows: readonly { readonly ref: string }[],
): (ref: string) => string {
  const inFile = new Set(rows.map(({ ref }) => fold(ref)))
  return (ref) => {
    const present = earlier.get(fold(ref))
    return present && !inFile.has(fold(present)) ? present : ref
  }
}
