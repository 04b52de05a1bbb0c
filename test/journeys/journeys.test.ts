import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  type ChatUser,
  type ChatUserOf,
  eventually,
  type Installation,
  leadershipBoard,
  slackUser,
  startInstallation,
  teamsUser,
} from './installation.ts'

let installation: Installation
beforeAll(async () => {
  installation = await startInstallation()
}, 30_000)
afterAll(async () => {
  await installation?.close()
})

const updates = (ref: string) =>
  installation.db.statusUpdate.findMany({ where: { project: { ref } }, orderBy: { at: 'desc' } })

const both: readonly (readonly [string, ChatUserOf])[] = [
  ['Slack', slackUser],
  ['Teams', teamsUser],
]

describe.each(both)('in %s', (platform, userOf) => {
  const lead = (): ChatUser => userOf(installation, 'Mei Harrow')
  const source = platform.toLowerCase()

  test('a lead updates a project by one line, and the answer says what was saved', async () => {
    await lead().send('1.3 amber Consultation ran late green by 30 Apr')
    await eventually(() =>
      expect(lead().visibleText()).toContain('1.3 Redesign of the locality teams is ▲ Amber'),
    )
    expect(lead().visibleText()).toContain('Back to Green by Thu 30 Apr 2026.')
    expect((await updates('1.3'))[0]).toMatchObject({
      state: 'amber',
      reason: 'Consultation ran late',
      source,
    })
  })

  test('a Red without a reason is not saved; the form takes what was typed and shows what is missing', async () => {
    const before = (await updates('1.4')).length
    await lead().send('1.4 red')
    await eventually(() =>
      expect(lead().visibleText()).toContain('Say in a few words why it is Red.'),
    )
    expect(await updates('1.4')).toHaveLength(before)

    await eventually(() => expect(lead().visibleText()).toMatch(/1\.4 Fair workloads\s+Now:/))
    await lead().submit({ reason: 'Nobody measures it', date: '' }, 'Save')
    await eventually(() =>
      expect(lead().visibleText()).toMatch(
        /Say by which day it will be back to Green|Please complete this required field/,
      ),
    )
    expect(await updates('1.4')).toHaveLength(before)

    await lead().press('More')
    await eventually(() => expect(lead().visibleText()).toContain('All five: Green'))
    await lead().submit(
      {
        reason: 'Nobody measures it',
        date: '2026-05-29',
        criteria: 'requirements,resource,plan,timescales',
      },
      'Save',
    )
    await eventually(() => expect(lead().visibleText()).toContain('1.4 Fair workloads is ◆ Red'))
    expect((await updates('1.4'))[0]).toMatchObject({
      state: 'red',
      reason: 'Nobody measures it',
      derived: 'red',
      source: `${source} form`,
    })
  })

  test('the form begins with the last words, works out the RAG under More, and takes another status without them', async () => {
    await lead().send('1.5')
    await eventually(() => expect(lead().visibleText()).toContain('1.5 Practice academy'))
    await lead().press('Update', '1.5 Practice academy')
    await eventually(() => expect(lead().visibleText()).toMatch(/1\.5 Practice academy\s+Now:/))
    await lead().press('More')
    await eventually(() => expect(lead().visibleText()).toContain('All five: Green'))
    await lead().choose({ key: 'green', title: '● Green' })
    await eventually(() => expect(lead().visibleText()).not.toContain('Back to Green by\nNext'))
    await lead().press('Work out the RAG')
    await lead().submit({}, 'Save')
    await eventually(() =>
      expect(lead().visibleText()).toContain('1.5 Practice academy is ● Green'),
    )
    expect((await updates('1.5'))[0]).toMatchObject({ state: 'green', reason: null })
  })

  test('somebody who does not lead the project gets a polite no', async () => {
    const before = (await updates('5.1')).length
    await lead().send('5.1 green')
    await eventually(() =>
      expect(lead().visibleText()).toContain('is updated by its leads and the programme office'),
    )
    expect(await updates('5.1')).toHaveLength(before)
  })

  test.each([
    ['9.9 green', 'There is no project “9.9”'],
    ['1.3 ambr late', 'Did you mean “amber”?'],
    ['move 1.3 2 to 31 Febtober because late', 'I could not read “31 Febtober” as a day'],
    ['done 1.1 website', 'No milestone of 1.1 has “website” in it. Which is meant?'],
    ['flibber', 'I could not read “flibber”'],
  ])('%s is not understood, and says so', async (text, answer) => {
    await lead().send(text)
    await eventually(() => expect(lead().visibleText()).toContain(answer))
  })

  test('one word lists what is mine, or what is due', async () => {
    await lead().send('')
    await eventually(() => expect(lead().visibleText()).toContain('Your projects'))
    await lead().send('due 7')
    await eventually(() => expect(lead().visibleText()).toContain('Due by Fri 6 Mar 2026'))
    await lead().send('help')
    await eventually(() =>
      expect(lead().visibleText()).toContain('What falls due, and what you owe.'),
    )
  })
})

describe('the week that follows', () => {
  const priya = () => slackUser(installation, 'Priya Marlowe')
  const boardSees = () => slackUser(installation, 'Owen Castell').visibleText()

  test('a channel subscribes, and only for the programme office', async () => {
    const lead = slackUser(installation, 'Tom Quill')
    await lead.send('digest here weekly monday 09:00')
    await eventually(() => expect(lead.visibleText()).toContain('Only the programme office'))
    await priya().send('digest here weekly monday 09:00')
    await eventually(() => expect(priya().visibleText()).toContain('Mon 2 Mar 2026, 09:00'))
  })

  test('on Monday at 09:00 each lead has one message, and the board has the digest', async () => {
    await installation.moveTo('2026-03-02T09:00:00Z')
    await eventually(() => expect(boardSees()).toContain('Weekly digest as at Mon 2 Mar 2026'))
    await eventually(() =>
      expect(slackUser(installation, 'Leo Hartwick').visibleText()).toContain('need an answer'),
    )

    const reminders = await installation.db.outboxMessage.findMany({ where: { kind: 'reminder' } })
    const today = reminders.filter(({ key }) => key.endsWith('2026-03-02'))
    expect(today.length).toBeGreaterThan(3)
    expect(new Set(today.map(({ personId }) => personId)).size).toBe(today.length)
    expect(reminders.map(({ state }) => state)).toEqual(reminders.map(() => 'sent'))
    expect(boardSees()).toContain('◆ Red')
  })

  test('Done in a reminder is saved, and its row says so where the button was', async () => {
    const leo = slackUser(installation, 'Leo Hartwick')
    const done = () => installation.db.milestoneCompletion.count()
    const before = await done()
    await leo.press('Done', 'need an answer')
    await eventually(() => expect(leo.visibleText()).toContain('✓ Done'))
    expect(await done()).toBe(before + 1)
  })

  test('a date is moved from a reminder by form, with its reason', async () => {
    const leo = slackUser(installation, 'Leo Hartwick')
    await leo.press('Move date')
    await eventually(() => expect(leo.visibleText()).toContain('Why does it move?'))
    await leo.submit({ date: '2026-03-20', reason: 'Trainer is away' }, 'Move')
    await eventually(() => expect(leo.visibleText()).toContain('→ Moved to Fri 20 Mar 2026'))
    expect(await installation.db.milestoneMove.findMany()).toMatchObject([
      { reason: 'Trainer is away', source: 'slack form' },
    ])
  })

  test('a Teams reminder is answered in place as well', async () => {
    const colm = teamsUser(installation, 'Colm Ashby')
    await eventually(() => expect(colm.visibleText()).toContain('need'))
    await colm.press('Done')
    await eventually(() => expect(colm.visibleText()).toContain('✓ Done'))
  })

  test('a later tick sends nothing twice, and the next digest shows what moved', async () => {
    const count = () => installation.db.outboxMessage.count()
    const before = await count()
    await installation.milepost.tick()
    await installation.milepost.drain()
    expect(await count()).toBe(before)

    await slackUser(installation, 'Mei Harrow').send(
      '1.2 red Nobody came to the open evening green by 30 Jun',
    )
    await installation.moveTo('2026-03-09T09:00:00Z')
    await eventually(() => expect(boardSees()).toContain('Weekly digest as at Mon 9 Mar 2026'))
    const second = slackUser(installation, 'Owen Castell')
      .messages()
      .filter((text) => text.includes('Mon 9 Mar 2026'))
      .join('\n')
    expect(second).toContain('1.2 Recruiting newly qualified staff')
    expect(second).toContain('Nobody came to the open evening')
  })
})

describe('requests that should not count, or not twice', () => {
  const mei = 'U0MEI'

  test('one that the platform repeats is handled once', async () => {
    const before = (await updates('1.1')).length
    await installation.playground.slack.message(mei, '1.1 green All well', { deliverTwice: true })
    await eventually(async () => expect(await updates('1.1')).toHaveLength(before + 1))
    const answers = () =>
      slackUser(installation, 'Mei Harrow')
        .messages()
        .filter((text) => text.includes('1.1 Keeping experienced social workers is'))
    await eventually(() => expect(answers()).toHaveLength(1))

    const person =
      installation.playground.people.find(({ name }) => name === 'Mei Harrow')?.teams?.user ?? ''
    await installation.playground.teams.message(person, '1.1 amber One left green by 30 Apr', {
      deliverTwice: true,
    })
    await eventually(async () => expect(await updates('1.1')).toHaveLength(before + 2))
    expect(answers()).toHaveLength(1)
  })

  test('no error or warning was logged', () => {
    expect(installation.trouble).toEqual([])
  })

  test.each([
    ['forged', { forge: true }],
    ['expired', { signedAt: new Date(Date.now() - 6 * 60_000) }],
    ['from the future', { signedAt: new Date(Date.now() + 6 * 60_000) }],
  ])('one that is %s is refused', async (_, how) => {
    const before = (await updates('1.1')).length
    const answer = await installation.playground.slack.slashCommand(
      mei,
      leadershipBoard,
      '/rag',
      '1.1 red No',
      how,
    )
    expect(answer.status).toBe(401)
    expect(await updates('1.1')).toHaveLength(before)
  })
})
