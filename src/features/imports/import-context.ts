import type { CivilDate } from '../../base/dates.ts'
import type { Provenance } from '../../domain/plan/milestone-store.ts'
import type { Tx } from '../../infra/db.ts'

/** Where and when an import writes. */
export interface ImportContext {
  readonly tx: Tx
  readonly programmeId: string
  /** Under which its changes of the plan are kept, to be taken back as a whole. */
  readonly importId: string
  readonly asOf: CivilDate
  readonly fileName: string
  readonly now: Date
  /** Who imports it; null: the terminal. */
  readonly byId: string | null
  /** Refs of projects whose ratings wait for a second person. */
  readonly toConfirm: ReadonlySet<string>
  /** Of the file: of which a person says that they are none of the plan's in other words. */
  readonly newRows: readonly number[]
}

/** Who says what an import writes into the history: nobody, as at the file's day. */
export function importProvenance({ asOf, now }: Pick<ImportContext, 'asOf' | 'now'>): Provenance {
  return { byId: null, onBehalfOfId: null, source: 'import', onDay: asOf, at: now }
}

/** The ids of the programme's projects by their refs. */
export async function projectIdsByRef({
  tx,
  programmeId,
}: Pick<ImportContext, 'tx' | 'programmeId'>): Promise<Map<string, string>> {
  const select = { id: true, ref: true }
  const rows = await tx.project.findMany({ where: { programmeId }, select })
  return new Map(rows.map(({ id, ref }) => [ref, id]))
}

/** The ids of the programme's workstreams by their refs. */
export async function workstreamIdsByRef({
  tx,
  programmeId,
}: Pick<ImportContext, 'tx' | 'programmeId'>): Promise<Map<string, string>> {
  const select = { id: true, ref: true }
  const rows = await tx.workstream.findMany({ where: { programmeId }, select })
  return new Map(rows.map(({ id, ref }) => [ref, id]))
}

/** The ids of the programme's outcomes by their texts. */
export async function outcomeIdsByText({
  tx,
  programmeId,
}: Pick<ImportContext, 'tx' | 'programmeId'>): Promise<Map<string, string>> {
  const rows = await tx.outcome.findMany({ where: { programmeId } })
  return new Map(rows.map(({ id, text }) => [text, id]))
}

/** The ids of the names that are known, in order. */
export function idsOf(names: readonly string[], ids: ReadonlyMap<string, string>): string[] {
  return names.flatMap((name) => ids.get(name) ?? [])
}
