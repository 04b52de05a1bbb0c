import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type CivilDate, dateIn, weekdayOf } from '../../src/base/dates.ts'
import { reminderData } from '../../src/features/reminders/reminder-data.ts'
import {
  accountOf,
  type ChatUserOf,
  eventually,
  type Installation,
  slackUser,
  startInstallation,
  teamsUser,
} from './installation.ts'

/**
 * A week as a lead lives it: told on Monday, asked on Tuesday, left in peace, and read by the board next Monday. By a
 * lead with an account there, another who does not answer, and how many projects the first one answers for.
 */

const both: readonly (readonly [string, ChatUserOf, string, string, number])[] = [
  ['Slack', slackUser, 'Leo Hartwick', 'Grace Elden', 9],
  ['Teams', teamsUser, 'Colm Ashby', 'Samir Wells', 4],
]

describe.each(both)('a week in %s', (platform, userOf, name, silentName, projects) => {
  let installation: Installation
  const lead = () => userOf(installation, name)
  const office = () => userOf(installation, 'Priya Marlowe')
  const board = () => userOf(installation, 'Owen Castell')

  /** What one person was told by Milepost itself, day by day of theirs. */
  const remindersTo = async (wanted: string) => {
    const { id: personId } = await installation.db.person.findFirstOrThrow({
      where: { name: wanted },
    })
    const rows = await installation.db.outboxMessage.findMany({
      where: { kind: 'reminder', personId },
      orderBy: { sequence: 'asc' },
    })
    return rows.map(({ data, topics, state }) => {
      const { day, groups } = reminderData.parse(data)
      const kinds = new Set(groups.flatMap(({ rows: all }) => all.map(({ kind }) => kind)))
      return { day, kinds, topics, state }
    })
  }
  const on = async (day: string, wanted = name) =>
    (await remindersTo(wanted)).filter((one) => one.day === day)

  beforeAll(async () => {
    installation = await startInstallation()
    await orderDigest()
  }, 60_000)
  afterAll(async () => {
    await installation?.close()
  })

  async function orderDigest(): Promise<void> {
    const { teams } = installation.playground
    const order = 'digest here weekly monday 09:00'
    if (platform === 'Slack') await office().send(order)
    else {
      const account = accountOf(installation.playground, 'Priya Marlowe', 'teams')
      const [channel] = teams.snapshot(account).team.channels
      await teams.mention(account, channel?.id ?? '', order)
    }
    await eventually(async () => expect(await installation.db.subscription.count()).toBe(1))
  }

  test('Monday: one message about what is due and overdue, and nothing about a round yet', async () => {
    await installation.moveTo('2026-03-02T09:30:00Z')
    const monday = await on('2026-03-02')
    expect(monday).toHaveLength(1)
    expect(monday[0]?.kinds).not.toContain('round')
    await eventually(() => expect(lead().visibleText()).toContain('Due today: Mon 2 Mar 2026'))
  })

  test('Tuesday: the round opens inside the day’s message, and “no change” answers it', async () => {
    await installation.moveTo('2026-03-03T09:30:00Z')
    const tuesday = await on('2026-03-03')
    expect(tuesday).toHaveLength(1)
    expect([...(tuesday[0]?.kinds ?? [])].toSorted()).toEqual(['milestone', 'round'])
    await eventually(() =>
      expect(lead().visibleText()).toContain('Update round: answer by Thu 5 Mar 2026, 12:00'),
    )
    await lead().press('No change to all', 'Update round')
    await eventually(() =>
      expect(lead().visibleText()).toContain(`No change to ${projects} projects`),
    )
    expect(lead().visibleText()).toContain('✓ No change: ')
    await lead().send('round')
    await eventually(() =>
      expect(lead().visibleText()).toContain('You owe nothing more. Thank you.'),
    )
  })

  test('Thursday: only those who have not answered are nudged, in the day’s message', async () => {
    await installation.moveTo('2026-03-05T09:30:00Z')
    const nudged = ({ topics }: { topics: readonly string[] }) =>
      topics.some((key) => key.includes(':nudged:'))
    expect((await remindersTo(name)).filter(nudged)).toEqual([])
    const thursday = await on('2026-03-05', silentName)
    expect(thursday).toHaveLength(1)
    expect(thursday.filter(nudged)).toHaveLength(1)
    const answered = (await remindersTo(name)).filter(({ day }) => day && day > '2026-03-03')
    expect(answered.filter(({ kinds }) => kinds.has('round'))).toEqual([])
  })

  test('Thursday noon: it is closed, and the office sees who answered', async () => {
    await installation.moveTo('2026-03-05T12:30:00Z')
    await office().send('round for BCS')
    const before = 'The round before, for the digest of Mon 9 Mar 2026, closed on Thu 5 Mar 2026'
    await eventually(() =>
      expect(office().visibleText()).toContain(`${before}, 12:00: ${projects} of 47 answered`),
    )
  })

  test('Monday: the board reads the digest, with how many answered', async () => {
    await installation.moveTo('2026-03-09T09:30:00Z')
    await eventually(() =>
      expect(board().visibleText()).toContain('Weekly digest as at Mon 9 Mar 2026'),
    )
    expect(board().visibleText()).toContain(`${projects} of 47 projects updated this round.`)
  })

  test('nobody had two messages on a day, or one on a day off, and no error was logged', async () => {
    const all = await installation.db.outboxMessage.findMany({ where: { kind: 'reminder' } })
    const days = all.map(({ personId, sentAt, createdAt }) => {
      const day: CivilDate = dateIn('Europe/London', sentAt ?? createdAt)
      return { key: `${personId} ${day}`, weekday: weekdayOf(day) }
    })
    expect(days.length).toBeGreaterThan(50)
    expect(new Set(days.map(({ key }) => key)).size).toBe(days.length)
    expect(days.filter(({ weekday }) => /saturday|sunday/.test(weekday))).toEqual([])
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['sent']))
    expect(installation.trouble).toEqual([])
  })
})
