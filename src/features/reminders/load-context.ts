import { addDays, type CivilDate, dateIn, earlierOf, momentAt } from '../../base/dates.ts'
import { newsDays } from '../../domain/follows/follow-events.ts'
import { loadFollows } from '../../domain/follows/follow-store.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import { loadMeasures } from '../../domain/measures/store.ts'
import { loadContactabilities } from '../../domain/people/contactability.ts'
import { loadWaitingMoves, type MoveRequest } from '../../domain/plan/move-requests.ts'
import type { Plan, Project } from '../../domain/plan/plan.ts'
import { loadProjectsToReview } from '../../domain/plan/set-aside.ts'
import { loadRecentPlan } from '../../domain/plan/store.ts'
import type { Entry } from '../../domain/register/entry.ts'
import { loadOpenEntries } from '../../domain/register/load-entries.ts'
import { loadAllRoundInputs, sinceLastRound } from '../../domain/rounds/store.ts'
import type { ReadTx } from '../../infra/db.ts'
import { topicsSentTo } from '../../outbox/history.ts'
import type { ReminderContext } from './agendas.ts'
import { holdReviewRule } from './rules/hold-review.ts'
import { readingsRule } from './rules/readings.ts'
import { waitingMoveRule } from './rules/waiting-moves.ts'
import { noSuppressions } from './suppression.ts'
import { loadSuppressions } from './suppression-store.ts'

/**
 * A trigger is sent within days or never, so what was sent a month ago cannot come again. Whole days, so that this
 * changes at midnight in UTC and at no other time (see next-look.ts).
 */
const topicHistoryDays = 30

/** The plan with as much of what was said as rules look at: since the last round, and what is news to a follower. */
export function loadReminderPlan(tx: ReadTx, programmeId: string, asAt: CivilDate): Promise<Plan> {
  // A follower's day may be the one before in their zone, and news say how the project stood before.
  const newsFrom = addDays(asAt, -(newsDays + 2))
  const sinceRound = sinceLastRound(tx, asAt)
  return loadRecentPlan(tx, programmeId, asAt, async (programme) =>
    earlierOf(await sinceRound(programme), newsFrom),
  )
}

export interface LoadedContext
  extends Required<Omit<ReminderContext, 'rules' | 'otherProgrammesOf'>> {
  /** When somebody who cannot be reached may be tried again: each later than the moment of loading. */
  readonly contactabilityChangesAt: readonly Date[]
}

/**
 * Loads what the rules look at besides the plans, as at `now`: the first step of each job and preview. `personIds`: whose
 * messages are worked out; left out, everybody's.
 */
export async function loadContext(
  tx: ReadTx,
  plans: readonly Plan[],
  now: Date,
  personIds?: readonly string[],
): Promise<LoadedContext> {
  const everybody = [...new Set(plans.flatMap((plan) => [...plan.people.keys()]))]
  const people = personIds ?? everybody
  const { contactabilityOf, changesAt } = await loadContactabilities(tx, now, everybody)
  const historyFrom = addDays(dateIn('UTC', now), -topicHistoryDays)
  const topics = await topicsSentTo(tx, people, momentAt(historyFrom, '00:00', 'UTC'))
  const suppressions = await loadSuppressions(tx, people, now)
  const programmes = plans.map(({ programme }) => programme)
  const rounds = await loadAllRoundInputs(tx, programmes)
  const follows = await loadFollows(tx, plans)
  const projectsOnHold = new Map<string, readonly Project[]>()
  for (const { programme, asAt } of plans) {
    if (holdReviewRule.settingOf(programme))
      projectsOnHold.set(programme.id, await loadProjectsToReview(tx, programme.id, asAt))
  }
  const entries = new Map<string, readonly Entry[]>()
  const moves = new Map<string, readonly MoveRequest[]>()
  for (const { programme, asAt } of plans) {
    if (waitingMoveRule.settingOf(programme))
      moves.set(
        programme.id,
        await loadWaitingMoves(tx, { programmeId: programme.id }, dateIn('UTC', now)),
      )
    entries.set(programme.id, await loadOpenEntries(tx, programme.id, asAt))
  }
  const measures = new Map<string, readonly Measure[]>()
  for (const { programme, asAt } of plans) {
    if (readingsRule.settingOf(programme))
      measures.set(programme.id, await loadMeasures(tx, programme.id, asAt))
  }
  return {
    ...{ plans, contactabilityOf, contactabilityChangesAt: changesAt },
    topicsSentTo: (id) => topics.get(id) ?? new Set(),
    suppressionsOf: (id) => suppressions.get(id) ?? noSuppressions,
    measures: (id) => measures.get(id) ?? [],
    waitingMoves: (id) => moves.get(id) ?? [],
    openEntries: (id) => entries.get(id) ?? [],
    projectsOnHold: (id) => projectsOnHold.get(id) ?? [],
    rounds: (id) => rounds.get(id),
    follows: (id) => follows.get(id) ?? [],
  }
}
