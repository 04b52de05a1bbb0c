import { beforeEach, describe, expect, test } from '@jest/globals'
import { civilDate, toDbDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { describeReminders } from '../../../src/features/reminders/describe-preview.ts'
import { enqueueReminders } from '../../../src/features/reminders/enqueue-reminders.ts'
import { reminderData } from '../../../src/features/reminders/reminder-data.ts'
import { createReminderJob } from '../../../src/features/reminders/reminder-job.ts'
import { redrawReminder } from '../../../src/features/reminders/revalidate.ts'
import { clockAt } from '../../support/clock.ts'
import { emptyTables, useDatabase } from '../../support/database.ts'

const fresh = useDatabase()

const noon = '2017-03-31T11:00:00Z'
const warnings: string[] = []
const log = {
  info: () => {},
  warn: (fields: object, message: string) => warnings.push(`${message} ${JSON.stringify(fields)}`),
  error: (fields: object, message: string) => warnings.push(`${message} ${JSON.stringify(fields)}`),
}
const parts = (moment: string) => ({
  db: fresh.db,
  clock: clockAt(new Date(moment)),
  prefix: () => '/rag',
  log,
})

/** Rounds have tests of their own. */
const settings = { reminders: { roundOpen: false, roundClosing: false } }

let programmeId: string
let priya: string
let tom: string

beforeEach(async () => {
  warnings.length = 0
  const { db } = fresh
  await emptyTables(db)
  programmeId = newId()
  const createdAt = new Date('2017-01-02T00:00:00Z')
  await db.programme.create({
    data: { id: programmeId, key: 'P1', title: 'Better Together', settings, createdAt },
  })
  const workstream = newId()
  await db.workstream.create({
    data: { id: workstream, programmeId, ref: '2', title: 'Practice', position: 1 },
  })
  priya = await person('Priya Shah', 'U1')
  tom = await person('Tom Reed', undefined)
  await project(workstream, '2.1', 1, [priya, tom])
  await project(workstream, '2.2', 2, [tom])
})

async function person(name: string, user: string | undefined): Promise<string> {
  const id = newId()
  await fresh.db.person.create({ data: { id, name, createdAt: new Date('2017-01-02T00:00:00Z') } })
  if (user)
    await fresh.db.identity.create({
      data: { platform: 'slack', tenant: 'T1', user, personId: id },
    })
  return id
}

/** A project with one milestone due on Fri 31 Mar 2017. */
async function project(workstreamId: string, ref: string, position: number, leads: string[]) {
  const id = newId()
  await fresh.db.project.create({
    data: {
      id,
      programmeId,
      workstreamId,
      ref,
      title: `Project ${ref}`,
      position,
      leads: { create: leads.map((personId, at) => ({ personId, position: at })) },
    },
  })
  const day = toDbDate(civilDate('2017-03-31'))
  await fresh.db.milestone.create({
    data: {
      id: newId(),
      projectId: id,
      number: 1,
      about: `Milestone of ${ref}`,
      raw: '31 Mar',
      earliest: day,
      baselineDue: day,
      due: day,
      precision: 'day',
      addedOn: toDbDate(civilDate('2017-01-02')),
    },
  })
}

/** As the dispatcher does. */
const sendAll = () =>
  fresh.db.outboxMessage.updateMany({
    data: { state: 'sent', sentTo: 'D1', messageId: '1.1', sentAt: new Date(noon) },
  })
const deliveries = () => fresh.db.outboxMessage.findMany({ orderBy: { key: 'asc' } })

describe('saying reminders', () => {
  test('decides one delivery per person, in private, with what it tells of', async () => {
    const { enqueued } = await enqueueReminders(parts(noon))
    expect(enqueued).toEqual([`reminder:${priya}:2017-03-31`])
    const [delivery, ...more] = await deliveries()
    expect(more).toEqual([])
    expect(delivery).toMatchObject({
      kind: 'reminder',
      card: 'reminder',
      personId: priya,
      programmeId,
      platform: 'slack',
      conversation: 'U1',
      placeKind: 'direct',
    })
    expect(delivery?.topics).toContain(`reminder:${priya}:2017-03-31`)
    expect(delivery?.topics.map((key) => key.split(':').at(-1))).toEqual(['2017-03-31', '-3', '0'])
  })

  test('again in the next minute, and in two processes at once, says nothing twice', async () => {
    const both = await Promise.all([enqueueReminders(parts(noon)), enqueueReminders(parts(noon))])
    expect(both.flatMap(({ enqueued }) => enqueued)).toHaveLength(1)
    expect((await enqueueReminders(parts('2017-03-31T11:01:00Z'))).enqueued).toEqual([])
    await sendAll()
    expect((await enqueueReminders(parts('2017-04-03T11:00:00Z'))).enqueued).toEqual([])
    expect(await deliveries()).toHaveLength(1)
  })

  test('one recipient for whom it fails keeps none of the others back, and gets theirs with the next try', async () => {
    await fresh.db.identity.create({
      data: { platform: 'teams', tenant: 'T1', user: 'U9', personId: tom },
    })
    const fault = (platform: string) => {
      if (platform === 'teams') throw new Error('no such platform today')
      return '/rag'
    }
    const failing = await enqueueReminders({ ...parts(noon), prefix: fault })
    expect(failing.enqueued).toEqual([`reminder:${priya}:2017-03-31`])
    expect(warnings).toEqual([expect.stringContaining('A reminder was not enqueued')])
    const { enqueued } = await enqueueReminders(parts(noon))
    expect(enqueued).toEqual([`reminder:${tom}:2017-03-31`])
  })

  test('says nothing at night, and nothing at the weekend', async () => {
    expect((await enqueueReminders(parts('2017-03-31T02:00:00Z'))).enqueued).toEqual([])
    expect((await enqueueReminders(parts('2017-04-01T11:00:00Z'))).enqueued).toEqual([])
  })

  test('what a person without an account answers for goes to the programme office, with the reason', async () => {
    const olu = await person('Olu Ade', 'U2')
    await fresh.db.membership.create({
      data: { programmeId, personId: olu, role: 'programme_office' },
    })
    expect(await enqueueReminders(parts(noon))).toMatchObject({ unowned: [] })
    const toOlu = (await deliveries()).find(({ personId }) => personId === olu)
    const { groups } = reminderData.parse(toOlu?.data)
    expect(groups.flatMap(({ rows }) => rows)).toMatchObject([
      {
        title: '2.2 Project 2.2',
        why: 'You get this as programme office: Tom Reed has no account in chat',
      },
    ])
  })

  test('and is reported where there is no office, once a day', async () => {
    const job = createReminderJob(parts(noon))
    const { unowned } = await job()
    await job()
    expect(unowned.flatMap(({ items }) => items.map(({ project }) => project?.ref))).toEqual([
      '2.2',
    ])
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('Nobody is there to remind')
  })
})

describe('while somebody is away, or cannot be reached', () => {
  const rowsFor = async (personId: string) => {
    const found = (await deliveries()).findLast((delivery) => delivery.personId === personId)
    return reminderData.parse(found?.data)
  }

  test('their deputy gets the message, with the reason', async () => {
    const sam = await person('Sam Lowe', 'U3')
    await fresh.db.membership.create({ data: { programmeId, personId: sam, role: 'viewer' } })
    const [from, to] = ['2017-03-27', '2017-04-07'].map((day) => toDbDate(civilDate(day)))
    if (!from || !to) throw new Error('no days')
    const at = new Date('2017-03-20T12:00:00Z')
    await fresh.db.leave.create({
      data: { id: newId(), personId: priya, from, to, deputyId: sam, source: 'test', at },
    })
    const { enqueued } = await enqueueReminders(parts(noon))
    expect(enqueued).toEqual([`reminder:${sam}:2017-03-31`])
    const { groups } = await rowsFor(sam)
    expect(groups.flatMap(({ rows }) => rows.map(({ why }) => why))).toEqual([
      'You get this as deputy: Priya Shah is away until Fri 7 Apr 2017',
    ])
    await fresh.db.leave.updateMany({ data: { returnedOn: toDbDate(civilDate('2017-03-30')) } })
    expect((await enqueueReminders(parts(noon))).enqueued).toEqual([`reminder:${priya}:2017-03-31`])
  })

  test('a platform that calls them gone: the office is told next, and they are tried again a week later', async () => {
    const olu = await person('Olu Ade', 'U2')
    await fresh.db.membership.create({
      data: { programmeId, personId: olu, role: 'programme_office' },
    })
    await fresh.db.projectLead.deleteMany({ where: { personId: tom } })
    await enqueueReminders(parts('2017-03-28T11:00:00Z'))
    await sendAll()
    await fresh.db.identity.updateMany({
      where: { personId: priya },
      data: { goneAt: new Date('2017-03-28T12:00:00Z') },
    })
    await fresh.db.outboxMessage.updateMany({
      where: { personId: priya },
      data: { state: 'dead', gone: true, error: 'the account was deactivated' },
    })
    expect((await enqueueReminders(parts('2017-03-29T11:00:00Z'))).enqueued).toEqual([
      `reminder:${olu}:2017-03-29`,
    ])
    const { alarm, groups } = await rowsFor(olu)
    expect(alarm).toContain(
      'Priya Shah can no longer be reached in chat, and leads 2.1 of P1.\nName another lead',
    )
    expect(groups.flatMap(({ rows }) => rows.map(({ why }) => why))).toEqual([
      'You get this as programme office: Priya Shah can no longer be reached in chat',
    ])
    const { enqueued } = await enqueueReminders(parts('2017-04-05T11:00:00Z'))
    expect(enqueued).toContain(`reminder:${priya}:2017-04-05`)
  })
})

describe('a reminder whose button was pressed', () => {
  test('shows what was answered, and keeps the buttons of the rest', async () => {
    await enqueueReminders(parts(noon))
    const [delivery] = await deliveries()
    if (!delivery) throw new Error('nothing was decided')
    const { id, data } = delivery
    const shown = { id, personId: priya, card: { name: 'reminder', data } }
    const redrawn = async (note: string | undefined) =>
      reminderData.parse((await redrawReminder(fresh.db, shown, note, new Date(noon))).data)
    const before = await redrawn(undefined)
    await fresh.db.milestone.updateMany({ data: { doneOn: toDbDate(civilDate('2017-03-31')) } })
    const after = await redrawn('2.1: Done')
    expect(before).toMatchObject({ note: '', heading: '1 milestone needs an answer' })
    expect(after).toMatchObject({ note: '2.1: Done', heading: 'All answered, thank you' })
    expect(after.groups[0]?.rows[0]?.answered).toBe('✓ Done')
  })
})

describe('what would be sent', () => {
  const period = { from: civilDate('2017-03-27'), to: civilDate('2017-03-31') }

  test('tells of everyone, and of who cannot be reached yet; nothing is decided', async () => {
    const { messages } = await describeReminders(fresh.db, { programmeId, ...period })
    expect(messages.map(({ on, to }) => `${on} ${to.name}`)).toEqual([
      '2017-03-28 Priya Shah',
      '2017-03-28 Tom Reed',
      '2017-03-31 Priya Shah',
      '2017-03-31 Tom Reed',
    ])
    expect(messages[1]?.to.why).toContain('no account in chat yet')
    expect(await deliveries()).toEqual([])
  })

  test('leaves out what was said already', async () => {
    await enqueueReminders(parts('2017-03-28T11:00:00Z'))
    const { messages } = await describeReminders(fresh.db, { programmeId, ...period })
    const toPriya = messages.filter(({ to }) => to.name === 'Priya Shah').map(({ on }) => on)
    expect(toPriya).toEqual(['2017-03-31'])
  })
})
