import { addDays, type CivilDate, dateIn, momentAt } from '../../../base/dates.ts'
import type { Tx } from '../../../infra/db.ts'
import { divergenceInWords } from '../../assurance/format.ts'
import { divergencesIn } from '../../assurance/store.ts'
import type { Plan } from '../../plan/plan.ts'
import { loadEntries } from '../../register/store.ts'
import { overridesOf } from '../../rollup/store.ts'
import { roundsAt, type UpdateRound } from '../../rounds/rules.ts'
import { roundsOf } from '../../rounds/store.ts'
import type { DigestAsked } from '../content/content.ts'
import { withoutUnchecked } from './redact-pending.ts'

/** All that a digest of a plan is made of, whoever reads it. One query after the other: a transaction has one connection. */
export async function loadAsked(
  tx: Tx,
  plan: Plan,
  compared: Pick<DigestAsked, 'previous' | 'since'>,
): Promise<DigestAsked> {
  const { id } = plan.programme
  const register = await loadEntries(tx, id)
  const overrides = await overridesOf(tx, id)
  const round = await roundShown(tx, plan, compared.since)
  const beside = await secondRatings(tx, plan)
  return withoutUnchecked(tx, { ...compared, plan, register, overrides, round, beside })
}

/** What a second rating says otherwise, by the project's id. */
async function secondRatings(tx: Tx, plan: Plan): Promise<ReadonlyMap<string, readonly string[]>> {
  const who = plan.programme.settings.secondRating
  const divergent = await divergencesIn(tx, plan)
  return new Map([...divergent].map(([id, one]) => [id, [divergenceInWords(one, who)]]))
}

/**
 * The round that a digest of the plan's day shows: the one that closed for it, else the one that is open, else the last
 * one; none where that closed before `since`. The one after it may be open already, before Easter for instance.
 */
async function roundShown(
  tx: Tx,
  { programme, asAt }: Plan,
  since: CivilDate,
): Promise<UpdateRound | undefined> {
  const { zone } = programme
  const { open, last } = roundsAt(
    await roundsOf(tx, programme),
    momentAt(addDays(asAt, 1), '00:00', zone),
  )
  const closedForIt = last && dateIn(zone, last.issued) >= asAt ? last : undefined
  const round = closedForIt ?? open ?? last
  return round && round.closes >= momentAt(since, '00:00', zone) ? round : undefined
}
