import { existsSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { addDays, civilDate, momentAt } from '../../../src/base/dates.ts'
import { importPlan } from '../../../src/features/imports/import-plan.ts'
import { enqueueReminders } from '../../../src/features/reminders/enqueue-reminders.ts'
import { type ReminderData, reminderData } from '../../../src/features/reminders/reminder-data.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { clockAt } from '../../support/clock.ts'
import { emptyDatabase, storePeople } from '../../support/programme.ts'

const published = new URL('../../../../shared/plans/worcestershire-2017.csv', import.meta.url)
const sample = new URL('../../../src/playground/sample/plan.csv', import.meta.url)

/** The published W17 plan where it is beside the project, and our own sample in its format, which is always there. */
const plans = [
  {
    name: 'the published W17 plan',
    file: published,
    asOf: '2017-02-24',
    busyDay: '2017-03-31',
    dueOnBusyDay: 21,
    lastWorkingDay: '2017-04-13',
    daysOff: ['2017-04-14', '2017-04-15', '2017-04-16', '2017-04-17'],
  },
  {
    name: 'the sample plan',
    file: sample,
    asOf: '2026-02-27',
    busyDay: '2026-03-31',
    dueOnBusyDay: 21,
    lastWorkingDay: '2026-04-02',
    daysOff: ['2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06'],
  },
].filter(({ file }) => existsSync(file))
if (!existsSync(published)) {
  console.warn('NOT RUN: the published W17 plan is not beside the project (shared/plans).')
}

const log = { info: () => {}, warn: () => {}, error: () => {} }
const names = [
  'Ann Ash',
  'Bo Birch',
  'Cy Cedar',
  'Di Dove',
  'Ed Elm',
  'Fay Fox',
  'Gus Gale',
  'Hal Hay',
] as const

describe.each(plans)('$name, with a lead for each of its eight workstreams', (plan) => {
  const { busyDay, lastWorkingDay, daysOff } = plan
  const fresh = emptyDatabase()

  beforeEach(async () => {
    const { db } = fresh
    await db.outboxMessage.deleteMany()
    const asked = {
      bytes: readFileSync(plan.file),
      fileName: 'plan.csv',
      programme: { key: 'W17', title: 'Back to Basics', scheme: undefined, calendar: undefined },
      asOf: civilDate(plan.asOf),
      ...{ shape: undefined, mapping: undefined, accept: true, dryRun: false },
    }
    await inTransaction(db, (tx) => importPlan(tx, asked, new Date(`${plan.asOf}T12:00:00Z`)), {
      timeoutMs: 60_000,
    })
    const people = await storePeople(db, ...names)
    for (const project of await db.project.findMany({ include: { workstream: true } })) {
      const lead = people[Number(project.workstream.ref) - 1]
      if (!lead) throw new Error(`nobody leads workstream ${project.workstream.ref}`)
      const data = { projectId: project.id, personId: lead.id, position: 0 }
      await db.projectLead.create({ data })
    }
  }, 60_000)

  /** Each day from one to another at nine, as the service does; all that is decided is sent. */
  async function live(from: string, to: string): Promise<void> {
    const { db } = fresh
    for (let day = civilDate(from); day <= civilDate(to); day = addDays(day, 1)) {
      const now = momentAt(day, '09:00', 'Europe/London')
      await enqueueReminders({ db, clock: clockAt(now), prefix: () => '/rag', log })
      await db.outboxMessage.updateMany({
        where: { state: 'waiting' },
        data: { state: 'sent', sentTo: 'D1', messageId: '1.1', sentAt: now },
      })
    }
  }

  const messagesOf = async (day: string) =>
    (await fresh.db.outboxMessage.findMany({ where: { key: { endsWith: `:${day}` } } })).map(
      ({ personId, data }) => ({ personId, data: reminderData.parse(data) }),
    )
  const dueOn = ({ data }: { data: ReminderData }, day: string) =>
    data.groups.flatMap(({ rows }) => rows.filter(({ told }) => told === day))

  test('its milestones of the busiest day reach each lead in one message', async () => {
    await live(addDays(civilDate(busyDay), -1), busyDay)
    const messages = await messagesOf(busyDay)
    const due = messages.map((message) => dueOn(message, busyDay).length)
    expect(due.reduce((sum, count) => sum + count, 0)).toBe(plan.dueOnBusyDay)
    expect(new Set(messages.map(({ personId }) => personId)).size).toBe(messages.length)
    expect(messages.length).toBeLessThanOrEqual(8)
  }, 60_000)

  test('milestones due from Good Friday to Easter Monday are announced on the Thursday before', async () => {
    const { db } = fresh
    const off = daysOff.map((day) => new Date(`${day}T00:00:00Z`))
    await live(addDays(civilDate(lastWorkingDay), -3), daysOff.at(-1) ?? '')
    const due = await db.milestone.findMany({ where: { due: { in: off } } })
    expect(due.length).toBeGreaterThan(plan.file === published ? 3 : 0)
    const said = (await db.outboxMessage.findMany()).flatMap(({ topics, key }) =>
      topics.map((what) => ({ what, on: key.slice(-10) })),
    )
    for (const { id } of due) {
      const told = said.filter(({ what }) => what.startsWith(`${id}:`) && what.endsWith(':0'))
      expect(told).toMatchObject([{ on: lastWorkingDay }])
    }
    expect(said.filter(({ on }) => on > lastWorkingDay)).toEqual([])
  }, 60_000)
})
