import { fold } from '../../base/text.ts'
import { withdrawnImportIds } from '../../domain/imports/import-store.ts'
import { projectRef, workstreamRef } from '../../domain/plan/fields.ts'
import { loadFieldRevisions } from '../../domain/revisions/revision-store.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { StoredPlan } from './diff.ts'
import { type EarlierNumber, matchEarlierNumbers } from './earlier-numbers.ts'
import { withoutWithdrawn } from './known-values.ts'
import type { ParsedPlan } from './parsed-plan.ts'

/** Present numbers of what was numbered anew, with the numbers that a sheet may still have. Newest first. */
export interface EarlierRefs {
  readonly projects: readonly EarlierNumber[]
  readonly workstreams: readonly EarlierNumber[]
}

export async function loadEarlierRefs(tx: ReadTx, programmeId: string): Promise<EarlierRefs> {
  const select = { id: true, ref: true }
  const projects = await tx.project.findMany({ where: { programmeId }, select })
  const workstreams = await tx.workstream.findMany({ where: { programmeId }, select })
  const revisions = withoutWithdrawn(
    await loadFieldRevisions(tx, programmeId, [projectRef, workstreamRef]),
    await withdrawnImportIds(tx, programmeId),
  )
  const earlierOf = (items: readonly { readonly id: string; readonly ref: string }[]) => {
    const present = new Map(items.map(({ id, ref }) => [id, ref]))
    const taken = new Set(items.map(({ ref }) => fold(ref)))
    return revisions.flatMap(({ itemId, from }): EarlierNumber[] => {
      const now = present.get(itemId)
      // A number that another has now means that one.
      return now && !taken.has(fold(String(from))) ? [{ earlier: String(from), present: now }] : []
    })
  }
  return { projects: earlierOf(projects), workstreams: earlierOf(workstreams) }
}

/** The file with today's numbers in place of earlier ones, each for one row (matchEarlierNumbers). */
export function withPresentRefs<File extends ParsedPlan>(
  file: File,
  stored: StoredPlan,
  earlier: EarlierRefs,
  newRows: readonly number[] = [],
): File {
  const ofWorkstreams = matchEarlierNumbers(
    file.workstreams,
    stored.workstreams.filter(isOfPlan),
    earlier.workstreams,
    newRows,
  )
  const workstream = (ref: string) => ofWorkstreams.refs.get(fold(ref)) ?? ref
  const rows = file.projects.map((row) => ({
    ...row,
    workstreamRef: workstream(row.workstreamRef),
  }))
  const ofProjects = matchEarlierNumbers(
    rows,
    stored.projects.filter(isOfPlan),
    earlier.projects,
    newRows,
  )
  const project = (ref: string) => ofProjects.refs.get(fold(ref)) ?? ref
  const matches = [ofWorkstreams, ofProjects]
  return {
    ...file,
    workstreams: file.workstreams.map((row) => ({ ...row, ref: workstream(row.ref) })),
    projects: rows.map((row) => ({ ...row, ref: project(row.ref) })),
    measures: file.measures.map((row) => ({
      ...row,
      workstreamRef: row.workstreamRef === null ? null : workstream(row.workstreamRef),
      projects: row.projects.map(project),
    })),
    warnings: [...file.warnings, ...matches.flatMap(({ notes }) => notes)],
    problems: [...file.problems, ...matches.flatMap(({ questions }) => questions)],
  }
}

/** What an import added that was taken back had its numbers in that import alone. */
const isOfPlan = ({ isTakenBack = false }: { readonly isTakenBack?: boolean }) => !isTakenBack
