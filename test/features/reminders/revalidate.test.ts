import { beforeEach, describe, expect, test } from '@jest/globals'
import { createMeasure } from '../../../src/domain/measures/store.ts'
import { reminderData } from '../../../src/features/reminders/reminder-data.ts'
import { revalidateReminder } from '../../../src/features/reminders/revalidate.ts'
import {
  createSentReminderSync,
  loadAnswersSince,
  syncSentReminders,
} from '../../../src/features/reminders/sync-sent.ts'
import { clockAt } from '../../support/clock.ts'
import {
  day,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  wordsOf,
} from '../../support/programme.ts'
import { friday, log, remindersIn, storeTwoMilestones } from './two-milestones.ts'

/** Reminders that wait, or were sent, while people answer. */

const fresh = emptyDatabase()
let programmeId: string
let asha: StoredPerson
let tom: StoredPerson
let olu: StoredPerson

const { say, send, ask } = remindersIn(fresh)

beforeEach(async () => {
  ;({ programmeId, asha, tom, olu } = await storeTwoMilestones(fresh.db))
})

const deliveriesTo = (personId: string) =>
  fresh.db.outboxMessage.findMany({ where: { personId }, orderBy: { sequence: 'asc' } })

/** The last message to somebody, as it is to be sent or stands there. */
async function lastTo({ id }: StoredPerson) {
  const found = (await deliveriesTo(id)).at(-1)
  if (!found) throw new Error('nothing was decided for them')
  const data = reminderData.parse(found.data)
  return { ...found, data, rows: data.groups.flatMap(({ rows }) => rows) }
}

/** What the dispatcher asks before it sends the last message to somebody. */
async function revalidated(who: StoredPerson, moment: string) {
  const { data, personId, programmeIds, createdAt } = await lastTo(who)
  const card = { name: 'reminder', data }
  const decided = { card, personId: personId ?? undefined, programmeIds, enqueuedAt: createdAt }
  return revalidateReminder({ db: fresh.db, clock: clockAt(new Date(moment)) }, decided)
}

describe('a message that is about to be sent', () => {
  test('is sent unchanged where nobody answered anything', async () => {
    await say(friday)
    expect(await revalidated(asha, friday)).toBe('unchanged')
  })

  test('leaves out milestones that somebody closed meanwhile', async () => {
    await say(friday)
    await ask(tom, 'done 2.1 1')
    const result = await revalidated(asha, '2017-03-31T09:05:00Z')
    if (typeof result === 'string' || !('card' in result)) throw new Error('it was not changed')
    const { groups, heading } = reminderData.parse(result.card.data)
    expect(groups.flatMap(({ rows }) => rows).map(({ about }) => about)).toEqual([
      '2. Pages written',
    ])
    expect(heading).toBe('1 milestone needs an answer')
  })

  test('is not sent where everything in it was answered', async () => {
    await say(friday)
    await ask(tom, 'done 2.1 1')
    await ask(tom, 'move 2.1 2 to 30 Jun because the printer is late')
    expect(await revalidated(asha, '2017-03-31T09:05:00Z')).toEqual({
      dropReason: 'everything in it was answered before it could be sent',
    })
  })

  test('that had to wait is deferred to the end of quiet hours, and dropped after working hours', async () => {
    await ask(asha, 'quiet 12:00 to 14:00')
    await say(friday)
    const later = { deferUntil: new Date('2017-03-31T13:00:00Z'), reason: expect.any(String) }
    expect(await revalidated(asha, '2017-03-31T11:30:00Z')).toEqual(later)
    expect(await revalidated(asha, '2017-03-31T13:00:00Z')).toBe('unchanged')
    expect(await revalidated(asha, '2017-03-31T16:30:00Z')).toEqual({
      dropReason: 'it could not be sent before their working hours ended',
    })
  })

  test('is not sent to somebody who went on leave meanwhile', async () => {
    await say(friday)
    await ask(asha, 'away 31 Mar to 7 Apr deputy Tom Quill')
    expect(await revalidated(asha, '2017-03-31T11:00:00Z')).toEqual({
      dropReason: 'Asha Verity is away until Fri 7 Apr 2017 by now',
    })
  })

  test('is not sent at night, nor on another day', async () => {
    await say(friday)
    expect(await revalidated(asha, '2017-03-31T20:00:00Z')).toEqual({
      dropReason: 'it could not be sent before their working hours ended',
    })
    expect(await revalidated(asha, '2017-04-04T09:00:00Z')).toEqual({
      dropReason: 'it was for Fri 31 Mar 2017',
    })
  })
})

describe('a service that was down from Friday to Tuesday', () => {
  test('sends what is still true once, drops the stale message, and lists it', async () => {
    await say(friday)
    await ask(tom, 'done 2.1 1', '2017-04-03')
    const { expired, enqueued } = await say('2017-04-04T09:00:00Z')
    expect(expired.toSorted()).toEqual(
      [asha, tom].map(({ id }) => `reminder:${id}:2017-03-31`).toSorted(),
    )
    expect(enqueued).toContain(`reminder:${asha.id}:2017-04-04`)
    const [old, now, ...more] = await deliveriesTo(asha.id)
    expect(more).toEqual([])
    expect(old).toMatchObject({
      state: 'dropped',
      error: expect.stringContaining('Fri 31 Mar 2017'),
    })
    expect(now?.topics.filter((key) => key.includes(':2017-03-31:'))).toHaveLength(2)
    const { rows } = await lastTo(asha)
    const due = rows.filter(({ kind }) => kind === 'milestone')
    expect(due.map(({ about, when }) => `${about}: ${when}`)).toEqual([
      '2. Pages written: Overdue by 2 working days: was due Fri 31 Mar 2017',
    ])
    expect(now?.why.join('\n')).toContain(
      'A message before this one was not sent: it was for Fri 31 Mar 2017',
    )
    const told = wordsOf(await ask(olu, 'preview this week', '2017-04-04'))
    expect(told).toContain('Not sent to Asha Verity in the last days: it was for Fri 31 Mar 2017')
    expect((await say('2017-04-04T09:01:00Z')).enqueued).toEqual([])
  })

  test('does not drop what was possibly sent', async () => {
    await say(friday)
    await fresh.db.outboxMessage.updateMany({ data: { possiblySentAt: new Date(friday) } })
    expect((await say('2017-04-04T09:00:00Z')).expired).toEqual([])
  })
})

describe('a sent reminder', () => {
  const sync = async (moment: string) =>
    syncSentReminders(
      fresh.db,
      await loadAnswersSince(fresh.db, new Date(friday)),
      new Date(moment),
    )

  test('shows what somebody else answered by a command, with one edit', async () => {
    await say(friday)
    await send()
    await ask(tom, 'done 2.1 1')
    expect(await sync('2017-03-31T12:01:00Z')).toBe(2)
    const { rows, data, id } = await lastTo(asha)
    expect(rows.map(({ answered }) => answered)).toEqual(['✓ Done', ''])
    expect(data.heading).toBe('1 milestone needs an answer')
    expect(await fresh.db.messageEdit.count({ where: { outboxMessageId: id } })).toBe(1)
    expect(await sync('2017-03-31T12:02:00Z')).toBe(0)
    expect(await fresh.db.outboxMessage.count()).toBe(2)
  })

  test('shows a snooze to the person who asked for it, and to nobody else', async () => {
    await say(friday)
    await send()
    await ask(asha, 'snooze 2.1 1 until 3 Apr')
    expect(await sync('2017-03-31T12:01:00Z')).toBe(1)
    expect((await lastTo(asha)).rows[0]?.answered).toBe(
      'Snoozed by Asha Verity until Mon 3 Apr 2017',
    )
    expect((await lastTo(tom)).rows[0]?.answered).toBe('')
  })

  test('shows an update, “no change” and a reading in rows of their kinds', async () => {
    const { db } = fresh
    const projectId = await projectIdOf(db, '2.1')
    await ask(asha, '2.1 green', '2017-03-01')
    const measureDay = day('2016-01-01')
    await createMeasure(db, programmeId, {
      ...{
        title: 'Visits in time',
        frequency: 'Monthly',
        addedOn: measureDay,
        projects: [projectId],
      },
    })
    await say('2017-04-04T09:00:00Z')
    const before = (await lastTo(asha)).rows.map(({ kind }) => kind)
    expect(before).toEqual(['milestone', 'milestone', 'reading', 'round'])
    await send('2017-04-04T09:00:00Z')
    await ask(tom, 'no-change 2.1', '2017-04-04')
    await ask(tom, 'kpi 1 80% for March', '2017-04-04')
    await sync('2017-04-04T12:01:00Z')
    const rows = (await lastTo(asha)).rows.map(({ kind, answered }) => [kind, answered])
    expect(rows.slice(2)).toEqual([
      ['reading', '✓ Recorded: 80%'],
      ['round', '✓ No change: ● Green'],
    ])
  })

  test('is edited also where it was being sent when somebody answered', async () => {
    await say(friday)
    await fresh.db.outboxMessage.updateMany({ data: { state: 'sending' } })
    await ask(tom, 'done 2.1 1')
    expect(await sync('2017-03-31T12:01:00Z')).toBe(2)
    expect(await fresh.db.messageEdit.count()).toBe(2)
  })

  test('is edited once for each answer', async () => {
    const now = { at: new Date('2017-03-31T12:00:30Z') }
    const wakes: Date[] = []
    const wake = async () => void wakes.push(now.at)
    const { db } = fresh
    const reminderSync = createSentReminderSync({ db, clock: { now: () => now.at }, log, wake })
    await say(friday)
    await send()
    await ask(tom, 'done 2.1 1')
    await reminderSync.run()
    expect(wakes).toHaveLength(1)
    await reminderSync.run()
    now.at = new Date('2017-03-31T12:01:00Z')
    await reminderSync.run()
    expect(wakes).toHaveLength(1)
    expect((await lastTo(asha)).rows[0]?.answered).toBe('✓ Done')
    await reminderSync.stop()
  })

  test('is not edited where nobody answered anything', async () => {
    await say(friday)
    await send()
    expect(await sync('2017-03-31T12:01:00Z')).toBe(0)
    expect(await fresh.db.messageEdit.count()).toBe(0)
  })

  test('is not edited any more after a week', async () => {
    await say(friday)
    await send()
    await ask(tom, 'done 2.1 1', '2017-04-10')
    expect(await sync('2017-04-10T12:01:00Z')).toBe(0)
  })
})
