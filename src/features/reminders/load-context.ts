import { dayMs, fromDbDate } from '../../base/dates.ts'
import { loadFollows } from '../../domain/follows/follow-store.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import { loadMeasures } from '../../domain/measures/store.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { loadAllRoundInputs } from '../../domain/rounds/store.ts'
import type { Tx } from '../../infra/db.ts'
import { topicsSentTo } from '../../outbox/history.ts'
import type { ReminderContext } from './agendas.ts'
import { remindersSetting } from './settings.ts'
import { noSuppressions, type Suppressions } from './suppression.ts'
import type { Subject } from './types.ts'

/** What was said a month ago cannot come again: a step is said within days, or never. */
const topicHistoryMs = 30 * dayMs
/** What ended longer ago was said again since, or waits for somebody who is away for years. */
const suppressionHistoryMs = 400 * dayMs

/** All that the rules look at besides who can be reached: what was said, what is put off, measures, rounds, follows. */
export async function loadContext(
  tx: Tx,
  plans: readonly Plan[],
  now: Date,
): Promise<Omit<ReminderContext, 'contactabilityOf'>> {
  const people = [...new Set(plans.flatMap((plan) => [...plan.people.keys()]))]
  const said = await topicsSentTo(tx, people, new Date(now.getTime() - topicHistoryMs))
  const pauses = await loadSuppressions(tx, people, now)
  const rounds = await loadAllRoundInputs(
    tx,
    plans.map(({ programme }) => programme),
  )
  const follows = await loadFollows(tx, plans)
  const measures = new Map<string, readonly Measure[]>()
  for (const { programme, asAt } of plans) {
    if (remindersSetting.of(programme.settings).readings) {
      measures.set(programme.id, await loadMeasures(tx, programme.id, asAt))
    }
  }
  return {
    plans,
    topicsSentTo: (id) => said.get(id) ?? new Set(),
    suppressionsOf: (id) => pauses.get(id) ?? noSuppressions,
    measures: (id) => measures.get(id) ?? [],
    rounds: (id) => rounds.get(id),
    follows: (id) => follows.get(id) ?? [],
  }
}

/** What each of these people has put off, oldest first. */
export async function loadSuppressions(
  tx: Tx,
  people: readonly string[],
  now: Date,
): Promise<Map<string, Suppressions>> {
  const since = new Date(now.getTime() - suppressionHistoryMs)
  const where = { personId: { in: [...people] } }
  const snoozes = await tx.snooze.findMany({
    where: { ...where, until: { gte: since } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  const mutes = await tx.mute.findMany({
    where: { ...where, until: { gte: since } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  const found = new Map<
    string,
    { snoozes: Suppressions['snoozes']; mutes: Suppressions['mutes'] }
  >()
  const of = (id: string) => found.get(id) ?? noSuppressions
  for (const { personId, id, subject, at, until } of snoozes) {
    const one = { id, subject: subject as Subject, at, until }
    found.set(personId, { ...of(personId), snoozes: [...of(personId).snoozes, one] })
  }
  for (const { personId, id, projectId, at, until, endedAt } of mutes) {
    const one = { id, projectId, at, endedAt, until: fromDbDate(until) }
    found.set(personId, { ...of(personId), mutes: [...of(personId).mutes, one] })
  }
  return found
}
