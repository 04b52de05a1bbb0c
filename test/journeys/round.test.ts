import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { reminderData } from '../../src/features/reminders/reminder-data.ts'
import {
  type ChatUser,
  type ChatUserOf,
  eventually,
  type Installation,
  slackUser,
  startInstallation,
  teamsUser,
} from './installation.ts'

/** An update round from its opening to its closing, by a lead with an account there and the programme office. */
const both: readonly (readonly [string, ChatUserOf, string, string, string])[] = [
  ['Slack', slackUser, 'Leo Hartwick', '6.1', '6.3'],
  ['Teams', teamsUser, 'Colm Ashby', '8.2', '8.4'],
]

describe.each(both)('a round in %s', (platform, userOf, name, unchanged, changed) => {
  let installation: Installation
  const source = platform.toLowerCase()
  const lead = (): ChatUser => userOf(installation, name)
  const office = (): ChatUser => userOf(installation, 'Priya Marlowe')

  const at = async (moment: string) => {
    installation.playground.clock.moveTo(new Date(moment))
    await installation.milepost.tick()
    await installation.milepost.drain()
  }
  const lastOf = (ref: string) =>
    installation.db.statusUpdate.findFirstOrThrow({
      where: { project: { ref, programme: { key: 'BCS' } } },
      orderBy: { at: 'desc' },
    })

  /** Who was nudged of the round, and how many messages a person had at most on the day of it. */
  const saidByHand = async () => {
    const { id } = await installation.db.programme.findUniqueOrThrow({ where: { key: 'BCS' } })
    const all = await installation.db.outboxMessage.findMany({ where: { kind: 'reminder' } })
    const isNudge = (key: string) => key.startsWith(`round:${id}:2026-03-09:nudged`)
    const nudges = all.filter(({ topics }) => topics.some(isNudge)).map(({ key }) => key)
    const today = all.filter(({ key }) => key.includes('2026-03-04'))
    const perPerson = [...Map.groupBy(today, ({ personId }) => personId).values()]
    return { nudges, mostADay: Math.max(...perPerson.map(({ length }) => length)) }
  }

  beforeAll(async () => {
    installation = await startInstallation()
  }, 30_000)
  afterAll(async () => {
    await installation?.close()
  })

  test('opens on Tuesday at nine with one message that lists all the lead owes', async () => {
    await at('2026-03-03T08:59:00Z')
    expect(lead().visibleText()).not.toContain('Update round')
    await at('2026-03-03T09:00:00Z')
    await eventually(() => expect(lead().visibleText()).toContain('Update round'))
    expect(lead().messages()).toHaveLength(1)
    expect(lead().visibleText()).toContain('answer by Thu 5 Mar 2026, 12:00')
    for (const ref of [unchanged, changed]) expect(lead().visibleText()).toContain(ref)
  })

  test('is answered with “no change” in the message, and by a typed update', async () => {
    await lead().press('No change', `${unchanged} `)
    await eventually(() => expect(lead().visibleText()).toContain('✓ No change: '))
    const attested = await installation.db.statusUpdate.findMany({
      where: { attestsId: { not: null } },
    })
    expect(attested).toMatchObject([{ source: `${source} button`, onDay: new Date('2026-03-03') }])

    await lead().send(`${changed} red Two posts are vacant green by 30 Apr`)
    await eventually(() => expect(lead().visibleText()).toContain('is ◆ Red'))
    expect(await lastOf(changed)).toMatchObject({ state: 'red', attestsId: null, source })

    await lead().send('round for BCS')
    await eventually(() => expect(lead().visibleText()).toContain('You answered'))
  })

  test('is answered for all the rest in one press, which then lists it', async () => {
    await lead().press('No change to all')
    await eventually(() =>
      expect(lead().visibleText()).toMatch(/No change to \d+ projects?(, attested by you|: )/),
    )
    await lead().send('round for BCS')
    await eventually(() =>
      expect(lead().visibleText()).toContain('You owe nothing more. Thank you.'),
    )
  })

  test('shows the programme office who answered', async () => {
    await at('2026-03-04T10:00:00Z')
    await office().send('round for BCS')
    await eventually(() => expect(office().visibleText()).toContain('Still to answer'))
    const card = office()
      .messages()
      .findLast((text) => text.includes('Still to answer'))
    expect(card).toContain('For the digest of Mon 9 Mar 2026')
    expect(card).toContain(`no change, ${name}`)
    expect(card?.split('Answered')[0]).not.toContain(name)
  })

  test('nudges by hand once: one more message for each who owes, whatever they got that day', async () => {
    await office().press('Nudge now', 'Still to answer')
    await eventually(() => expect(office().visibleText()).toContain('nudged about'))
    await at('2026-03-04T10:01:30Z')
    const second = await installation.db.outboxMessage.findMany({
      where: { key: { contains: ':2026-03-04:' } },
    })
    expect(second.length).toBeGreaterThan(0)
    for (const { data } of second) {
      expect(reminderData.parse(data).besides).toContain('your programme office pressed')
    }
    const { nudges, mostADay } = await saidByHand()
    expect(nudges.length).toBeGreaterThan(5)
    expect(mostADay).toBe(2)

    await office().send('round nudge for BCS')
    await eventually(() => expect(office().visibleText()).toContain('Once a round is enough'))
    await at('2026-03-04T10:30:00Z')
    expect(await saidByHand()).toEqual({ nudges, mostADay })
  })

  test('is closed once', async () => {
    await office().press('Close', 'Still to answer')
    await eventually(() =>
      expect(office().visibleText()).toContain(
        'The round for the digest of Mon 9 Mar 2026 is closed.',
      ),
    )
    expect(await installation.db.roundChange.findMany({ orderBy: { at: 'asc' } })).toMatchObject([
      { kind: 'nudged', source },
      { kind: 'closed', source },
    ])
  })

  test('once closed nudges nobody, and a new update counts for the next round', async () => {
    await at('2026-03-05T09:00:00Z')
    const after = await saidByHand()
    expect(after.nudges.filter((key) => key.includes('2026-03-05'))).toEqual([])
    await lead().send(`${unchanged} no change`)
    await eventually(async () =>
      expect(await lastOf(unchanged)).toMatchObject({ onDay: new Date('2026-03-05') }),
    )
    await office().send('round for BCS')
    await eventually(() =>
      expect(office().visibleText()).toContain('For the digest of Mon 16 Mar 2026'),
    )
    expect(office().visibleText()).toContain('has answered already: an early answer counts')
  })

  test('no error or warning was logged', () => {
    expect(installation.trouble).toEqual([])
  })
})
