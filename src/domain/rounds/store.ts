import { fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Context } from '../../chat/commands.ts'
import type { Tx } from '../../infra/db.ts'
import { knownPerson } from '../plan/lookup.ts'
import type { Programme } from '../plan/plan.ts'
import { defaultSchedule } from '../schedule/schedule.ts'
import { type Subscription, subscriptions } from '../schedule/subscription-store.ts'
import type { RoundChange, RoundsKnown, UpdateRound } from './rules.ts'

/**
 * What the rounds of a programme come from. They serve the digest of the channel that has had one for longest: others
 * may get theirs on other days.
 */
export async function roundsOf(tx: Tx, programme: Programme): Promise<RoundsKnown> {
  const { id } = programme
  const rows = await tx.roundChange.findMany({ where: { programmeId: id }, ...oldestFirst })
  return knownOf(programme, rows, await subscriptions(tx, id))
}

/** The same of several programmes, by id. */
export async function roundsOfAll(
  tx: Tx,
  programmes: readonly Programme[],
): Promise<Map<string, RoundsKnown>> {
  const ids = programmes.map(({ id }) => id)
  const rows = await tx.roundChange.findMany({
    where: { programmeId: { in: ids } },
    ...oldestFirst,
  })
  const running = await subscriptions(tx)
  return new Map(programmes.map((one) => [one.id, knownOf(one, rows, running)]))
}

const oldestFirst = { orderBy: [{ at: 'asc' as const }, { id: 'asc' as const }] }

type Row = Awaited<ReturnType<Tx['roundChange']['findMany']>>[number]

function knownOf(
  programme: Programme,
  rows: readonly Row[],
  running: readonly Subscription[],
): RoundsKnown {
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

/** Appends what was done with a round. */
export async function storeRoundChange(
  { tx, actor, now, place }: Context,
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
      byId: knownPerson(actor),
      source: place.platform,
      at: now,
    },
  })
}
