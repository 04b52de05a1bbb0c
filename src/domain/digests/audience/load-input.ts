import { addDays, type CivilDate, dateIn, momentAt } from '../../../base/dates.ts'
import type { Tx } from '../../../infra/db.ts'
import { formatDivergence } from '../../assurance/format.ts'
import { secondRatingSetting } from '../../assurance/settings.ts'
import { loadDivergences } from '../../assurance/store.ts'
import type { Plan } from '../../plan/plan.ts'
import { loadEntries } from '../../register/store.ts'
import { overridesOf } from '../../rollup/store.ts'
import { roundsAt, type UpdateRound } from '../../rounds/rules.ts'
import { loadRoundInputs } from '../../rounds/store.ts'
import type { DigestInput } from '../content/content.ts'
import { redactPending } from './redact-pending.ts'

/** All that a digest of a plan is made of, whoever reads it. One query after the other: a transaction has one connection. */
export async function loadDigestInput(
  tx: Tx,
  plan: Plan,
  compared: Pick<DigestInput, 'previous' | 'since'>,
): Promise<DigestInput> {
  const { id } = plan.programme
  const register = await loadEntries(tx, id)
  const overrides = await overridesOf(tx, id)
  const round = await loadRoundFor(tx, plan, compared.since)
  const beside = await loadSecondRatingRemarks(tx, plan)
  return redactPending(tx, {
    ...compared,
    plan,
    register,
    overrides,
    round,
    projectRemarks: beside,
  })
}

/** What a second rating says otherwise, by the project's id. */
async function loadSecondRatingRemarks(
  tx: Tx,
  plan: Plan,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const who = secondRatingSetting.of(plan.programme.settings)
  const divergent = await loadDivergences(tx, plan)
  return new Map([...divergent].map(([id, one]) => [id, [formatDivergence(one, who)]]))
}

/**
 * The round that a digest of the plan's day shows: the one that closed for it, else the one that is open, else the last
 * one; none where that closed before `since`. The one after it may be open already, before Easter for instance.
 */
async function loadRoundFor(
  tx: Tx,
  { programme, asAt }: Plan,
  since: CivilDate,
): Promise<UpdateRound | undefined> {
  const { zone } = programme
  const { open, last } = roundsAt(
    await loadRoundInputs(tx, programme),
    momentAt(addDays(asAt, 1), '00:00', zone),
  )
  const closedForIt = last && dateIn(zone, last.issuedAt) >= asAt ? last : undefined
  const round = closedForIt ?? open ?? last
  return round && round.closes >= momentAt(since, '00:00', zone) ? round : undefined
}
