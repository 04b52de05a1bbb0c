import { dayMs, fromDbDate } from '../../base/dates.ts'
import { followsOf } from '../../domain/follows/follow-store.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import { measuresOf } from '../../domain/measures/store.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { roundsOfAll } from '../../domain/rounds/store.ts'
import type { Tx } from '../../infra/db.ts'
import { saidTo } from '../../outbox/outbox.ts'
import type { WhatIsKnown } from './agendas.ts'
import { noPauses, type Pauses } from './suppression.ts'
import type { Subject } from './types.ts'

/** What was said a month ago cannot come again: a step is said within days, or never. */
const memoryMs = 30 * dayMs
/** What ended longer ago was said again since, or waits for somebody who is away for years. */
const pausesKeptMs = 400 * dayMs

/** All that the rules look at besides who can be reached: what was said, what is put off, measures, rounds, follows. */
export async function whatIsKnown(
  tx: Tx,
  plans: readonly Plan[],
  now: Date,
): Promise<Omit<WhatIsKnown, 'reach'>> {
  const people = [...new Set(plans.flatMap((plan) => [...plan.people.keys()]))]
  const said = await saidTo(tx, people, new Date(now.getTime() - memoryMs))
  const pauses = await pausesOf(tx, people, now)
  const rounds = await roundsOfAll(
    tx,
    plans.map(({ programme }) => programme),
  )
  const follows = await followsOf(tx, plans)
  const measures = new Map<string, readonly Measure[]>()
  for (const { programme, asAt } of plans) {
    if (programme.settings.reminders.readings) {
      measures.set(programme.id, await measuresOf(tx, programme.id, asAt))
    }
  }
  return {
    plans,
    said: (id) => said.get(id) ?? new Set(),
    pauses: (id) => pauses.get(id) ?? noPauses,
    measures: (id) => measures.get(id) ?? [],
    rounds: (id) => rounds.get(id),
    follows: (id) => follows.get(id) ?? [],
  }
}

/** What each of these people has put off, oldest first. */
export async function pausesOf(
  tx: Tx,
  people: readonly string[],
  now: Date,
): Promise<Map<string, Pauses>> {
  const since = new Date(now.getTime() - pausesKeptMs)
  const where = { personId: { in: [...people] } }
  const snoozes = await tx.snooze.findMany({
    where: { ...where, until: { gte: since } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  const mutes = await tx.mute.findMany({
    where: { ...where, until: { gte: since } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  const found = new Map<string, { snoozes: Pauses['snoozes']; mutes: Pauses['mutes'] }>()
  const of = (id: string) => found.get(id) ?? noPauses
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
