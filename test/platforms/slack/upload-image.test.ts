import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { RateLimitedError } from '../../../src/chat/port.ts'
import { onePixel, withPicture } from '../contract.ts'
import { type SlackWorkplace, slackWorkplace } from './slack-workplace.ts'

/** Failures of an image's upload and of the message that shows it. */

let at: SlackWorkplace
beforeEach(async () => {
  at = await slackWorkplace(async () => ({ kind: 'answer', card: withPicture('unused') }))
})
afterEach(() => at.close())

const send = () =>
  at.platform.send(at.channel, { key: 'k1', card: withPicture('The digest'), image: onePixel })
const warnings = () => at.logged.filter(({ fields }) => 'delivery' in fields)

test('a message waits until Slack has processed its file', async () => {
  at.workspace.delayFile(2)
  await send()
  const { pictures, text } = await at.seen()
  expect(pictures).toEqual([{ png: onePixel, alt: 'Red 8, Amber 18' }])
  expect(text.match(/The digest/g)).toHaveLength(1)
})

test('a file that is not processed in time is left out, and the reason is logged', async () => {
  at.workspace.delayFile(3)
  await send()
  const { pictures, text } = await at.seen()
  expect(pictures).toEqual([])
  expect(text).toContain('The digest')
  expect(warnings()).toEqual([
    {
      level: 'warn',
      fields: { delivery: 'k1', error: expect.stringContaining('invalid slack file') },
      message: 'Slack did not accept the image of a message, which is posted without it',
    },
  ])
})

test.each([
  ['files.getUploadURLExternal', { error: 'missing_scope' }],
  ['files.getUploadURLExternal', { retryAfter: 30 }],
  ['files.completeUploadExternal', 'drop_after'],
] as const)(
  'if %s fails with %j, the message is posted without the image',
  async (method, failure) => {
    at.workspace.failNext(method, failure)
    await send()
    const { pictures, text } = await at.seen()
    expect(pictures).toEqual([])
    expect(text).toContain('The digest')
    expect(at.workspace.calls('chat.postMessage')).toBe(1)
    expect(warnings()).toHaveLength(1)
  },
)

test('an upload times out before the message does', async () => {
  at.workspace.failNext('files.getUploadURLExternal', 'timeout')
  await send()
  expect((await at.seen()).text).toContain('The digest')
  expect(JSON.stringify(warnings())).toContain('The picture was not uploaded within 4 s.')
}, 20_000)

test('a rate-limited message is not posted without its image instead', async () => {
  at.workspace.failNext('chat.postMessage', { retryAfter: 7 })
  await expect(send()).rejects.toBeInstanceOf(RateLimitedError)
  expect(at.workspace.calls('chat.postMessage')).toBe(1)
})

test('the file is not shared: only the message shows it', async () => {
  await send()
  expect((await at.seen()).text).toBe('The digest')
  expect(at.workspace.calls('files.completeUploadExternal')).toBe(1)
})
