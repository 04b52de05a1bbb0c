import { beforeEach, describe, expect, test } from '@jest/globals'
import { messageKinds } from '../../../src/app/message-kinds.ts'
import { noticeCard } from '../../../src/chat/notice.ts'
import { loadActiveSubscriptions } from '../../../src/domain/digests/active-subscriptions.ts'
import { answerKind } from '../../../src/features/questions/message-kinds.ts'
import { enqueueReminders } from '../../../src/features/reminders/enqueue-reminders.ts'
import { clockAt } from '../../support/clock.ts'
import {
  chatOn,
  direct,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
const admin = { platform: 'slack', tenant: 'T1', user: 'U-admin' }
let programmeId: string
let priya: StoredPerson
let asha: StoredPerson

beforeEach(async () => {
  ;[priya, asha] = await storePeople(fresh.db, 'Priya Marlowe', 'Asha Verity')
  programmeId = await storeProgramme(fresh.db, {
    key: 'W17',
    office: [priya],
    projects: [
      { ref: '2.1', title: 'Standards', leads: [asha], milestones: [['Publish', '2017-03-01']] },
    ],
  })
})

const chat = () =>
  chatOn(fresh.db, '2017-03-01', { installation: { admins: [admin], samples: [] } })
const say = async (who: StoredPerson | typeof admin, text: string) =>
  wordsOf(await chat().ask(who, text))
const channel = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' } as const
const remindersNow = async () => {
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const clock = clockAt(new Date('2017-03-01T12:00:00Z'))
  return (await enqueueReminders({ db: fresh.db, clock, prefix: () => '/rag', log })).enqueued
}

describe('a programme that its office archives', () => {
  test('sends nothing: no reminders, no digest; once it is restored it does again', async () => {
    const text = 'digest here weekly monday 09:00'
    await chat().ask(priya, { input: { by: 'text', text }, place: channel })
    expect(await say(priya, 'programmes archive W17 because it has ended')).toMatch(/^Saved/)
    expect(await remindersNow()).toEqual([])
    expect(await loadActiveSubscriptions(fresh.db)).toEqual([])
    expect(await say(priya, 'programmes restore w17')).toContain('W17 is live again')
    expect(await loadActiveSubscriptions(fresh.db)).toHaveLength(1)
    expect(await remindersNow()).not.toEqual([])
  })

  test('has what waits dropped, with the reason', async () => {
    const pending = {
      ...{ id: '1', key: 'answer', kind: answerKind.kind, topics: [], place: direct },
      ...{ card: noticeCard({ heading: 'Answer', lines: [], buttons: [] }) },
      ...{ programmeIds: [programmeId], programmeId, personId: asha.id },
      enqueuedAt: new Date('2017-03-01T11:00:00Z'),
    }
    const revalidated = () =>
      messageKinds.revalidate({ db: fresh.db, clock: clockAt(new Date('2017-03-01')) }, pending)
    expect(await revalidated()).toBe('unchanged')
    await say(priya, 'programmes archive W17 because it has ended')
    expect(await revalidated()).toEqual({ dropReason: 'its programme was archived' })
  })

  test('refuses changes in words, and says in the list since when, by whom and why', async () => {
    await say(priya, 'programmes archive W17 because it has ended')
    const officeLines = ['set 2.1 title to Other', 'digest headline Other', 'ask 2.1 Is it out?']
    for (const [who, line] of [
      [asha, '2.1 green'] as const,
      ...officeLines.map((each) => [priya, each] as const),
    ])
      expect(await say(who, line)).toContain('That programme is archived: it can be read')
    expect(await say(asha, 'programmes')).toContain(
      'W17 Programme W17 (archived): since Wed 1 Mar 2017, by Priya Marlowe: it has ended',
    )
    expect(await fresh.db.statusUpdate.count()).toBe(0)
  })

  test('is archived once, and every time is kept', async () => {
    await say(priya, 'programmes archive W17 because it has ended')
    expect(await say(priya, 'programmes archive W17 because again')).toContain('archived already')
    await say(priya, 'programmes restore W17 because it goes on')
    expect(await say(priya, 'programmes restore W17')).toContain('is not archived')
    const kept = await fresh.db.programmeArchiving.findMany({ orderBy: { at: 'asc' } })
    expect(kept.map(({ isArchived, reason }) => [isArchived, reason])).toEqual([
      [true, 'it has ended'],
      [false, 'it goes on'],
    ])
  })
})

test('a reason is needed, and the office or an administrator', async () => {
  expect(await say(priya, 'programmes archive W17')).toContain('Say why')
  expect(await say(asha, 'programmes archive W17 because no')).toContain(
    'Only the programme office of Programme W17 and the administrators of Milepost',
  )
  expect(await say(admin, 'programmes')).toContain('W17 Programme W17')
  expect(await say(admin, 'programmes archive W17 because it has ended')).toMatch(/^Saved/)
  expect(await say(asha, 'programmes')).toContain('by an administrator: it has ended')
})
