import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  accountOf,
  type ChatUserOf,
  eventually,
  type Installation,
  slackUser,
  startInstallation,
  teamsUser,
} from './installation.ts'

/** From an empty installation to a plan with a digest, without a terminal. */

const both: readonly (readonly [string, ChatUserOf])[] = [
  ['Slack', slackUser],
  ['Teams', teamsUser],
]

describe.each(both)('the first minutes in %s', (platform, userOf) => {
  let installation: Installation
  const admin = () => userOf(installation, 'Priya Marlowe')
  const say = async (text: string, answer: string) => {
    await admin().send(text)
    await eventually(() => expect(admin().visibleText()).toContain(answer))
  }

  beforeAll(async () => {
    installation = await startInstallation({ isEmpty: true })
    await installation.milepost.tick()
    await installation.milepost.drain()
  }, 60_000)
  afterAll(async () => {
    await installation?.close()
  })

  /** Slack shows the form's labels, Teams its heading. */
  const form = /Whose bank holidays count|Set up a programme/
  const invitation = 'Milepost is here: set up the first programme'

  test('an administrator is invited, and sets up the first programme with the form', async () => {
    expect(admin().visibleText()).toContain(invitation)
    await admin().press('Set up the first programme')
    await eventually(() => expect(admin().visibleText()).toMatch(form))
    await admin().submit({ key: 'W17', title: 'Better Together', weekday: 'friday' }, 'Set up')
    await eventually(() =>
      expect(admin().visibleText()).toContain(
        'W17 Better Together is set up, and you are its programme office',
      ),
    )
  })

  test('adds a workstream, a project and a milestone by the lines of the answer', async () => {
    await say('add workstream Practice', 'Workstream 1 Practice was added')
    await say('add project Practice standards to 1', '1.1 Practice standards was added')
    await say('add milestone 1.1 Publish the standards by 30 Jun 2026', 'due Tue 30 Jun 2026')
  })

  if (platform === 'Slack') {
    test('gives the project a lead whom nobody knows yet, by mention, who then updates it', async () => {
      const mei = accountOf(installation.playground, 'Mei Harrow', 'slack')
      await say(`set 1.1 leads to <@${mei}|mei>`, 'Mei Harrow is new in the programme')
      const lead = userOf(installation, 'Mei Harrow')
      await lead.send('1.1 green')
      await eventually(() => expect(lead.visibleText()).toContain('1.1 Practice standards is'))
    })
  }

  test('has the digest posted in a channel', async () => {
    const order = 'digest here weekly friday 10:00'
    const { teams } = installation.playground
    if (platform === 'Slack') await admin().send(order)
    else {
      const account = accountOf(installation.playground, 'Priya Marlowe', 'teams')
      const [channel] = teams.snapshot(account).team.channels
      await teams.mention(account, channel?.id ?? '', order)
    }
    await eventually(async () => expect(await installation.db.subscription.count()).toBe(1))
    await installation.moveTo('2026-02-27T10:01:00Z')
    const [digest] = await installation.db.outboxMessage.findMany({ where: { kind: 'digest' } })
    expect(digest?.state).toBe('sent')
  }, 60_000)

  test('was invited once, and nothing was logged as trouble', async () => {
    const sent = await installation.db.outboxMessage.findMany({
      where: { kind: 'setup-invitation', platform: platform.toLowerCase(), state: 'sent' },
    })
    expect(sent).toHaveLength(1)
    expect(admin().messages().join('\n')).not.toContain(invitation)
    expect(installation.trouble).toEqual([])
  })
})
