import { existsSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { clockAt } from '../../../src/base/clock.ts'
import { addDays, civilDate, momentAt } from '../../../src/base/dates.ts'
import { importPlan } from '../../../src/features/imports/import-plan.ts'
import { enqueueReminders } from '../../../src/features/reminders/enqueue-reminders.ts'
import { type ReminderData, reminderData } from '../../../src/features/reminders/reminder-data.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { emptyDatabase, storePeople } from '../../support/programme.ts'

const published = new URL('../../../../shared/plans/worcestershire-2017.csv', import.meta.url)
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

if (!existsSync(published)) {
  console.warn('NOT RUN: the published W17 plan is not beside the project (shared/plans).')
  test('the published plan is not at hand: a plan of the same kind stands in, in repeat-rules.test.ts', () => {
    expect(existsSync(new URL('./repeat-rules.test.ts', import.meta.url))).toBe(true)
  })
} else {
  describe('the published W17 plan, with a lead for each of its eight workstreams', () => {
    const fresh = emptyDatabase()

    beforeEach(async () => {
      const { db } = fresh
      await db.outboxMessage.deleteMany()
      const asked = {
        bytes: readFileSync(published),
        fileName: 'worcestershire-2017.csv',
        programme: { key: 'W17', title: 'Back to Basics', scheme: undefined, calendar: undefined },
        asOf: civilDate('2017-02-24'),
        ...{ shape: undefined, mapping: undefined, accept: true, dryRun: false },
      }
      await inTransaction(db, (tx) => importPlan(tx, asked, new Date('2017-02-24T12:00:00Z')), {
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

    test('its 21 milestones of Fri 31 Mar 2017 reach each lead in one message', async () => {
      await live('2017-03-30', '2017-03-31')
      const messages = await messagesOf('2017-03-31')
      const due = messages.map((message) => dueOn(message, '2017-03-31').length)
      expect(due.reduce((sum, count) => sum + count, 0)).toBe(21)
      expect(new Set(messages.map(({ personId }) => personId)).size).toBe(messages.length)
      expect(messages.length).toBeLessThanOrEqual(8)
    }, 60_000)

    test('what falls on Good Friday or the days off after it is told of by Thu 13 Apr 2017', async () => {
      const { db } = fresh
      const off = ['2017-04-14', '2017-04-15', '2017-04-16', '2017-04-17'].map(
        (day) => new Date(`${day}T00:00:00Z`),
      )
      await live('2017-04-10', '2017-04-17')
      const due = await db.milestone.findMany({ where: { due: { in: off } } })
      expect(due.length).toBeGreaterThan(3)
      const said = (await db.outboxMessage.findMany()).flatMap(({ topics, key }) =>
        topics.map((what) => ({ what, on: key.slice(-10) })),
      )
      for (const { id } of due) {
        const told = said.filter(({ what }) => what.startsWith(`${id}:`) && what.endsWith(':0'))
        expect(told).toMatchObject([{ on: '2017-04-13' }])
      }
      expect(said.filter(({ on }) => on > '2017-04-13')).toEqual([])
    }, 60_000)
  })
}
