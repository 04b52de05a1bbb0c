import { beforeAll, describe, expect, test } from '@jest/globals'
import { webApi } from '@slack/bolt'
import { messageKinds } from '../../src/app/message-kinds.ts'
import type { Clock } from '../../src/base/clock.ts'
import { newId } from '../../src/base/ids.ts'
import {
  checkDirectPlace,
  markReached,
  passOver,
  placesElsewhere,
} from '../../src/domain/people/direct-places.ts'
import { enqueueFailureNotices } from '../../src/features/delivery-log/failure-notices.ts'
import { enqueueOutageNotices } from '../../src/features/delivery-log/outage-notices.ts'
import { createDigestJob } from '../../src/features/digests/posting/publish.ts'
import { createReminderJob } from '../../src/features/reminders/reminder-job.ts'
import { createDispatcher } from '../../src/outbox/dispatcher.ts'
import { toPlatformError } from '../../src/platforms/slack/errors.ts'
import { FakePlatform } from '../outbox/fake-platform.ts'
import { emptyTables, useDatabase } from '../support/database.ts'
import { explainErrorCode, platformRateLimits, platformTitle } from '../support/platforms.ts'
import { storePeople, storeProgramme } from '../support/programme.ts'

/**
 * A working week of a programme, on a clock of its own: its reminders and digests, with Slack as it is and with a token
 * that is revoked on Tuesday morning and given back on Wednesday morning, or on Friday.
 */

const database = useDatabase()

const minuteMs = 60_000
const monday = new Date('2017-02-27T06:00:00Z')
const nextMonday = new Date('2017-03-06T18:00:00Z')
const tuesday = new Date('2017-02-28T07:00:00Z')
const wednesday = new Date('2017-03-01T07:00:00Z')
const friday = new Date('2017-03-03T07:00:00Z')

const leads = ['Ada Ash', 'Ben Birch', 'Cai Cedar', 'Dee Dogwood', 'Eli Elm', 'Fay Fir'] as const
const dueDays = ['2017-02-28', '2017-03-01', '2017-03-02', '2017-03-03', '2017-03-08', '2017-03-14']

const idPattern = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

interface Message {
  readonly to: string
  readonly day: string
  readonly kind: string
  readonly platform: string
  readonly says: readonly string[]
}

interface Week {
  readonly messages: readonly Message[]
  readonly errors: readonly string[]
  readonly unsent: readonly { readonly kind: string; readonly state: string }[]
  readonly goneAccounts: number
}

async function storeWorld() {
  const { db } = database
  const [office, ...people] = await storePeople(db, 'Olive Office', ...leads)
  const elsewhere = { platform: 'teams', tenant: 'A1', user: '29:olive' }
  await db.identity.create({ data: { ...elsewhere, personId: office.id } })
  const programmeId = await storeProgramme(db, {
    key: 'W17',
    office: [office],
    settings: { digest: { preview: false } },
    projects: people.map((person, at) => ({
      ref: `2.${at + 1}`,
      title: `Project of ${person.name}`,
      leads: [person],
      milestones: dueDays.map((due, nth) => [`${person.name} ${nth}`, due] as const),
    })),
  })
  await db.subscription.create({
    data: {
      ...{ id: newId(), programmeId, platform: 'slack', tenant: 'T1', conversation: 'C1' },
      ...{ weekday: 'tuesday', time: '10:00', zone: 'Europe/London', createdAt: monday },
    },
  })
}

/** Runs the week; Slack refuses every call from `from` until `to`. */
async function runWeek(outage?: { readonly from: Date; readonly to: Date }): Promise<Week> {
  const { db } = database
  await emptyTables(db)
  await storeWorld()
  const aboutOf = new Map(
    (await db.milestone.findMany()).map(({ id, about }) => [id, about] as const),
  )
  const nameOf = new Map((await db.person.findMany()).map(({ id, name }) => [id, name] as const))
  let now = monday
  const clock: Clock = { now: () => new Date(now) }
  const errors: string[] = []
  const log = { info() {}, warn() {}, error: (_: object, text: string) => void errors.push(text) }
  const [slack, teams] = [new FakePlatform('slack'), new FakePlatform('teams')]
  const checkToken = () => {
    if (!outage || now < outage.from || now >= outage.to) return
    const refusal = { ok: false, error: 'token_revoked', response_metadata: {} } as const
    throw toPlatformError(new webApi.WebAPIPlatformError(refusal))
  }
  slack.beforeSend = checkToken
  const channel = async () => {
    checkToken()
    return { visibility: 'private', isArchived: false, name: 'board' } as const
  }
  const shared = { db, clock, log, prefix: () => '/rag', platformTitle }
  const remind = createReminderJob(shared)
  const post = createDigestJob({ ...shared, channel })
  const dispatcher = createDispatcher({
    ...{ db, clock, log, random: () => 0.5, rateLimits: platformRateLimits },
    platforms: new Map([
      ['slack', slack],
      ['teams', teams],
    ]),
    expand: () => ({ type: 'AdaptiveCard', version: '1.5', fallbackText: '', body: [] }),
    revalidate: (message) => messageKinds.revalidate({ db, clock }, message),
    addressBook: { checkDirectPlace, passOver, placesElsewhere, markReached },
  })
  for (let step = monday; step < nextMonday; step = new Date(step.getTime() + 60 * minuteMs)) {
    if (step.getUTCHours() < 6 || step.getUTCHours() > 18) continue
    now = step
    await remind()
    await post()
    await enqueueFailureNotices({ ...shared, kinds: messageKinds, explain: explainErrorCode })
    await enqueueOutageNotices({ ...shared, explain: explainErrorCode })
    for (let minute = 0; minute < 3; minute += 1) {
      await dispatcher.dispatchDue()
      now = new Date(now.getTime() + minuteMs)
    }
  }
  const rows = await db.outboxMessage.findMany({ orderBy: { sequence: 'asc' } })
  const sayable = (topics: readonly string[]) =>
    topics
      .filter((topic) => !topic.startsWith('reminder:'))
      .map((topic) => topic.replaceAll(idPattern, (id) => aboutOf.get(id) ?? 'id'))
  return {
    errors,
    messages: rows.flatMap((row) => {
      if (row.state !== 'sent') return []
      const to = nameOf.get(row.personId ?? '') ?? row.conversation
      const day = row.sentAt?.toISOString().slice(0, 10) ?? ''
      return { to, day, kind: row.kind, platform: row.platform, says: sayable(row.topics) }
    }),
    unsent: rows.flatMap(({ kind, state, error }) =>
      state === 'sent' ? [] : [{ kind, state, error }],
    ),
    goneAccounts: await db.identity.count({ where: { goneAt: { not: null } } }),
  }
}

/** What each person is told on a day, in the order of its topics. */
function toldOn(days: readonly string[], { messages }: Week) {
  const reminders = messages.filter(({ kind, day }) => kind === 'reminder' && days.includes(day))
  const told = Map.groupBy(reminders, ({ to }) => to)
  return new Map(
    [...told].map(([to, theirs]) => [to, theirs.flatMap(({ says }) => says).toSorted()] as const),
  )
}

let undisturbed: Week
let oneDay: Week
let threeDays: Week
beforeAll(async () => {
  undisturbed = await runWeek()
  oneDay = await runWeek({ from: tuesday, to: wednesday })
  threeDays = await runWeek({ from: tuesday, to: friday })
}, 180_000)

const daysOf = ({ messages }: Week, wanted: string) =>
  messages.flatMap(({ kind, day }) => (kind === wanted ? day : []))

describe('a token that is revoked for a day', () => {
  test('people get the week that they would have got, less that day, whose news comes on the next', () => {
    expect(toldOn(['2017-02-27'], oneDay)).toEqual(toldOn(['2017-02-27'], undisturbed))
    expect(toldOn(['2017-02-28'], undisturbed).size).toBeGreaterThan(4)
    expect(toldOn(['2017-02-28'], oneDay)).toEqual(new Map())
    const untilThen = ['2017-02-28', '2017-03-01']
    expect(toldOn(['2017-03-01'], oneDay)).toEqual(toldOn(untilThen, undisturbed))
    for (const day of ['2017-03-02', '2017-03-03', '2017-03-06']) {
      expect(toldOn([day], undisturbed).size).toBeGreaterThan(0)
      expect(toldOn([day], oneDay)).toEqual(toldOn([day], undisturbed))
    }
  })

  test('nobody is taken for gone, and no message dies of it: what was for that day alone is dropped', () => {
    expect(oneDay.goneAccounts).toBe(0)
    expect(oneDay.unsent).not.toEqual([])
    expect(oneDay.unsent.filter(({ state }) => state !== 'dropped')).toEqual([])
  })

  test('its digest comes late, once', () => {
    expect(new Set(daysOf(undisturbed, 'digest'))).toEqual(new Set(['2017-02-28']))
    expect(new Set(daysOf(oneDay, 'digest'))).toEqual(new Set(['2017-03-01']))
    expect(daysOf(oneDay, 'digest')).toHaveLength(daysOf(undisturbed, 'digest').length)
  })

  test('the office is told the same day where it is reached, and the operator by the log', () => {
    const notices = oneDay.messages.filter(({ kind }) => kind === 'outage')
    expect(notices).toMatchObject([{ to: 'Olive Office', platform: 'teams', day: '2017-02-28' }])
    expect(oneDay.errors).toEqual([
      'A workspace refuses Milepost; its messages wait until it is mended',
    ])
    expect(undisturbed.errors).toEqual([])
  })
})

describe('a token that is revoked for three days', () => {
  test('the office is told again each working day, and the operator each day', () => {
    // It is mended at seven on Friday; nothing waits there that could find out before the office is told at nine.
    const days = ['2017-02-28', '2017-03-01', '2017-03-02', '2017-03-03']
    expect(daysOf(threeDays, 'outage')).toEqual(days)
    expect(threeDays.errors).toHaveLength(3)
  })

  test('nobody is taken for gone, and what is still true goes out after it', () => {
    expect(threeDays.goneAccounts).toBe(0)
    expect(threeDays.unsent.filter(({ state }) => state !== 'dropped')).toEqual([])
    const fridays = (week: Week) => [...toldOn(['2017-03-03'], week).keys()].toSorted()
    expect(fridays(threeDays)).toEqual(fridays(undisturbed))
    expect(toldOn(['2017-03-06'], threeDays)).toEqual(toldOn(['2017-03-06'], undisturbed))
  })

  test('its digest is not posted any more, and the office is told so where it is reached meanwhile', () => {
    expect(daysOf(threeDays, 'digest')).toEqual([])
    const told = threeDays.messages.filter(({ kind }) => kind === 'office')
    expect(told).toMatchObject([{ to: 'Olive Office', platform: 'teams', day: '2017-03-01' }])
  })
})
