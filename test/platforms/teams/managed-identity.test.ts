import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { TeamsAdapter } from '../../../src/platforms/teams/adapter.ts'
import { TeamsConfig } from '../../../src/platforms/teams/config.ts'
import { checkTeams } from '../../../src/platforms/teams/doctor.ts'

/** Azure's endpoint for the tokens of a managed identity, as Container Apps has it, and a Bot Connector. */
const asked: IncomingMessage[] = []
let answer: (response: ServerResponse) => void
const server = createServer((request, response) => {
  asked.push(request)
  response.setHeader('content-type', 'application/json')
  if (request.url?.startsWith('/msi/token?')) answer(response)
  else response.end('{"id":"m1"}')
})
let url = ''
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
  process.env.IDENTITY_ENDPOINT = `${url}msi/token`
  process.env.IDENTITY_HEADER = 'a secret of the machine'
})
afterEach(() => {
  asked.length = 0
})
afterAll(() => {
  delete process.env.IDENTITY_ENDPOINT
  delete process.env.IDENTITY_HEADER
  server.close()
  server.closeAllConnections()
})

const configOf = (appId: string) =>
  TeamsConfig.parse({
    ...{ mode: 'tenant', appId, tenantId: 'tenant' },
    ...{ allowedHosts: ['127.0.0.1'], serviceUrl: url },
  })

async function post(appId: string) {
  const { conversations } = await new TeamsAdapter(configOf(appId)).connector(url)
  return conversations.sendToConversation('a:1', { type: 'message', text: 'Hello' })
}

const gives = (token: string) => (response: ServerResponse) => {
  const expires_on = Math.floor(Date.now() / 1000) + 86_400
  response.end(JSON.stringify({ access_token: token, expires_on, token_type: 'Bearer' }))
}
const refuses = (response: ServerResponse) => {
  response.statusCode = 400
  response.end('{"error":"invalid_request","error_description":"Identity not found"}')
}

describe('a bot that is a managed identity', () => {
  test('calls Teams with the token that Azure gives that identity, asked for once', async () => {
    answer = gives('token-of-azure')
    await post('identity-1')
    await post('identity-1')
    const [identity, ...calls] = asked
    const query = new URL(identity?.url ?? '', url).searchParams
    expect(query.get('client_id')).toBe('identity-1')
    expect(query.get('resource')).toBe('https://api.botframework.com')
    expect(identity?.headers['x-identity-header']).toBe('a secret of the machine')
    expect(calls.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/v3/conversations/a%3A1/activities', 'Bearer token-of-azure'],
      ['/v3/conversations/a%3A1/activities', 'Bearer token-of-azure'],
    ])
  })

  test('is refused as a wrong secret would be where the machine does not have that identity', async () => {
    answer = refuses
    await expect(post('identity-2')).rejects.toMatchObject({ name: 'TokenError', isRefused: true })
    expect(asked.every(({ url }) => url?.startsWith('/msi/token?'))).toBe(true)
  })
})

describe('the doctor', () => {
  test('says that the token is given', async () => {
    answer = gives('another')
    const [token] = await checkTeams(configOf('identity-3'), () => new Date())
    expect(token).toMatchObject({
      state: 'well',
      says: expect.stringContaining('managed identity'),
    })
  })

  test('says what to assign where it is not', async () => {
    answer = refuses
    const [token] = await checkTeams(configOf('identity-4'), () => new Date())
    expect(token).toMatchObject({
      state: 'mend',
      remedy: expect.stringContaining('the identity whose client id is TEAMS_APP_ID'),
    })
  })
})
