import {
  addDays,
  type CivilDate,
  dateIn,
  fromDbDate,
  momentAt,
  toDbDate,
} from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { DomainContext } from '../context.ts'
import { requirePersonId } from '../plan/lookup.ts'
import type { Programme } from '../programme/programme.ts'
import { defaultSchedule } from '../schedule/schedule.ts'
import { loadSubscriptions, type Subscription } from '../schedule/subscription-store.ts'
import { type RoundChange, type RoundInputs, roundsAt, type UpdateRound } from './rules.ts'

/**
 * Loads everything needed to compute the rounds of a programme. They serve the digest of the channel that has had one longest;
 * other channels may get theirs on other days.
 */
export async function loadRoundInputs(tx: ReadTx, programme: Programme): Promise<RoundInputs> {
  const { id } = programme
  const rows = await tx.roundChange.findMany({ where: { programmeId: id }, ...oldestFirst })
  return roundInputs(programme, rows, await loadSubscriptions(tx, id))
}

/** The same for several programmes, by programme id. */
export async function loadAllRoundInputs(
  tx: ReadTx,
  programmes: readonly Programme[],
): Promise<Map<string, RoundInputs>> {
  const ids = programmes.map(({ id }) => id)
  const rows = await tx.roundChange.findMany({
    where: { programmeId: { in: ids } },
    ...oldestFirst,
  })
  const running = await loadSubscriptions(tx)
  return new Map(programmes.map((one) => [one.id, roundInputs(one, rows, running)]))
}

/**
 * The day from which rules ask what was said, for a plan that is read for the rounds of a day: all that counts for the
 * round that is open on it, for the next one, or for the last that closed before it. Somebody in another zone may have
 * said it a day earlier.
 */
export function sinceLastRound(tx: ReadTx, day: CivilDate) {
  return async (programme: Programme): Promise<CivilDate> => {
    const { zone } = programme
    const dayBefore = momentAt(addDays(day, -1), '00:00', zone)
    const { last, open, next } = roundsAt(await loadRoundInputs(tx, programme), dayBefore)
    const { countsFrom = dayBefore } = last ?? open ?? next ?? {}
    return addDays(dateIn(zone, countsFrom), -1)
  }
}

const oldestFirst = { orderBy: [{ at: 'asc' as const }, { id: 'asc' as const }] }

type RoundChangeRow = Awaited<ReturnType<ReadTx['roundChange']['findMany']>>[number]

function roundInputs(
  programme: Programme,
  rows: readonly RoundChangeRow[],
  running: readonly Subscription[],
): RoundInputs {
  const isItsOwn = ({ programmeId }: { readonly programmeId: string }) =>
    programmeId === programme.id
  return {
    programme,
    schedule: running.find(isItsOwn) ?? defaultSchedule(programme.zone),
    changes: rows.filter(isItsOwn).map(({ round, kind, until, byId, at }) => ({
      round: fromDbDate(round),
      kind,
      until,
      byId,
      at,
    })),
  }
}

/** Whether the programme office changed any round since a point in time. */
export async function hasRoundChangeSince(tx: ReadTx, since: Date): Promise<boolean> {
  const found = await tx.roundChange.findFirst({
    where: { at: { gt: since } },
    select: { id: true },
  })
  return found !== null
}

/** Appends a change of a round by the programme office. */
export async function storeRoundChange(
  { tx, actor, now, place }: DomainContext,
  programmeId: string,
  { round }: Pick<UpdateRound, 'round'>,
  change: Pick<RoundChange, 'kind'> & { readonly until?: Date },
): Promise<void> {
  await tx.roundChange.create({
    data: {
      id: newId(),
      programmeId,
      round: toDbDate(round),
      kind: change.kind,
      until: change.until ?? null,
      byId: requirePersonId(actor),
      source: place.platform,
      at: now,
    },
  })
}
