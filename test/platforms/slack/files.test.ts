import { describe, expect, test } from '@jest/globals'
import { RateLimitedError } from '../../../src/chat/port.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import { drawn, settled } from '../contract.ts'
import { answered, openWorkplace } from './open-workplace.ts'
import { AMINA, GENERAL, TEAM } from './slack-workplace.ts'

/** Files on Slack, as a workspace has them that is not quite as it should be. */

const csv = { name: 'plan.csv', contentType: 'text/csv', bytes: Buffer.from('Ref,Title') }
const opened = () => openWorkplace(() => answered('Understood'))

async function textsOf({ input }: ChatRequest | { input: undefined } = { input: undefined }) {
  if (input?.by !== 'files') return input
  const contents = await Promise.all(input.files.map((file) => file.read()))
  return contents.map((bytes) => Buffer.from(bytes).toString())
}

describe('what people send in a direct message', () => {
  test('with files is read, however often the event comes', async () => {
    const at = await opened()
    const files = [csv, { ...csv, name: 'people.csv', bytes: Buffer.from('Name') }]
    await at.workspace.message(AMINA, 'take these', { files, deliverTwice: true })
    await at.sees('Understood')
    expect(await textsOf(at.requests[0])).toEqual(['Ref,Title', 'Name'])
    expect(at.requests[0]).toMatchObject({
      input: { text: 'take these' },
      directPlace: { conversation: `D${AMINA.slice(1)}`, kind: 'direct' },
    })
    expect(new Set(at.requests.map(({ key }) => key)).size).toBe(1)
  })

  test('with a file that may not be downloaded says which permission is missing', async () => {
    const at = await opened()
    at.workspace.failNext('download', { error: 'missing_scope' })
    await at.workspace.message(AMINA, '', { files: [csv] })
    await at.sees('Understood')
    await expect(textsOf(at.requests[0])).rejects.toThrow('the permission files:read is missing')
  })

  test('shared from another organisation is asked about first', async () => {
    const at = await opened()
    const send = async (more: object) => {
      const [file] = at.workspace
        .snapshot(AMINA)
        .conversations.flatMap(({ messages }) => messages.flatMap(({ files }) => files))
      const event = {
        ...{ type: 'message', subtype: 'file_share', channel: `D${AMINA.slice(1)}` },
        ...{ channel_type: 'im', user: AMINA, text: '', ts: '9.1' },
        files: [{ id: file?.id, file_access: 'check_file_info' }],
        ...more,
      }
      await at.workspace.postEvent(event)
    }
    await at.workspace.message(AMINA, '', { files: [csv] })
    await send({})
    await send({ ts: '9.2' })
    await at.sees('Understood')
    expect(await textsOf(at.requests[1])).toEqual(['Ref,Title'])
    at.workspace.failNext('files.info', { error: 'missing_scope' })
    await expect(textsOf(at.requests[2])).rejects.toThrow('files:read')
  })

  test.each(['thread_broadcast', 'me_message'])('as a %s is answered', async (subtype) => {
    const at = await opened()
    await at.workspace.postEvent({
      ...{ type: 'message', subtype, channel: `D${AMINA.slice(1)}`, channel_type: 'im' },
      ...{ user: AMINA, text: '1.2 green', ts: '9.1' },
    })
    await at.sees('Understood')
    expect(at.requests[0]?.input).toEqual({ by: 'text', text: '1.2 green' })
  })

  test('and change is answered in words; nothing is done again', async () => {
    const at = await opened()
    await at.workspace.message(AMINA, '1.2 gren')
    await at.workspace.editLast(AMINA, '1.2 green')
    await at.sees('I read a message once, as it was first sent')
    expect(at.requests).toHaveLength(1)
  })

  test('and Slack changes by itself, to show a link, is not', async () => {
    const at = await opened()
    await at.workspace.message(AMINA, 'https://example.org')
    await at.workspace.editLast(AMINA, 'https://example.org')
    await settled()
    expect((await at.seen()).text).not.toContain('I read a message once')
  })

  test('is not what Milepost itself sends: a file of its own comes back to it', async () => {
    const at = await opened()
    await at.workspace.postEvent({
      ...{ type: 'message', subtype: 'file_share', channel: `D${AMINA.slice(1)}` },
      ...{ channel_type: 'im', user: at.workspace.bot.userId, text: '', ts: '9.1' },
      files: [{ id: 'F1' }],
    })
    await settled()
    expect(at.requests).toEqual([])
  })
})

test('a file in a channel comes as one of a channel, by whoever mentions Milepost', async () => {
  const at = await opened()
  await at.workspace.mention(AMINA, GENERAL, 'the plan', { files: [csv] })
  await at.sees('Understood')
  expect(at.requests[0]).toMatchObject({
    input: { by: 'files', text: 'the plan', files: [{ name: 'plan.csv', sizeBytes: 9 }] },
    place: { tenant: TEAM, conversation: GENERAL, kind: 'channel' },
  })
  expect(at.requests[0]?.directPlace).toBeUndefined()
})

describe('a file that Milepost sends', () => {
  const file = { id: 'm1', ...csv }
  const send = async () => {
    const at = await opened()
    const run = () => at.platform.send(at.direct, { key: 'k1', card: drawn('Your plan'), file })
    const files = () =>
      at.workspace
        .snapshot(AMINA)
        .conversations.flatMap(({ messages }) =>
          messages.flatMap((message) => message.files.map(({ name }) => name)),
        )
    return { ...at, run, files }
  }

  test('comes before the message that tells of it', async () => {
    const { run, workspace, sees } = await send()
    await run()
    await sees('Your plan')
    const [conversation] = workspace
      .snapshot(AMINA)
      .conversations.filter(({ kind }) => kind === 'dm')
    expect(conversation?.messages.map(({ files }) => files.map(({ name }) => name))).toEqual([
      ['plan.csv'],
      [],
    ])
    const [id = ''] =
      conversation?.messages.flatMap(({ files }) => files.map((one) => one.id)) ?? []
    expect(workspace.file(id)).toEqual(csv.bytes)
  })

  test('to a channel is there for all who read it', async () => {
    const { platform, channel, workspace } = await send()
    await platform.send(channel, { key: 'k2', card: drawn('A paper is issued'), file })
    const here = workspace
      .snapshot(AMINA)
      .conversations.find(({ id }) => id === channel.conversation)
    const files = here?.messages.map((one) => one.files.map(({ name }) => name))
    expect(files?.slice(-2)).toEqual([['plan.csv'], []])
  })

  test.each(['missing_scope', 'file_type_not_allowed'])(
    'and Slack refuses (%s) costs no words: the message says so',
    async (error) => {
      const { run, workspace, sees, files } = await send()
      workspace.failNext('files.getUploadURLExternal', { error })
      await run()
      await sees('Slack did not take the file, so it is not here.')
      await sees('Your plan')
      expect(files()).toEqual([])
    },
  )

  test.each([{ retryAfter: 7 }, '500', 'drop_before'] as const)(
    'and is held up (%j) holds up its message, which nobody takes for sent',
    async (failure) => {
      const { run, workspace, files } = await send()
      workspace.failNext('files.completeUploadExternal', failure)
      const error = await run().catch((thrown: unknown) => thrown)
      if (!(error instanceof RateLimitedError)) expect(error).toMatchObject({ posted: 'no' })
      expect(workspace.calls('chat.postMessage')).toBe(0)
      await run()
      expect(files()).toEqual(['plan.csv'])
    },
  )
})
