import { type CivilDate, dateIn, fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'

/** What was deleted because its time was over, or because a person was forgotten: counts, and no content. */

export interface DisposalCount {
  readonly what: string
  readonly rule: string
  readonly programmeId: string | null
  readonly count: number
}

export interface Disposal {
  /** UTC. */
  readonly day: CivilDate
  readonly what: string
  readonly rule: string
  /** The programme's key; null: of none. */
  readonly programme: string | null
  /** Who did it; null: Milepost, as its time was over. */
  readonly by: string | null
  readonly count: number
}

/** Counts for each day, so that what is deleted each minute fills no table. `by`: absent where it is Milepost itself. */
export async function recordDisposals(
  tx: Tx,
  counts: readonly DisposalCount[],
  now: Date,
  by: string | null = null,
): Promise<void> {
  const day = toDbDate(dateIn('UTC', now))
  for (const { what, rule, programmeId, count } of counts) {
    const same = { day, what, rule, programmeId, by }
    const { count: found } = await tx.disposal.updateMany({
      where: same,
      data: { count: { increment: count } },
    })
    if (found === 0) await tx.disposal.create({ data: { id: newId(), ...same, count } })
  }
}

/** The oldest first. `programmeId`: of that one alone. */
export async function loadDisposals(tx: ReadTx, programmeId?: string): Promise<Disposal[]> {
  const rows = await tx.disposal.findMany({
    where: programmeId === undefined ? {} : { programmeId },
    include: { programme: { select: { key: true } } },
    orderBy: [{ day: 'asc' }, { what: 'asc' }, { programmeId: 'asc' }],
  })
  return rows.map(({ day, what, rule, programme, by, count }) => ({
    ...{ day: fromDbDate(day), what, rule, by, count },
    programme: programme?.key ?? null,
  }))
}
