import { addDays, type CivilDate, dateIn, fromDbDate } from '../../base/dates.ts'
import type { Tx } from '../../infra/db.ts'
import type { Plan } from '../plan/plan.ts'
import { allProgrammes, loadPlan } from '../plan/store.ts'
import type { Lookup } from './cards.ts'

/** Every programme's plan with all that is known at `now`. */
export async function plansNow(tx: Tx, now: Date): Promise<Plan[]> {
  // People write down their own today, and east of the programme's zone that can be tomorrow already.
  const latestToday = addDays(dateIn('UTC', now), 1)
  const plans: Plan[] = []
  for (const { id } of await allProgrammes(tx)) plans.push(await loadPlan(tx, id, latestToday))
  return plans
}

/** The zones in which somebody may have to be told something. */
export async function zonesOf(tx: Tx): Promise<Set<string>> {
  const [programmes, people] = await Promise.all([
    tx.programme.findMany({ distinct: ['zone'], select: { zone: true } }),
    tx.person.findMany({ distinct: ['zone'], select: { zone: true } }),
  ])
  return new Set([...programmes, ...people].flatMap(({ zone }) => zone ?? []))
}

/** Everyone who can be reached in chat. */
export async function peopleWithAccount(tx: Tx): Promise<Set<string>> {
  const rows = await tx.identity.findMany({ distinct: ['personId'], select: { personId: true } })
  return new Set(rows.map(({ personId }) => personId))
}

/** How milestones stand now, by id. */
export async function milestonesNow(tx: Tx, ids: readonly string[]): Promise<Lookup> {
  const rows = await tx.milestone.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, due: true, doneOn: true, done: { select: { milestoneId: true } } },
  })
  const day = (date: Date | null): CivilDate | null => date && fromDbDate(date)
  const byId = new Map(
    rows.map(({ id, due, doneOn, done }) => [
      id,
      { due: day(due), doneOn: day(doneOn), awaitsConfirmation: done !== null && doneOn === null },
    ]),
  )
  return (id) => byId.get(id)
}
