import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, request as sendRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { PlatformAdapter } from '../../../src/chat/platform-definition.ts'
import { RecipientGoneError } from '../../../src/chat/port.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import { HttpError } from '../../../src/chat/request-body.ts'
import { createTeams } from '../../../src/platforms/teams/app.ts'
import { requireLoopback } from '../../../src/platforms/teams/endpoint.ts'
import { clockAt } from '../../support/clock.ts'
import { listenerOf } from '../../support/platforms.ts'
import { drawn, expandDrawn } from '../contract.ts'

/** A Teams client on this machine, such as the Agents Playground: it knows no tokens. */
let client: Server
let bot: Server
let teams: PlatformAdapter
let asked: ChatRequest[]
let got: { url: string | undefined; authorization: string | undefined; body: unknown }[]

const listening = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const textOf = async (request: IncomingMessage) => {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

let botUrl: string
let serviceUrl: string

beforeEach(async () => {
  asked = []
  got = []
  client = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await textOf(request))
    got.push({ url: request.url, authorization: request.headers.authorization, body })
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ id: '1' }))
  })
  const quiet = () => undefined
  teams = createTeams({
    config: { mode: 'local' },
    handle: async (invocation) => {
      asked.push(invocation)
      return { kind: 'answer', card: drawn('Understood') }
    },
    log: { info: quiet, warn: quiet, error: quiet },
    clock: clockAt(new Date('2017-02-24T09:00:00Z')),
    expand: expandDrawn,
  })
  await teams.start()
  bot = createServer(listenerOf(teams))
  botUrl = await listening(bot)
  serviceUrl = await listening(client)
})
afterEach(async () => {
  await teams.stop()
  for (const server of [client, bot]) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

const say = (changes: object = {}, headers: Record<string, string> = {}) =>
  fetch(botUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      type: 'message',
      id: '100',
      channelId: 'emulator',
      serviceUrl,
      from: { id: 'user-1', name: 'Alex' },
      recipient: { id: 'bot' },
      conversation: { id: 'one|livechat' },
      text: 'help',
      ...changes,
    }),
  }).then(({ status }) => status)

/** fetch sets the Host header itself, so this asks by hand. */
async function statusFor(host: string): Promise<number | undefined> {
  const headers = { host, 'content-type': 'application/json' }
  const request = sendRequest(botUrl, { method: 'POST', headers }).end('{}')
  const [response] = await once(request, 'response')
  return response.resume().statusCode
}

describe('TEAMS_LOCAL', () => {
  test('takes a message without a token, and answers without one', async () => {
    expect(await say()).toBe(200)
    expect(asked[0]).toMatchObject({
      input: { by: 'text', text: 'help' },
      actor: { tenant: 'local', user: 'user-1', displayName: 'Alex' },
      place: { kind: 'direct', conversation: 'one|livechat', serviceUrl: serviceUrl },
    })
    expect(got).toEqual([
      {
        url: `/v3/conversations/${encodeURIComponent('one|livechat')}/activities`,
        authorization: undefined,
        body: expect.objectContaining({ type: 'message', summary: 'Understood' }),
      },
    ])
  })

  test('answers only to this machine', async () => {
    expect(await say({ serviceUrl: 'https://smba.trafficmanager.net/uk/' })).toBe(403)
    expect(asked).toEqual([])
  })

  test('refuses forwarded requests', async () => {
    expect(await say({}, { 'x-forwarded-for': '192.0.2.7' })).toBe(403)
    expect(asked).toEqual([])
  })

  test.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'http://localhost:1' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('refuses what a web page sends: %j', async (headers) => {
    expect(await say({}, headers)).toBe(403)
    expect(asked).toEqual([])
  })

  test.each(['evil.example', 'localhost.evil.example:3978', '127.0.0.1.evil.example', 'evil@'])(
    'refuses a name that was pointed at this machine: %s',
    async (host) => {
      expect(await statusFor(host)).toBe(403)
      expect(asked).toEqual([])
    },
  )

  test.each(['localhost', 'localhost:3978', '127.0.0.1:3978', '[::1]:3978'])(
    'accepts this machine’s own names: %s',
    async (host) => {
      expect(await statusFor(host)).not.toBe(403)
    },
  )

  test('can send a message once the client has written', async () => {
    const place = {
      platform: 'teams',
      tenant: 'local',
      conversation: 'one|livechat',
      kind: 'direct',
    } as const
    const message = { key: 'k', card: drawn('Due') }
    await expect(teams.send(place, message)).rejects.toBeInstanceOf(RecipientGoneError)
    await say()
    expect((await teams.send(place, message)).messageId).toBe('1')
  })

  test.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['192.0.2.7', false],
    ['::ffff:192.0.2.7', false],
    ['127.0.0.1.example', false],
    [undefined, false],
  ])('a request from %s is accepted: %s', (remoteAddress, allowed) => {
    // Only what is looked at.
    const headers = { host: 'localhost' }
    const request = { socket: { remoteAddress }, headers } as unknown as IncomingMessage
    const check = () => requireLoopback(request)
    if (allowed) expect(check).not.toThrow()
    else expect(check).toThrow(HttpError)
  })
})
