import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { z } from 'zod'
import type { ChatRequest } from '../../src/chat/request.ts'
import { signatureHeaders } from '../../src/playground/slack/signing.ts'
import { AMINA, APP_ID, BOARD, TENANT } from '../playground/teams/sdk-bot.ts'
import { drawn } from './contract.ts'
import { SECRET, type SlackWorkplace, slackWorkplace } from './slack/slack-workplace.ts'
import { openTenant } from './teams/teams-workplace.ts'

/**
 * Bodies that no platform sends, each signed where the platform signs: what a bug of theirs, a proxy or somebody with
 * the secret could send. Each is refused with 400 and a sentence; an endless wait, a 500 or a stray rejection (which
 * Jest counts as a failure of the test) would be a fault of ours.
 */

const handled: ChatRequest[] = []
const handle = async (request: ChatRequest) => {
  handled.push(request)
  return { kind: 'answer' as const, card: drawn('Understood') }
}

let slack: SlackWorkplace
let teams: Awaited<ReturnType<typeof openTenant>>
beforeAll(async () => {
  slack = await slackWorkplace(handle)
  teams = await openTenant(handle)
})
afterAll(async () => {
  await slack.close()
  await teams.close()
})

interface Answer {
  readonly status: number
  readonly text: string
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<Answer> {
  const signal = AbortSignal.timeout(2_000)
  const response = await fetch(url, { method: 'POST', body, headers, signal })
  return { status: response.status, text: await response.text() }
}

const formType = 'application/x-www-form-urlencoded'

function toSlack(body: string, type = 'application/json'): Promise<Answer> {
  const signed = signatureHeaders(SECRET, Math.floor(Date.now() / 1000), body)
  return post(slack.url, body, { 'content-type': type, ...signed })
}

const payload = (json: string) => toSlack(`payload=${encodeURIComponent(json)}`, formType)
const toTeams = (body: string, type = 'application/json') =>
  post(teams.url, body, { 'content-type': type })

const refusedInWords = {
  status: 400,
  text: expect.stringMatching(/^Milepost refused this request: it[\w' -]+\.\n$/),
}

const odd: [name: string, json: string][] = [
  ['null', 'null'],
  ['a number', '17'],
  ['a huge number', `${'9'.repeat(400)}`],
  ['a text', '"hello"'],
  ['an empty array', '[]'],
  ['an array of nulls', '[null]'],
  ['an empty object', '{}'],
  ['nothing', ''],
  ['something truncated', '{"type":"event_callback","event":{"ty'],
  ['a type that is a number', '{"type":1}'],
  ['the same key twice, the last time null', '{"type":"message","type":null}'],
  ['deep nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ['deep nesting of objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
]

describe.each(odd)('a body that is %s', (_, json) => {
  test('is refused in words by Slack’s endpoint, as the body or as its payload', async () => {
    expect(await toSlack(json)).toEqual(refusedInWords)
    expect(await payload(json)).toEqual(refusedInWords)
  })

  test('is refused in words by Teams’s endpoint', async () => {
    expect(await toTeams(json)).toEqual(refusedInWords)
  })
})

describe('a body of Slack’s', () => {
  const event = { type: 'event_callback', team_id: 'T0COUNCIL' }
  test.each([
    ['an event without its event', event],
    ['an event that is null', { ...event, event: null }],
    ['an event that is a list', { ...event, event: [] }],
    ['a press without actions', { type: 'block_actions', user: { id: 'U1' }, trigger_id: 't' }],
    ['a form without its view', { type: 'view_submission', user: { id: 'U1' } }],
    ['a form whose view is a text', { type: 'view_submission', user: { id: 'U1' }, view: 'v' }],
    [
      'a form of somebody else’s making',
      {
        type: 'view_submission',
        user: { id: 'U1' },
        view: { id: 'V1', hash: '1', private_metadata: 'x', state: { values: {} }, blocks: [] },
      },
    ],
  ])('that is %s is refused in words', async (_, body) => {
    expect(await toSlack(JSON.stringify(body))).toEqual(refusedInWords)
    expect(await payload(JSON.stringify(body))).toEqual(refusedInWords)
  })

  test.each([
    ['a command without who typed it', 'command=%2Frag&text=2.1'],
    ['a command with two texts', 'command=%2Frag&team_id=T&user_id=U&text=1&text=2'],
    ['two payloads', 'payload=%7B%7D&payload=null'],
    ['JSON in place of a form', '{"type":"block_actions"}'],
    ['an empty form', ''],
  ])('that is %s is refused in words', async (_, body) => {
    expect(await toSlack(body, formType)).toEqual(refusedInWords)
  })

  test('is looked at only once its signature is right', async () => {
    const answer = await post(slack.url, 'null', {
      'content-type': 'application/json',
      'x-slack-signature': 'v0=00',
      'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
    })
    expect(answer).toEqual({ status: 401, text: '' })
  })
})

/** Any JSON at all, now and then with the names that the platforms use. */
const anyJson = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, -1, 1e308, '', 'message', 'event_callback', 'block_actions'),
    fc.string(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        ...['type', 'event', 'user', 'view', 'actions', 'payload', 'command', 'team', 'value'],
        ...['channel', 'conversation', 'from', 'serviceUrl', '__proto__', 'constructor'],
      ),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value

test('no body at all ends in a fault, or is taken for a request', async () => {
  await fc.assert(
    fc.asyncProperty(anyJson, async (value) => {
      const json = JSON.stringify(value)
      for (const { status } of [await toSlack(json), await payload(json), await toTeams(json)]) {
        expect(status).toBeLessThan(500)
      }
    }),
    { seed: 11, numRuns: 100 },
  )
  expect(handled).toEqual([])
  await slack.act.say('2.1')
  expect(handled).toHaveLength(1)
})

/** Documented payloads (payloads/), each as it would be sent. */
const record = z.record(z.string(), z.unknown())
const fills: Readonly<Record<string, string>> = {
  ...{ $botName: 'Milepost', $bot: `28:${APP_ID}`, $board: BOARD.id, $tenant: TENANT.id },
}
const documented = (name: string) => {
  const text = readFileSync(new URL(`payloads/${name}.json`, import.meta.url), 'utf8')
  const filled = text.replaceAll(/\$\w+/g, (word) => fills[word] ?? word)
  return Object.values(z.record(z.string(), record).parse(JSON.parse(filled)))
}
const sent = () => [
  ...documented('slack-events').map((event) => ({
    by: 'event' as const,
    body: {
      ...{ type: 'event_callback', team_id: 'T0COUNCIL', api_app_id: 'A0APP', event },
      authorizations: [{ enterprise_id: null, team_id: 'T0COUNCIL', is_bot: true }],
    },
  })),
  ...documented('slack-interactions').map((body) => ({ by: 'payload' as const, body })),
  ...documented('teams-activities').map((activity) => ({
    by: 'activity' as const,
    body: {
      ...{ id: '1485983408511', channelId: 'msteams', serviceUrl: teams.tenant.serviceUrl },
      ...{ from: AMINA, recipient: { id: `28:${APP_ID}`, name: 'Milepost' } },
      conversation: {
        ...{ conversationType: 'personal', tenantId: TENANT.id },
        id: teams.tenant.snapshot(AMINA.id).chat.conversationId,
      },
      ...activity,
      channelData: { ...record.optional().parse(activity.channelData), tenant: { id: TENANT.id } },
    },
  })),
]

/** With a token of the tenant. */
async function signedToTeams(json: string): Promise<{ readonly status: number }> {
  const activity = z.record(z.string(), z.json()).parse(JSON.parse(json))
  const { responses } = await teams.tenant.post(activity)
  return { status: Math.max(...responses.map(({ status }) => status ?? 599)) }
}

type Path = readonly string[]
const pathsIn = (value: unknown, above: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => {
        const path = [...above, name]
        return [path, ...pathsIn(inner, path)]
      })
    : []

/** A copy with something else at that path; undefined: with nothing there. */
function withChange(value: unknown, [name, ...below]: Path, to: unknown): unknown {
  if (name === undefined) return to
  const entries = Object.entries(value ?? {}).flatMap(([key, inner]) => {
    const changed = key === name ? withChange(inner, below, to) : inner
    return changed === undefined ? [] : [[key, changed] as const]
  })
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)
}

const slip = () =>
  fc
    .constantFrom(...sent())
    .chain(({ by, body }) =>
      fc
        .tuple(
          fc.constantFrom(...pathsIn(body)),
          fc.constantFrom(undefined, null, 17, '', {}, [], [null], 'x'.repeat(3_001)),
        )
        .map(([path, to]) => ({ by, body: withChange(body, path, to) })),
    )

test('a documented payload with one thing wrong is refused, ignored or answered, and is no fault', async () => {
  const faults = /was not handled|unhandled error|not acknowledged/
  await fc.assert(
    fc.asyncProperty(slip(), async ({ by, body }) => {
      const json = JSON.stringify(body)
      const sending = { event: toSlack, payload, activity: signedToTeams }
      const { status } = await sending[by](json)
      // 401: the token is for Teams, and the activity says another channel.
      expect([200, 400, 401, 403, 501]).toContain(status)
    }),
    { seed: 17, numRuns: 250 },
  )
  expect(slack.logged.filter(({ message }) => faults.test(message))).toEqual([])
})
