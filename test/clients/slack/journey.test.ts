import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { eventually } from '../milepost.ts'
import { priya } from './emulate.ts'
import { type InEmulate, serveInEmulate } from './in-emulate.ts'
import type { SlackPerson } from './person.ts'

/** The first minutes of a programme in Slack, with a Web API, events and an OAuth that others wrote. */

let town: InEmulate

beforeAll(async () => {
  town = await serveInEmulate()
}, 60_000)
afterAll(() => town?.close())

const told = (person: SlackPerson, words: string | RegExp) =>
  eventually(async () => expect(await person.sees()).toMatch(words))

describe('in emulate', () => {
  test('Milepost starts with the token that OAuth gave', () => {
    expect(town.recorder.calls.find(({ path }) => path === '/api/auth.test')?.answer).toMatchObject(
      {
        ok: true,
      },
    )
  })

  test('writes to its administrator first', async () => {
    await town.milepost.moveTo('2030-01-07T10:01:00Z')
    await told(town.office, 'set up the first programme')
  })

  test('opens a form at a press, and stores what is submitted', async () => {
    await town.office.press('Set up the first programme')
    // An empty form opens at once, and is filled when the answer is there.
    await eventually(() =>
      expect(town.office.openView().blocks.map(({ type }) => type)).toContain('input'),
    )
    await town.office.submit({ key: 'W17', title: 'Better Together', weekday: 'friday' })
    await told(town.office, 'W17 Better Together is set up')
  })

  test('answers a slash command in its acknowledgement', async () => {
    expect(await town.office.command('add workstream Practice')).toContain('Workstream 1 Practice')
    expect(await town.office.command('add project Practice standards to 1')).toContain('was added')
    expect(
      await town.office.command('add milestone 1.1 Publish the standards by 9 Jan 2030'),
    ).toContain('Wed 9 Jan 2030')
  })

  test('knows a mentioned person by users.info', async () => {
    expect(await town.office.command(`set 1.1 leads to <@${town.lead.user}|mei>`)).toContain(
      'Mei Harrow',
    )
  })

  test('answers a message in the chat with it, by an event of emulate', async () => {
    await town.lead.say('1.1 amber Late, green by 18 Jan 2030')
    await told(town.lead, '1.1 Practice standards is ▲ Amber')
  })

  test('reminds in the chat, and changes the reminder once it is answered', async () => {
    await town.milepost.moveTo('2030-01-09T09:30:00Z')
    await told(town.lead, 'Publish the standards')
    await town.lead.press('Done')
    await eventually(() =>
      expect(
        town.recorder.calls.some(({ path, answer }) => path === '/api/chat.update' && answer.ok),
      ).toBe(true),
    )
  })

  test('posts a digest with its chart in a channel of which it knows who reads it', async () => {
    const board = await town.workspace.channel('board')
    const order = 'digest here weekly friday 14:00'
    for (const channel of [board, await town.workspace.channel('elsewhere')]) {
      expect(await town.office.command(order, channel)).toContain('I am not in this channel')
    }
    await town.invite('board')
    expect(await town.office.command(order, board)).toContain('Fri 11 Jan 2030')
    await town.milepost.moveTo('2030-01-11T14:01:00Z')
    const posted = await eventually(async () => {
      const found = (await town.office.messages(board)).at(-1)
      expect(JSON.stringify(found?.blocks)).toContain('Better Together')
      return found
    })
    // The picture stands in the thread: the next message to the channel, which Slack takes a second later.
    await town.milepost.moveTo('2030-01-11T14:02:00Z')
    await eventually(async () => {
      const replies = await town.workspace.as(priya, 'conversations.replies', {
        ...{ channel: board, ts: posted?.ts ?? '' },
      })
      expect(JSON.stringify(replies.messages)).toContain('slack_file')
    })
  })

  test('takes no call amiss', () => {
    const refused = town.recorder.calls.filter(
      ({ answer, path }) => path.startsWith('/api/') && answer.ok !== true,
    )
    // The private channel that Milepost is not in.
    expect(refused.map(({ answer }) => answer.error)).toEqual(['not_in_channel'])
    expect(town.milepost.trouble).toEqual([])
  })
})
