import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { startTestPlayground, type TestPlayground } from './test-playground.ts'

/** Files between the page and the two platforms. */

let open: TestPlayground
beforeEach(async () => {
  open = await startTestPlayground()
})
afterEach(async () => {
  await open.close()
})

const chosen = (text: string) => ({
  ...{ name: 'plan.csv', contentType: 'text/csv' },
  content: Buffer.from(text).toString('base64'),
})
const heard = () => JSON.parse(open.received.at(-1)?.body ?? '{}')
const download = (id: string) => open.ask(`/playground/api/downloads/${id}`)

describe('in Slack', () => {
  const send = (more: object) =>
    open.act('slack', 'asha-verity', {
      ...{ act: 'write', channel: 'D0ASHA', text: '', files: [chosen('Ref,Title')] },
      ...more,
    })

  test('files that are dropped reach Milepost, and can be downloaded again', async () => {
    expect((await send({ text: 'the plan' })).status).toBe(204)
    expect(heard().event).toMatchObject({
      ...{ type: 'message', subtype: 'file_share', channel_type: 'im', text: 'the plan' },
      files: [{ name: 'plan.csv', mimetype: 'text/csv', size: 9, mode: 'hosted' }],
    })
    const dm = (await open.viewModel('asha-verity')).slack?.conversations.find(
      ({ kind }) => kind === 'dm',
    )
    const [file] = dm?.messages.at(-1)?.files ?? []
    expect(file).toMatchObject({ name: 'plan.csv', size: 9 })
    const { headers, text } = await download(file?.id ?? '')
    expect([text, headers['content-disposition']]).toEqual(['Ref,Title', 'attachment'])
  })

  test('files in a channel reach it with a mention alone', async () => {
    await send({ channel: 'C0BOARD', text: '@Milepost the plan' })
    expect(heard().event).toMatchObject({ type: 'app_mention', files: [{ name: 'plan.csv' }] })
    const { text } = await send({ channel: 'C0BOARD', text: 'the plan' })
    expect(text).toContain('messages that mention it')
  })

  test('files do not go with a command', async () => {
    const { text } = await send({ text: '/rag import' })
    expect(text).toContain('Slack takes no files with a command.')
    expect(open.received).toEqual([])
  })

  test('30 MB are taken, so that one can see what Milepost says of them', async () => {
    const files = [chosen('x'.repeat(30 * 1024 * 1024))]
    expect((await send({ files })).status).toBe(204)
    expect(heard().event.files[0].size).toBe(30 * 1024 * 1024)
  }, 30_000)
})

describe('in Teams', () => {
  const act = (body: object) => open.act('teams', 'asha-verity', body)
  const chat = async () => {
    const { teams } = await open.viewModel('asha-verity')
    if (!teams) throw new Error('Asha has no account in Teams.')
    return teams.chat
  }

  test('files that are dropped reach Milepost in its own chat', async () => {
    const { conversationId: conversation } = await chat()
    await act({ act: 'write', conversation, text: '', files: [chosen('Ref,Title')] })
    expect(heard().attachments[0]).toMatchObject({
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      name: 'plan.csv',
      content: { fileType: 'csv' },
    })
    const { downloadUrl } = heard().attachments[0].content
    expect(await (await fetch(downloadUrl)).text()).toBe('Ref,Title')
    const [file] = (await chat()).messages.at(-1)?.files ?? []
    if (file?.kind !== 'sent') throw new Error('The message shows no file.')
    expect((await download(file.id)).text).toBe('Ref,Title')
  })

  test('a token that is sent along is refused: whoever has the address may have the file', async () => {
    const { conversationId: conversation } = await chat()
    await act({ act: 'write', conversation, text: '', files: [chosen('Ref,Title')] })
    const { downloadUrl } = heard().attachments[0].content
    const headers = { authorization: 'Bearer secret' }
    expect((await fetch(downloadUrl, { headers })).status).toBe(400)
  })

  test('files do not reach it in a channel', async () => {
    const { teams } = await open.viewModel('asha-verity')
    const conversation = teams?.team.channels[0]?.id ?? ''
    const files = [chosen('Ref')]
    const { text } = await act({ act: 'write', conversation, text: '@Milepost plan', files })
    expect(text).toContain('Teams gives apps files in their own chat alone.')
    expect(open.received).toEqual([])
  })
})

test('what holds neither words nor files is not sent', async () => {
  const empty = { act: 'write', channel: 'D0ASHA', text: ' ', files: [] }
  expect((await open.act('slack', 'asha-verity', empty)).status).toBe(400)
  expect((await download('F0NONE')).status).toBe(404)
})
