import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { configurePlatform } from '../../../src/chat/platform-definition.ts'
import { SlackConfig } from '../../../src/platforms/slack/config.ts'
import { slack } from '../../../src/platforms/slack/index.ts'
import { eventually, type ServedMilepost, serveMilepost } from '../milepost.ts'
import { type Recorder, startRecorder } from '../recorder.ts'
import { type EmulatedWorkspace, mei, priya, signingSecret, startEmulate } from './emulate.ts'
import { type SlackPerson, slackPerson } from './person.ts'

/** The first minutes of a programme in Slack, with a Web API, events and an OAuth that others wrote. */

let workspace: EmulatedWorkspace
let recorder: Recorder
let milepost: ServedMilepost
let office: SlackPerson
let lead: SlackPerson
let botUser: string

beforeAll(async () => {
  workspace = await startEmulate()
  const bot = await workspace.install()
  botUser = bot.user
  recorder = await startRecorder(() => workspace.url)
  const config = SlackConfig.parse({
    ...{ mode: 'http', signingSecret, botToken: bot.token },
    apiUrl: `${recorder.url}/api/`,
  })
  const { user_id: admin } = await workspace.as(priya, 'auth.test')
  const admins = [{ platform: 'slack', tenant: bot.team, user: String(admin) }]
  milepost = await serveMilepost(configurePlatform(slack, config), admins)
  const eventsUrl = `${milepost.service.url}/slack/events`
  workspace.connect(eventsUrl)
  const around = { workspace, recorder, eventsUrl, team: bot.team, bot }
  office = await slackPerson(around, priya)
  lead = await slackPerson(around, mei)
}, 60_000)
afterAll(async () => {
  await milepost?.close()
  await recorder?.close()
  await workspace?.close()
})

const told = (person: SlackPerson, words: string | RegExp) =>
  eventually(async () => expect(await person.sees()).toMatch(words))

describe('in emulate', () => {
  test('Milepost starts with the token that OAuth gave', () => {
    expect(recorder.calls.find(({ path }) => path === '/api/auth.test')?.answer).toMatchObject({
      ok: true,
    })
  })

  test('writes to its administrator first', async () => {
    await milepost.moveTo('2030-01-07T10:01:00Z')
    await told(office, 'set up the first programme')
  })

  test('opens a form at a press, and stores what is submitted', async () => {
    await office.press('Set up the first programme')
    // An empty form opens at once, and is filled when the answer is there.
    await eventually(() =>
      expect(office.openView().blocks.map(({ type }) => type)).toContain('input'),
    )
    await office.submit({ key: 'W17', title: 'Better Together', weekday: 'friday' })
    await told(office, 'W17 Better Together is set up')
  })

  test('answers a slash command in its acknowledgement', async () => {
    expect(await office.command('add workstream Practice')).toContain('Workstream 1 Practice')
    expect(await office.command('add project Practice standards to 1')).toContain('was added')
    expect(await office.command('add milestone 1.1 Publish the standards by 9 Jan 2030')).toContain(
      'Wed 9 Jan 2030',
    )
  })

  test('knows a mentioned person by users.info', async () => {
    expect(await office.command(`set 1.1 leads to <@${lead.user}|mei>`)).toContain('Mei Harrow')
  })

  test('answers a message in the chat with it, by an event of emulate', async () => {
    await lead.say('1.1 amber Late, green by 18 Jan 2030')
    await told(lead, '1.1 Practice standards is ▲ Amber')
  })

  test('reminds in the chat, and changes the reminder once it is answered', async () => {
    await milepost.moveTo('2030-01-09T09:30:00Z')
    await told(lead, 'Publish the standards')
    await lead.press('Done')
    await eventually(() =>
      expect(
        recorder.calls.some(({ path, answer }) => path === '/api/chat.update' && answer.ok),
      ).toBe(true),
    )
  })

  test('posts a digest with its chart in a channel of which it knows who reads it', async () => {
    const board = await workspace.channel('board')
    const order = 'digest here weekly friday 14:00'
    for (const channel of [board, await workspace.channel('elsewhere')]) {
      expect(await office.command(order, channel)).toContain('I am not in this channel')
    }
    await workspace.as(priya, 'conversations.invite', { channel: board, users: botUser })
    expect(await office.command(order, board)).toContain('Fri 11 Jan 2030')
    await milepost.moveTo('2030-01-11T14:01:00Z')
    const posted = await eventually(async () => {
      const found = (await office.messages(board)).at(-1)
      expect(JSON.stringify(found?.blocks)).toContain('Better Together')
      return found
    })
    expect(JSON.stringify(posted?.blocks)).toContain('slack_file')
  })

  test('takes no call amiss', () => {
    const refused = recorder.calls.filter(
      ({ answer, path }) => path.startsWith('/api/') && answer.ok !== true,
    )
    // The private channel that Milepost is not in.
    expect(refused.map(({ answer }) => answer.error)).toEqual(['not_in_channel'])
    expect(milepost.trouble).toEqual([])
  })
})
