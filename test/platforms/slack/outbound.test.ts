import { expect, test } from '@jest/globals'
import { webApi } from '@slack/bolt'
import type { Place } from '../../../src/base/addresses.ts'
import { systemClock } from '../../../src/base/clock.ts'
import { createOutbound } from '../../../src/platforms/slack/outbound.ts'
import { drawn, expandDrawn } from '../contract.ts'

const channel: Place = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' }
const log = { info() {}, warn() {}, error() {} }

/** Slack, giving these answers by method; an answer that is missing is `{ ok: true }` and no more. */
function slackAnswering(answers: Readonly<Record<string, object>>) {
  const answer = async (url: string | URL | Request) => {
    const [method = ''] = String(url).split('/').slice(-1)
    return Response.json({ ok: true, ...answers[method] })
  }
  const client = new webApi.WebClient('xoxb-local', {
    fetch: answer,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  })
  return createOutbound({
    clientOf: async () => client,
    expand: expandDrawn,
    log,
    clock: systemClock,
  })
}

test('a message that Slack took without saying which it is was perhaps posted, and is looked for by its key', async () => {
  const sent = { ts: '1.1', metadata: keyMetadata('k1') }
  const slack = slackAnswering({ 'conversations.history': { messages: [sent] } })
  const message = { key: 'k1', card: drawn('Hello') }
  await expect(slack.send(channel, message)).rejects.toMatchObject({
    name: 'PlatformUnavailableError',
    code: 'no_ts',
    posted: 'perhaps',
  })
  expect(await slack.find(channel, 'k1', new Date(0))).toEqual({ place: channel, messageId: '1.1' })
})

test('a chat that Slack opened without saying which it is can be asked for again', async () => {
  const slack = slackAnswering({})
  const person: Place = { ...channel, conversation: 'U1', kind: 'direct' }
  await expect(slack.find(person, 'k1', new Date(0))).rejects.toMatchObject({
    code: 'no_channel_id',
    posted: 'no',
  })
})

const missingScope = { ok: false, error: 'missing_scope' }

test('a token that may not read a channel says nothing of the workspace', async () => {
  const slack = slackAnswering({ 'conversations.history': missingScope })
  expect(await slack.find(channel, 'k1', new Date(0))).toBe('cannot tell')
})

test('nor does one that may not ask who reads a channel', async () => {
  const slack = slackAnswering({ 'conversations.info': missingScope })
  await expect(slack.channel(channel)).rejects.toMatchObject({ name: 'PlatformUnavailableError' })
})

const keyMetadata = (key: string) => ({
  event_type: 'milepost_delivery',
  event_payload: { key },
})
