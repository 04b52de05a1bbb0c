import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  eventually,
  type Installation,
  leadershipBoard,
  slackUser,
  startInstallation,
  teamsUser,
} from './installation.ts'

/** A digest that its office directs: approved, held, corrected in place, and kept from those it is not for. */

const teamsBoard = '19:brightwater-board@thread.tacv2'

let installation: Installation
beforeAll(async () => {
  installation = await startInstallation()
}, 30_000)
afterAll(async () => {
  await installation?.close()
})

const priya = () => slackUser(installation, 'Priya Marlowe')
/** Somebody of the board, who asks nothing and reads. */
const slackBoard = () => slackUser(installation, 'Owen Castell').messages().join('\n')
const teamsBoardSees = () => teamsUser(installation, 'Owen Castell').messages().join('\n')
const said = (words: string) => eventually(() => expect(priya().visibleText()).toContain(words))

const ask = async (text: string, answer: string) => {
  await priya().send(text)
  await said(answer)
}

async function inTeams(text: string): Promise<void> {
  const account = installation.playground.people.find(({ name }) => name === 'Priya Marlowe')?.teams
  await installation.playground.teams.mention(account?.user ?? '', teamsBoard, text)
}

/** At that moment, without the hours between: and as many seconds more as it takes until all is sent. */
async function at(moment: string): Promise<void> {
  const { clock } = installation.playground
  clock.moveTo(new Date(moment))
  await installation.milepost.tick()
  for (;;) {
    await installation.milepost.drain()
    const open = { state: { in: ['waiting' as const, 'sending' as const] } }
    const left = await installation.db.outboxMessage.count({
      where: { kind: { in: ['digest', 'office'] }, ...open },
    })
    if (left === 0 && (await installation.db.messageEdit.count()) === 0) return
    clock.moveTo(new Date(clock.now().getTime() + 2_000))
  }
}

const digests = (heading: string) => (text: string) => text.split(heading).length - 1

describe('a digest that waits for approval', () => {
  test('is set up on both platforms', async () => {
    await ask('digest here weekly monday 09:00', 'will be posted here each week')
    await inTeams('digest here weekly monday 09:00')
    await eventually(async () => expect(await installation.db.subscription.count()).toBe(2))
    expect(
      await installation.db.subscription.findMany({ orderBy: { platform: 'asc' } }),
    ).toMatchObject([
      { platform: 'slack', reach: 'private', audience: 'board' },
      { platform: 'teams', reach: null, audience: 'board' },
    ])
    await ask('digest channels', '#leadership-board on Slack: Monday 09:00')
    await ask('digest approval on', 'is posted when you have approved it')
  })

  test('waits at its hour, and is posted on both when it is approved from the reminder', async () => {
    await at('2026-03-02T09:00:00Z')
    await said('A digest waits for you')
    expect(slackBoard()).not.toContain('Weekly digest')
    await priya().press('Approve', 'A digest waits for you')
    await said('is approved')
    await at('2026-03-02T09:05:00Z')
    await eventually(() => expect(slackBoard()).toContain('Weekly digest as at Mon 2 Mar 2026'))
    await eventually(() => expect(teamsBoardSees()).toContain('Weekly digest as at Mon 2 Mar 2026'))
    // What the same readers get on one day has one number, in whichever channel.
    const issue = 'Digest 1 · data Fri 27 Feb 2026 to Mon 2 Mar 2026'
    await eventually(() => expect(slackBoard()).toContain(issue))
    await eventually(() => expect(teamsBoardSees()).toContain(issue))
  })

  test('is corrected in place on both, also where the platform fails at first', async () => {
    installation.playground.slack.failNext('chat.update', '500', 1)
    installation.playground.teams.failNext('updateActivity', 503)
    await ask(
      'digest 1 correct “1.1 has been Green since January.”',
      'Corrected where it stands: digest 1.',
    )
    await at('2026-03-02T11:00:00Z')
    const marked = 'Corrected Mon 2 Mar 2026 by Priya Marlowe: 1.1 has been Green since January.'
    await eventually(() => expect(slackBoard()).toContain(marked))
    await eventually(() => expect(teamsBoardSees()).toContain(marked))
    const count = digests('Weekly digest as at Mon 2 Mar 2026')
    expect([slackBoard(), teamsBoardSees()].map(count)).toEqual([1, 1])
  })

  test('is shown again as it was posted, with what changed since beside it', async () => {
    await ask('digest 1', 'by Priya Marlowe: 1.1 has been Green since January.')
    const mei = slackUser(installation, 'Mei Harrow')
    await mei.send('1.2 red Nobody came green by 30 Jun')
    await eventually(() => expect(mei.visibleText()).toContain('Reason: Nobody came'))
    await ask('digest 1 changes', 'then, ◆ Red now')
  })
})

describe('a digest that is not for everyone', () => {
  test('held, it goes to neither; released, to both', async () => {
    await ask('digest approval off', 'is posted by itself')
    await ask('digest hold because the figures are wrong', 'is held')
    await at('2026-03-09T09:00:00Z')
    await said('is held by Priya Marlowe: the figures are wrong')
    expect(slackBoard()).not.toContain('Weekly digest as at Mon 9 Mar 2026')
    await priya().press('Release', 'A digest is held')
    await said('is released')
    await at('2026-03-09T09:10:00Z')
    await eventually(() => expect(slackBoard()).toContain('Weekly digest as at Mon 9 Mar 2026'))
    await eventually(() => expect(teamsBoardSees()).toContain('Weekly digest as at Mon 9 Mar 2026'))
  })

  test('a channel that was opened, and one with a guest, get none; the office is told in private', async () => {
    const { slack, teams, people } = installation.playground
    slack.setReach(leadershipBoard, 'everyone')
    const guest = people.find(({ teams: account }) => account !== null)
    teams.makeGuest(guest?.teams?.user ?? '')
    await at('2026-03-16T09:30:00Z')
    await said('Everyone in your organisation can read #leadership-board on Slack now')
    await said('People from outside your organisation can read the channel 19:brightwater-board')
    expect(slackBoard()).not.toContain('Weekly digest as at Mon 16 Mar 2026')
    expect(teamsBoardSees()).not.toContain('Weekly digest as at Mon 16 Mar 2026')
    expect(slackBoard()).not.toContain('Everyone in your organisation')

    slack.setReach(leadershipBoard, 'private')
    await at('2026-03-16T09:40:00Z')
    await eventually(() => expect(slackBoard()).toContain('Weekly digest as at Mon 16 Mar 2026'))
  })

  test('text for insiders is shown to insiders alone', async () => {
    const mei = slackUser(installation, 'Mei Harrow')
    await mei.send('1.1 red The manager resigned green by 30 Jun for internal only')
    await eventually(() =>
      expect(mei.visibleText()).toContain('the board’s digest does not show them'),
    )
    await at('2026-03-23T09:30:00Z')
    await eventually(() => expect(slackBoard()).toContain('Weekly digest as at Mon 23 Mar 2026'))
    expect(slackBoard()).toContain('Details are for the programme team')
    expect(slackBoard()).not.toContain('The manager resigned')
  })
})
