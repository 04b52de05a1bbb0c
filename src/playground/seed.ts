import { civilDate } from '../base/dates.ts'
import { readPeople } from '../features/people/people-file.ts'
import { storePeople } from '../features/people/people-store.ts'
import { importPlan } from '../features/plan/import.ts'
import { readSheet } from '../features/plan/sheet.ts'
import { programmeByKey } from '../features/plan/store.ts'
import { type Database, inTransaction } from '../infra/db.ts'
import type { Sample } from './sample.ts'

/** Loads the sample programme the way an operator would: import the plan, then the people. Again changes nothing. */
export async function seedSample(db: Database, sample: Sample, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { key } = sample.programme
    if (await tx.programme.findUnique({ where: { key } })) return
    const asked = {
      ...sample.plan,
      programme: sample.programme,
      asOf: civilDate(sample.asOf),
      dryRun: false,
    }
    await importPlan(tx, asked, now)
    const sheet = await readSheet(sample.people.bytes, sample.people.fileName)
    await storePeople(tx, await programmeByKey(tx, key), readPeople(sheet), now)
  })
}

/**
 * The last moment that anything in the playground's data speaks of; undefined where there is none yet.
 * The clock goes on from there: what was stored and said before stands with its time.
 */
export async function lastMoment(db: Database): Promise<Date | undefined> {
  const [receipt, delivery, update] = await Promise.all([
    db.receipt.aggregate({ _max: { at: true } }),
    db.delivery.aggregate({ _max: { createdAt: true, sentAt: true } }),
    db.statusUpdate.aggregate({ _max: { at: true } }),
  ])
  const moments = [
    receipt._max.at,
    delivery._max.createdAt,
    delivery._max.sentAt,
    update._max.at,
  ].filter((moment) => moment !== null)
  return moments.length > 0
    ? new Date(Math.max(...moments.map((moment) => moment.getTime())))
    : undefined
}

/** The tenant has another port at each start: conversations that were kept are reached at the new one. */
export async function findTeamsAgain(db: Database, serviceUrl: string): Promise<void> {
  const kept = { where: { platform: 'teams', via: { not: null } }, data: { via: serviceUrl } }
  await db.identity.updateMany(kept)
  await db.subscription.updateMany(kept)
  await db.delivery.updateMany(kept)
}
