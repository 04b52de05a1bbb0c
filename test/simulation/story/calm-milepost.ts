import type { Database } from '../../../src/infra/db.ts'
import type { Sample } from '../../../src/playground/sample.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { createMilepost, type Milepost, withSimulatedFetch } from './milepost.ts'
import type { Carry } from './network.ts'
import { createReplica } from './replica.ts'
import { createSchedule } from './schedule.ts'
import { createFarSide, type FarSide } from './wire.ts'

/** One replica on a simulated clock, of which nothing fails but what the caller lets fail. */
export interface CalmMilepost {
  readonly farSide: FarSide
  now(): Date
  /** Sets the clock: forward only. */
  moveTo(moment: Date): void
  /** Runs a minute: what is due is enqueued and sent. Where the database is away, nothing is. */
  minute(): Promise<void>
  run<T>(work: (milepost: Milepost) => Promise<T>): Promise<T>
}

/** `carry` answers the adapters' calls; left out, the platforms do. */
export function createCalmMilepost(
  db: Database,
  sample: Sample,
  start: Date,
  carryOf: (farSide: FarSide) => Carry = (farSide) => async (request) => farSide.answer(request),
): CalmMilepost {
  const random = seededRandom(1)
  const schedule = createSchedule(start, random)
  const farSide = createFarSide(sample, { now: schedule.now })
  const replica = createReplica({
    ...{ name: 'replica-1', schedule, random, clockOffset: () => 0 },
    ...{ fate: { event: 'none', at: 0 }, rates: { database: 0, network: 0 } },
  })
  const parts = { db: replica.databaseOf(db), replica, schedule, random, carry: carryOf(farSide) }
  const milepost = createMilepost(parts)
  const run: CalmMilepost['run'] = (work) =>
    withSimulatedFetch(async () => {
      const result = work(milepost)
      await schedule.runUntil(result)
      return result
    })
  return {
    farSide,
    now: schedule.now,
    moveTo: (moment) => schedule.advance(Math.max(0, moment.getTime() - schedule.now().getTime())),
    run,
    minute: () =>
      run(async ({ tick, dispatcher }) => {
        await tick()
        await dispatcher.dispatchDue().catch(() => {})
      }),
  }
}
