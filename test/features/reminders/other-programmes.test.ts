import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Place } from '../../../src/base/addresses.ts'
import { civilDate, toDbDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { noticeCard } from '../../../src/chat/notice.ts'
import { digestKind } from '../../../src/features/digests/message-kinds.ts'
import { enqueueReminders } from '../../../src/features/reminders/enqueue-reminders.ts'
import { reminderKind } from '../../../src/features/reminders/message-kind.ts'
import { reminderData } from '../../../src/features/reminders/reminder-data.ts'
import { revalidateReminder } from '../../../src/features/reminders/revalidate.ts'
import { enqueue, type NewOutboxMessage } from '../../../src/outbox/outbox.ts'
import { clockAt } from '../../support/clock.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'
import { leaves, storeTwoProgrammes, type TwoProgrammes } from '../../support/two-programmes.ts'

const fresh = emptyDatabase()
const moment = new Date('2017-03-10T09:30:00Z')
const clock = clockAt(moment)

let at: TwoProgrammes
beforeEach(async () => {
  at = await storeTwoProgrammes(fresh.db)
})

const remind = () =>
  enqueueReminders({
    ...{ db: fresh.db, clock, prefix: () => '/rag' },
    log: { info: () => {}, warn: () => {}, error: () => {} } as never,
  })

const remindersTo = ({ id }: StoredPerson) =>
  fresh.db.outboxMessage.findMany({ where: { kind: 'reminder', personId: id } })

/** Says leave as the office of OTH does, for all of March. */
const awayInOth = () =>
  fresh.db.leave.create({
    data: {
      ...{ id: newId(), personId: at.asha.id, programmeId: at.oth, byId: at.zoe.id },
      ...{ from: toDbDate(civilDate('2017-03-01')), to: toDbDate(civilDate('2017-03-31')) },
      ...{ deputyId: at.zoe.id, source: 'test', at: moment },
    },
  })

describe('leave that the office of one programme says', () => {
  test('stops no reminder of another, which goes to the lead and not to the deputy', async () => {
    await awayInOth()
    await remind()
    expect(await remindersTo(at.asha)).toMatchObject([{ programmeIds: [at.bcs] }])
    expect(await remindersTo(at.zoe)).toEqual([])
  })

  test('drops no reminder of another that is about to be sent', async () => {
    await remind()
    await awayInOth()
    const [message] = await remindersTo(at.asha)
    const card = { name: 'reminder', data: reminderData.parse(message?.data) }
    const pending = { card, personId: at.asha.id, programmeIds: [at.bcs], enqueuedAt: moment }
    expect(await revalidateReminder({ db: fresh.db, clock }, pending)).toBe('unchanged')
  })

  test('takes its own rows alone out of a message about both', async () => {
    await storeProgramme(fresh.db, {
      key: 'TWO',
      office: [at.yan],
      projects: [
        { ref: '5.5', title: 'Roads', leads: [at.asha], milestones: [['Opened', '2017-03-10']] },
      ],
    })
    await remind()
    const [message] = await remindersTo(at.asha)
    const [two] = await fresh.db.programme.findMany({ where: { key: 'TWO' } })
    expect(message?.programmeIds.toSorted()).toEqual([at.bcs, two?.id].toSorted())
    await awayInOth()
    await fresh.db.leave.updateMany({ data: { programmeId: two?.id ?? null } })
    const card = { name: 'reminder', data: reminderData.parse(message?.data) }
    const programmeIds = message?.programmeIds ?? []
    const pending = { card, personId: at.asha.id, programmeIds, enqueuedAt: moment }
    const result = await revalidateReminder({ db: fresh.db, clock }, pending)
    const words = JSON.stringify(result)
    expect(words).toContain('Practice standards')
    expect(words).not.toContain('Roads')
  })
})

describe('why', () => {
  const channel: Place = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' }
  const sent = async (more: Partial<NewOutboxMessage>) => {
    const key = newId()
    const card = noticeCard({ heading: 'Told', lines: [], buttons: [] })
    const place: Place = { platform: 'slack', tenant: 'T1', conversation: 'D9', kind: 'direct' }
    const why = ['It is about Practice standards.']
    await enqueue(fresh.db, { key, kind: reminderKind, place, card, why, ...more }, moment)
    await fresh.db.outboxMessage.updateMany({
      where: { key },
      data: { state: 'sent', sentAt: moment },
    })
    return key
  }
  const why = async (who: StoredPerson, message: string, place?: Place) =>
    wordsOf(
      await chatOn(fresh.db, '2017-03-10').ask(who, {
        input: { by: 'button', verb: 'why', args: { message } },
        ...(place && { place }),
      }),
    )

  test('explains a message to its recipient until they have left its programme', async () => {
    const key = await sent({ personId: at.zoe.id, programmeIds: [at.bcs] })
    expect(await why(at.zoe, key)).toContain('Practice standards')
    expect(await why(at.priya, key)).not.toContain('Practice standards')
    await leaves(fresh.db, at.zoe, at.bcs)
    expect(await why(at.zoe, key)).not.toContain('Practice standards')
  })

  test('explains a digest in a channel to members of its programme alone', async () => {
    const key = await sent({ kind: digestKind, place: channel, programmeIds: [at.bcs] })
    expect(await why(at.tom, key, channel)).toContain('Practice standards')
    expect(await why(at.yan, key, channel)).toContain('no message of mine')
  })
})
