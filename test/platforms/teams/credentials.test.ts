import { once } from 'node:events'
import http, { createServer } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { TeamsAdapter } from '../../../src/platforms/teams/adapter.ts'
import { TeamsConfig } from '../../../src/platforms/teams/config.ts'
import { checkTeams } from '../../../src/platforms/teams/doctor.ts'

/** A login of Microsoft and a Bot Connector. `asked`: the address and body of each request for a token. */
const asked: [address: string, body: string][] = []
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  response.setHeader('content-type', 'application/json')
  const { pathname } = new URL(request.url ?? '', url)
  if (!pathname.endsWith('/token')) return response.end('{"id":"m1"}')
  asked.push([`${request.headers['x-asked-host']}${pathname}`, body])
  response.end('{"access_token":"token-of-entra","expires_in":3600,"token_type":"Bearer"}')
})
let url = ''
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  url = `http://127.0.0.1:${port}/`
  // What the SDK asks of Microsoft, it asks here.
  jest.spyOn(https, 'request').mockImplementation(((options: https.RequestOptions) =>
    http.request({
      ...options,
      headers: { ...options.headers, 'x-asked-host': String(options.hostname) },
      ...{ protocol: 'http:', hostname: '127.0.0.1', port },
    })) as typeof https.request)
})
afterAll(() => {
  jest.restoreAllMocks()
  server.close()
  server.closeAllConnections()
})

test.each([
  ['public', false, 'login.microsoftonline.com/tenant', 'https://api.botframework.com'],
  ['public', true, 'login.microsoftonline.com/botframework.com', 'https://api.botframework.com'],
  ['gcc-high', false, 'login.microsoftonline.us/tenant', 'https://api.botframework.us'],
  [
    ...(['gcc-high', true, 'login.microsoftonline.us/microsoftservices.onmicrosoft.us'] as const),
    'https://api.botframework.us',
  ],
] as const)(
  'in the cloud %s a bot that is for several tenants (%s) gets its token from %s',
  async (cloud, isMultiTenant, authority, scope) => {
    const config = TeamsConfig.parse({
      ...{ mode: 'tenant', appId: `app-${authority}`, appPassword: 'secret', tenantId: 'tenant' },
      ...{ cloud, isMultiTenant, allowedHosts: ['127.0.0.1'], serviceUrl: url },
    })
    asked.length = 0
    const { conversations } = await new TeamsAdapter(config).connector(url)
    await conversations.sendToConversation('a:1', { type: 'message', text: 'Hello' })
    expect(asked.map(([address]) => address)).toEqual([`${authority}/oauth2/v2.0/token`])
    const body = new URLSearchParams(asked[0]?.[1])
    expect(body.get('scope')).toContain(`${scope}/.default`)

    const fetched = jest.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json({}))
    const [token] = await checkTeams(config, () => new Date())
    expect([token?.state, String(fetched.mock.calls[0]?.[0])]).toEqual([
      'well',
      `https://${authority}/oauth2/v2.0/token`,
    ])
    fetched.mockRestore()
  },
)
