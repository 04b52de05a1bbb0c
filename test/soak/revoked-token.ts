import { join } from 'node:path'
import type { Database } from '../../src/infra/db.ts'
import { migrate } from '../../src/infra/migrate.ts'
import type { Sample } from '../../src/playground/sample.ts'
import { createCalmMilepost } from '../simulation/story/calm-milepost.ts'
import { onCopy, prepareStories } from '../simulation/story/prepare.ts'
import { type FarSide, json, type WireRequest } from '../simulation/story/wire.ts'
import { startBreakablePostgres } from './breakable-postgres.ts'
import { createTemplate } from './create-template.ts'
import type { Part, Soak } from './part.ts'
import type { PartResult } from './report.ts'

/**
 * Slack's token is revoked for a whole day: once on the day of the digest, once on another. What people get on the days
 * after it is what they get in a week in which nothing happens.
 */
export const revokedToken: Part = {
  name: 'revoked-token',
  title: 'token revoked for a day',
  share: 0.06,
  run,
}

const days = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06']

/** What was sent on a day: the key of each message, and what it told of. */
type Week = ReadonlyMap<
  string,
  readonly { key: string; isDigest: boolean; topics: readonly string[] }[]
>

async function run({ folder }: Soak): Promise<PartResult> {
  const postgres = await startBreakablePostgres(join(folder, 'database'))
  try {
    const template = await createTemplate(postgres.url)
    await migrate(template)
    const { sample } = await prepareStories(template)
    const week = (revoked?: string) => onCopy(template, (db) => liveWeek(db, sample, revoked))
    const calm = await week()
    const faults: string[] = []
    const sum = { enqueued: 0, posted: 0, doubled: 0 }
    for (const revoked of ['2026-03-02', '2026-03-03']) {
      const { sent, doubled } = await week(revoked)
      const told = compareWeeks(calm.sent, sent, revoked)
      faults.push(...[...told, ...doubled].map((fault) => `${revoked} revoked: ${fault}`))
      sum.enqueued += [...calm.sent.values()].flat().length
      sum.posted += [...sent.values()].flat().length
      sum.doubled += doubled.length
    }
    return {
      done: `two weeks, in which ${sum.posted} of ${sum.enqueued} messages of undisturbed weeks came; on the days after the repair, all of them`,
      faults,
    }
  } finally {
    await postgres.close()
  }
}

async function liveWeek(
  db: Database,
  sample: Sample,
  revoked: string | undefined,
): Promise<{ sent: Week; doubled: string[] }> {
  let today = ''
  const carryOf = (farSide: FarSide) => async (request: WireRequest) =>
    today === revoked && request.url.includes('slack')
      ? json(200, { ok: false, error: 'token_revoked' })
      : farSide.answer(request)
  const milepost = createCalmMilepost(db, sample, new Date(`${days[0]}T07:00:00Z`), carryOf)
  for (const day of days) {
    today = day
    for (let minutes = 8 * 60; minutes <= 17 * 60; minutes += 15) {
      milepost.moveTo(new Date(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000))
      await milepost.minute()
    }
  }
  const rows = await db.outboxMessage.findMany({
    where: { state: 'sent', kind: { in: ['reminder', 'digest'] } },
    orderBy: { sequence: 'asc' },
  })
  const each = rows.map(({ key, kind, topics, sentAt }) => ({
    ...{ key, topics, isDigest: kind === 'digest' },
    day: sentAt?.toISOString().slice(0, 10) ?? '',
  }))
  const unsent = await db.outboxMessage.count({
    where: { kind: 'digest', state: { not: 'sent' } },
  })
  if (unsent > 0) throw new Error(`${unsent} parts of digests were not sent by the end of the week`)
  const doubled = each.flatMap(({ key }) =>
    milepost.farSide.timesPosted(key) > 1 ? `${key} was posted twice` : [],
  )
  return { sent: Map.groupBy(each, ({ day }) => day), doubled }
}

function compareWeeks(calm: Week, broken: Week, revoked: string): string[] {
  const after = days.filter((day) => day > revoked)
  const reminders = (week: Week, day: string) =>
    (week.get(day) ?? []).flatMap(({ key, isDigest }) => (isDigest ? [] : key))
  const missing = after.flatMap((day) => {
    const there = new Set(reminders(broken, day))
    return reminders(calm, day).flatMap((key) => (there.has(key) ? [] : `${key} is missing`))
  })
  const told = new Set(
    after.flatMap((day) => (broken.get(day) ?? []).flatMap(({ topics }) => topics)),
  )
  const untold = after.flatMap((day) =>
    (calm.get(day) ?? []).flatMap(({ topics }) =>
      topics.flatMap((topic) => (told.has(topic) ? [] : `${topic} was not told`)),
    ),
  )
  // A digest that waits is frozen when it can go out, and may then have another number of parts.
  const digests = (week: Week) =>
    new Set(
      [...week.values()]
        .flat()
        .flatMap(({ key, isDigest }) => (isDigest ? key.split(':part:')[0] : [])),
    )
  const unposted = [...digests(calm)].filter((key) => !digests(broken).has(key))
  return [...missing, ...untold, ...unposted.map((key) => `${key} was never posted`)]
}
