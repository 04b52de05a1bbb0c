import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import express from 'express'
import type { Reply } from '../../../src/chat/reply.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import { AMINA, TENANT } from '../../playground/teams/sdk-bot.ts'
import { drawn } from '../contract.ts'
import { openTenant } from './teams-workplace.ts'

let at: Awaited<ReturnType<typeof openTenant>>
let asked: ChatRequest[]
/** Accounts that were said to be closed or open. */
let noted: unknown[]
/** Tenants that were looked up. */
let lookedUp: string[]

beforeEach(async () => {
  asked = []
  noted = []
  lookedUp = []
  const answer = async (invocation: ChatRequest): Promise<Reply> => {
    asked.push(invocation)
    return { kind: 'answer', card: drawn('Understood') }
  }
  at = await openTenant(answer, {
    noteAccount: async (...change) => void noted.push(change),
    installations: {
      stateOf: async ({ tenant }) => {
        lookedUp.push(tenant)
        return 'unknown'
      },
    },
  })
})
afterEach(() => at.close())

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(at.url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  }).then(({ status }) => status)

describe('a request that is no activity', () => {
  test.each([
    ['malformed JSON', '{"type":', 400],
    ['an array', '[]', 400],
    ['an object without a type', '{}', 400],
    ['more than a megabyte', JSON.stringify({ type: 'x'.repeat(1024 * 1024) }), 413],
  ])('%s is refused', async (_, body, status) => {
    expect(await post(body)).toBe(status)
  })

  test('a form is refused, because any web page can send one', async () => {
    expect(await post('{}', { 'content-type': 'text/plain' })).toBe(415)
  })

  test('a GET is refused', async () => {
    expect((await fetch(at.url)).status).toBe(405)
  })

  afterEach(() => expect(asked).toEqual([]))
})

describe('a request that is not from our Teams', () => {
  const statusOf = async (misbehaviour: Parameters<typeof at.tenant.message>[2]) => {
    const { responses } = await at.tenant.message(AMINA.id, 'hello', misbehaviour)
    return responses[0]?.status
  }

  test.each([
    ['none', 401],
    ['wrong audience', 401],
    ['expired', 401],
    ['bad signature', 401],
    ['wrong serviceUrl', 401],
    ['wrong tenant', 403],
  ] as const)('with the token fault "%s" is refused: %i', async (token, status) => {
    const written = jest.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(await statusOf({ token })).toBe(status)
    expect(written).not.toHaveBeenCalled()
    written.mockRestore()
  })

  test('of a tenant that is not on the list costs a look-up only with a good token', async () => {
    const written = jest.spyOn(console, 'error').mockImplementation(() => undefined)
    const activityChanges = {
      conversation: { id: 'a:x', conversationType: 'personal', tenantId: 'tenant-x' },
    }
    for (const token of ['none', 'bad signature', 'wrong audience'] as const) {
      expect(await statusOf({ token, activityChanges })).toBe(401)
    }
    expect(lookedUp).toEqual([])
    expect(await statusOf({ activityChanges })).toBe(403)
    expect(lookedUp).toEqual(['tenant-x'])
    written.mockRestore()
  })

  test('with a foreign serviceUrl is refused in spite of a good token', async () => {
    expect(await statusOf({ activityChanges: { serviceUrl: 'http://localhost:9/' } })).toBe(403)
    expect(await statusOf({ activityChanges: { serviceUrl: 'https://evil.example/' } })).toBe(403)
  })

  test('leaves one line in the log, without the token or the text', async () => {
    await statusOf({ token: 'bad signature' })
    const warnings = at.lines.filter(({ level }) => level === 'warn')
    expect(warnings).toHaveLength(1)
    expect(JSON.stringify(warnings)).not.toMatch(/hello|Bearer|eyJ/)
  })

  afterEach(() => expect(asked).toEqual([]))
})

describe('what happens in Teams', () => {
  test('a person who installs Milepost gets the help once; a team gets nothing', async () => {
    await at.tenant.install(AMINA.id)
    await at.tenant.install(AMINA.id, 'team')
    expect(asked.map(({ input }) => input)).toEqual([{ by: 'text', text: 'help' }])
  })

  test('a person who removes Milepost is closed there; a team that does closes nobody', async () => {
    await at.tenant.install(AMINA.id)
    await at.tenant.uninstall(AMINA.id, 'team')
    expect(noted).toEqual([])
    await at.tenant.uninstall(AMINA.id)
    expect(noted).toMatchObject([[{ platform: 'teams', user: AMINA.aadObjectId }, 'closed']])
  })

  test('a message that Teams sends twice carries one key', async () => {
    await at.tenant.message(AMINA.id, 'hello', { deliverTwice: 'at once' })
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1)
    expect(asked[0]?.key).toContain(`teams:${TENANT.id}:a:`)
  })
})

test('works behind express, which has parsed the body already', async () => {
  const app = express()
  app.use(express.json())
  for (const { method, path, listener } of at.teams.routes) app[method](path, listener)
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  at.tenant.setBotUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`)
  const { responses } = await at.tenant.message(AMINA.id, 'hello')
  expect(responses[0]?.status).toBe(200)
  expect(asked).toHaveLength(1)
  server.closeAllConnections()
  server.close()
})

test('stopping waits for requests in progress and refuses new ones', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const slow = await openTenant(async () => {
    await promise
    return { kind: 'answer', card: drawn('Saved') }
  })
  const sent = slow.tenant.message(AMINA.id, 'hello')
  const posted = () => slow.tenant.calls('sendToConversation')
  await new Promise((tick) => setTimeout(tick, 200))
  const stopping = slow.teams.stop().then(posted)
  expect((await slow.tenant.message(AMINA.id, 'more')).responses[0]?.status).toBe(503)
  expect(posted()).toBe(0)
  resolve()
  expect(await stopping).toBe(1)
  expect((await sent).responses[0]?.status).toBe(200)
  await slow.close()
})
