import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { RateLimitedError } from '../../../src/chat/port.ts'
import { onePixel, withPicture } from '../contract.ts'
import { type SlackWorkplace, slackWorkplace } from './slack-workplace.ts'

/** What can happen to a picture on its way into a message in Slack. */

let at: SlackWorkplace
beforeEach(async () => {
  at = await slackWorkplace(async () => ({ kind: 'answer', card: withPicture('unused') }))
})
afterEach(() => at.close())

const send = () =>
  at.platform.send(at.channel, { key: 'k1', card: withPicture('The digest'), image: onePixel })
const warnings = () => at.logged.filter(({ fields }) => 'delivery' in fields)

test('Slack looks at a file before a message may show it, and is waited for', async () => {
  at.workspace.delayFile(2)
  await send()
  const { pictures, text } = await at.seen()
  expect(pictures).toEqual([{ png: onePixel, alt: 'Red 8, Amber 18' }])
  expect(text.match(/The digest/g)).toHaveLength(1)
})

test('a file that does not become ready is left out, and the log says why', async () => {
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
] as const)('where %s fails with %j the words go out', async (method, failure) => {
  at.workspace.failNext(method, failure)
  await send()
  const { pictures, text } = await at.seen()
  expect(pictures).toEqual([])
  expect(text).toContain('The digest')
  expect(at.workspace.calls('chat.postMessage')).toBe(1)
  expect(warnings()).toHaveLength(1)
})

test('an upload that is not answered is given up before the delivery is', async () => {
  at.workspace.failNext('files.getUploadURLExternal', 'timeout')
  await send()
  expect((await at.seen()).text).toContain('The digest')
  expect(JSON.stringify(warnings())).toContain('The picture was not uploaded within 4 s.')
}, 20_000)

test('a message that is asked to wait is not posted without its picture instead', async () => {
  at.workspace.failNext('chat.postMessage', { retryAfter: 7 })
  await expect(send()).rejects.toBeInstanceOf(RateLimitedError)
  expect(at.workspace.calls('chat.postMessage')).toBe(1)
})

test('the file is shared with nobody: the message alone shows it', async () => {
  await send()
  expect((await at.seen()).text).toBe('The digest')
  expect(at.workspace.calls('files.completeUploadExternal')).toBe(1)
})
