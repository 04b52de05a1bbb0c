import { z } from 'zod'
import { type CivilDate, fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Prisma, ReadTx, Tx } from '../../infra/db.ts'
import { type Withdrawal, withdrawalColumns } from '../plan/withdrawal.ts'

/** A sheet that was imported, as far as whoever takes it back needs it. */
export interface PlanImport {
  readonly id: string
  readonly programmeId: string
  readonly fileName: string
  /** Null: from the terminal. */
  readonly byId: string | null
  readonly asOf: CivilDate
  /** UTC; nothing that it wrote is earlier. */
  readonly at: Date
  /** Numbers of the measures that it did not add, and changed. */
  readonly changedMeasures: readonly string[]
}

export interface NewImport extends Omit<PlanImport, 'id' | 'changedMeasures'> {
  readonly sha256: string
  /** What it understood and did. */
  readonly result: Prisma.InputJsonValue
}

/** Records an import and gives its id, under which its changes of the plan are kept. */
export async function recordImport(tx: Tx, { asOf, ...row }: NewImport): Promise<string> {
  const id = newId()
  await tx.planImport.create({ data: { id, ...row, asOf: toDbDate(asOf) } })
  return id
}

/** An import into these programmes that still stands, by its id. */
export function findStandingImport(
  tx: ReadTx,
  programmeIds: readonly string[],
  id: string,
): Promise<PlanImport | undefined> {
  return firstImport(tx, { id, programmeId: { in: [...programmeIds] } })
}

/** The last import that a person made into these programmes since a moment and that still stands. */
export function latestImportBy(
  tx: ReadTx,
  programmeIds: readonly string[],
  byId: string,
  since: Date,
): Promise<PlanImport | undefined> {
  return firstImport(tx, { byId, at: { gte: since }, programmeId: { in: [...programmeIds] } })
}

/** The last import into these programmes that still stands. */
export function lastImport(
  tx: ReadTx,
  programmeIds: readonly string[],
): Promise<PlanImport | undefined> {
  return firstImport(tx, { programmeId: { in: [...programmeIds] } })
}

/** The first import into a programme that still stands: what its plan began as. */
export async function earliestImport(
  tx: ReadTx,
  programmeId: string,
): Promise<Pick<PlanImport, 'asOf' | 'at'> | null> {
  const row = await tx.planImport.findFirst({
    where: { programmeId, withdrawnOn: null },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { asOf: true, at: true },
  })
  return row && { at: row.at, asOf: fromDbDate(row.asOf) }
}

async function firstImport(
  tx: ReadTx,
  where: Prisma.PlanImportWhereInput,
): Promise<PlanImport | undefined> {
  const row = await tx.planImport.findFirst({
    where: { ...where, withdrawnOn: null },
    orderBy: { at: 'desc' },
  })
  if (!row) return undefined
  const { id, programmeId, fileName, byId, at } = row
  const { changed } = resultSchema.parse(row.result).difference
  const ofMeasures = changed.flatMap(({ what, ref, field }) =>
    what === 'measure' && field !== 'place in the plan' ? [ref] : [],
  )
  const changedMeasures = [...new Set(ofMeasures)]
  return { id, programmeId, fileName, byId, at, asOf: fromDbDate(row.asOf), changedMeasures }
}

/** As much of what an import recorded as is needed here. */
const resultSchema = z.object({
  difference: z.object({
    changed: z.array(z.object({ what: z.string(), ref: z.string(), field: z.string() })),
  }),
})

/** The standing import with the latest as-at day after this one; undefined where there is none. */
export async function newestImportAfter(
  tx: ReadTx,
  programmeId: string,
  asOf: CivilDate,
): Promise<CivilDate | undefined> {
  const newer = await tx.planImport.findFirst({
    where: { programmeId, asOf: { gt: toDbDate(asOf) }, withdrawnOn: null },
    orderBy: { asOf: 'desc' },
  })
  return newer ? fromDbDate(newer.asOf) : undefined
}

/** The ids of the imports into a programme that were taken back. */
export async function withdrawnImportIds(
  tx: ReadTx,
  programmeId: string,
): Promise<ReadonlySet<string>> {
  const rows = await tx.planImport.findMany({
    where: { programmeId, withdrawnOn: { not: null } },
    select: { id: true },
  })
  return new Set(rows.map(({ id }) => id))
}

/** Marks an import as taken back. False where somebody has at the same moment. */
export async function markImportWithdrawn(
  tx: Tx,
  id: string,
  withdrawal: Withdrawal,
): Promise<boolean> {
  const { count } = await tx.planImport.updateMany({
    where: { id, withdrawnOn: null },
    data: withdrawalColumns(withdrawal),
  })
  return count > 0
}

/** What imports are called, by id: 'plan.xlsx by Priya Marlowe', 'plan.xlsx from the terminal'. */
export async function importNames(
  tx: ReadTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.planImport.findMany({
    where: { id: { in: [...new Set(ids)] } },
    include: { by: true },
  })
  return new Map(
    rows.map(({ id, fileName, by }) => [
      id,
      `${fileName} ${by ? `by ${by.name}` : 'from the terminal'}`,
    ]),
  )
}
