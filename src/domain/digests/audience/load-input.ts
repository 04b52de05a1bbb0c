import { addDays, type CivilDate, dateIn, momentAt } from '../../../base/dates.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { formatDivergence } from '../../assurance/format.ts'
import { secondRatingSetting } from '../../assurance/settings.ts'
import { loadDivergences } from '../../assurance/store.ts'
import { loadMeasures } from '../../measures/store.ts'
import type { Plan } from '../../plan/plan.ts'
import { loadSetAside } from '../../plan/set-aside.ts'
import { loadRecentPlan } from '../../plan/store.ts'
import { loadEntries } from '../../register/load-entries.ts'
import { overridesOf } from '../../rollup/store.ts'
import { type RoundInputs, roundsAt, type UpdateRound } from '../../rounds/rules.ts'
import { loadRoundInputs, sinceLastRound } from '../../rounds/store.ts'
import { loadDimensionRatings } from '../../status/dimension-store.ts'
import type { DigestInput } from '../content/digest-input.ts'
import { redactPending } from './redact-pending.ts'

/**
 * What the digests of a plan are made of, whoever reads them and whatever they are compared with: read once, it serves
 * every channel of the programme. Words that a check asks about and nobody has answered for are out of it.
 */
export interface DigestSources
  extends Pick<
    DigestInput,
    'plan' | 'register' | 'overrides' | 'measures' | 'dimensions' | 'projectRemarks' | 'setAside'
  > {
  readonly rounds: RoundInputs
}

/**
 * The plan for a digest of a day, with what was said since the round before.
 * @throws Refusal where there is no such programme
 */
export function loadDigestPlan(tx: ReadTx, programmeId: string, asAt: CivilDate): Promise<Plan> {
  return loadRecentPlan(tx, programmeId, asAt, sinceLastRound(tx, asAt))
}

/** One query after the other: a transaction has one connection. */
export async function loadDigestSources(tx: ReadTx, plan: Plan): Promise<DigestSources> {
  const register = await loadEntries(tx, plan.programme.id)
  const overrides = await overridesOf(tx, plan.programme.id)
  const projectRemarks = await loadSecondRatingRemarks(tx, plan)
  const measures = await loadMeasures(tx, plan.programme.id, plan.asAt)
  const dimensions = await loadDimensionRatings(
    tx,
    { programmeId: plan.programme.id },
    plan.programme.settings,
    plan.asAt,
  )
  const rounds = await loadRoundInputs(tx, plan.programme)
  const setAside = await loadSetAside(tx, plan.programme.id, plan.asAt)
  return {
    ...(await redactPending(tx, {
      ...{ plan, register, overrides, measures, projectRemarks, setAside },
    })),
    dimensions,
    rounds,
  }
}

/** The same for one digest: with what it is compared with, and its update round. */
export function digestInput(
  { rounds, ...sources }: DigestSources,
  { beganAt = null, ...compared }: ComparedWith,
): DigestInput {
  const round = roundFor(rounds, sources.plan, compared.since)
  // Nobody was asked in a round that had closed before the programme began.
  const isOurs = round && (beganAt === null || round.closes > beganAt)
  return { ...sources, ...compared, round: isOurs ? round : undefined }
}

/** What a digest is compared with; `beganAt`: see `Comparison`. */
type ComparedWith = Pick<DigestInput, 'previous' | 'since' | 'corrections'> & {
  readonly beganAt?: Date | null
}

export async function loadDigestInput(
  tx: ReadTx,
  plan: Plan,
  compared: ComparedWith,
): Promise<DigestInput> {
  return digestInput(await loadDigestSources(tx, plan), compared)
}

/** How second ratings differ from the leads', in words, by the project's id. */
async function loadSecondRatingRemarks(
  tx: ReadTx,
  plan: Plan,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const secondRating = secondRatingSetting.of(plan.programme.settings)
  const divergences = await loadDivergences(tx, plan)
  return new Map([...divergences].map(([id, one]) => [id, [formatDivergence(one, secondRating)]]))
}

/**
 * The round that a digest of the plan's day shows: the one that closed for it, else the open one, else the last one;
 * none where that closed before `since`. The round after it may be open already, before Easter for instance.
 */
function roundFor(
  rounds: RoundInputs,
  { programme: { zone }, asAt }: Plan,
  since: CivilDate,
): UpdateRound | undefined {
  const { open, last } = roundsAt(rounds, momentAt(addDays(asAt, 1), '00:00', zone))
  const closedForIt = last && dateIn(zone, last.issuedAt) >= asAt ? last : undefined
  const round = closedForIt ?? open ?? last
  return round && round.closes >= momentAt(since, '00:00', zone) ? round : undefined
}
