import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { WebSocketServer } from 'ws'
import { useOutboundProxy } from '../../src/app/outbound-proxy.ts'
import { downloadFile } from '../../src/chat/file-download.ts'
import { createSlack } from '../../src/platforms/slack/app.ts'
import { TeamsAdapter } from '../../src/platforms/teams/adapter.ts'
import { TeamsConfig } from '../../src/platforms/teams/config.ts'

/**
 * Slack and Microsoft are one server on this machine, with a certificate of an authority that only this test knows. It is
 * reached by their own names through a proxy alone, as in a network that lets nothing else out.
 */

const read = (name: string) => readFileSync(new URL(`../support/tls/${name}`, import.meta.url))
const certificate = read('certificate.pem')
const log = { info: () => {}, warn: () => {}, error: () => {} }
const ids = {
  appId: '5d1c1a5e-bbbb-4000-8000-00000000bbbb',
  tenantId: '5d1c1a5e-cccc-4000-8000-00000000bbbb',
}

/** What each host answers, by the beginning of its path. */
const answers: Readonly<Record<string, unknown>> = {
  'slack.com/api/auth.test': { ok: true, team_id: 'T1', user_id: 'U1' },
  'slack.com/api/apps.connections.open': { ok: true, url: 'wss://wss-primary.slack.com/link' },
  'files.slack.com/': 'a plan',
  'council.sharepoint.com/': 'another plan',
  ...Object.fromEntries(
    ['com', 'us'].map((end) => [
      `login.microsoftonline.${end}/${ids.tenantId}/oauth2/v2.0/token`,
      { access_token: 'token', token_type: 'Bearer', expires_in: 3600 },
    ]),
  ),
  'smba.': [{ id: '29:asha', name: 'Asha Verity' }],
  'login.botframework.com/': { jwks_uri: 'https://login.botframework.com/keys', keys: [] },
  'login.botframework.azure.us/': {
    jwks_uri: 'https://login.botframework.azure.us/keys',
    keys: [],
  },
}

const internet = createTlsServer(
  { key: read('key.pem'), cert: certificate },
  (request, response) => {
    const url = `${request.headers.host}${request.url}`
    const path = Object.keys(answers).find((path) => url.startsWith(path))
    const answer = path === undefined ? { error: `nobody is at ${url}` } : answers[path]
    response.setHeader('content-type', 'application/json')
    request.resume()
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  },
)
const sockets = new WebSocketServer({ server: internet })
let proxied: string[] = []
const lines = new Set<Duplex>()
const proxy = createServer().on('connect', (request, socket) => {
  proxied.push(request.url ?? '')
  const tunnel = connect(portOf(internet), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    tunnel.pipe(socket).pipe(tunnel)
  })
  for (const end of [tunnel, socket]) end.on('error', () => {})
  lines.add(socket.once('close', () => lines.delete(socket)))
})

/** As a proxy does with lines on which nothing was said for a while. */
async function cutLines(): Promise<void> {
  const cut = [...lines].map((line) => once(line.destroy(), 'close'))
  expect(cut).not.toEqual([])
  await Promise.all(cut)
}

const portOf = (server: Pick<Server, 'address'>) => (server.address() as AddressInfo).port
const outbound = () => ({ url: `http://127.0.0.1:${portOf(proxy)}`, except: 'localhost' })
const undo: (() => void)[] = []

beforeAll(async () => {
  const known = getCACertificates('default')
  // As NODE_EXTRA_CA_CERTS does, which Node reads as a process begins.
  setDefaultCACertificates([...known, certificate.toString()])
  undo.push(() => setDefaultCACertificates(known))
  for (const server of [internet, proxy]) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
  undo.push(useOutboundProxy(outbound()))
})
afterAll(() => {
  for (const each of undo) each()
  sockets.close()
  for (const server of [internet, proxy]) server.close().closeAllConnections()
})
beforeEach(() => {
  proxied = []
})

const handle = () => Promise.reject(new Error('Nobody asks anything here.'))
const slackConfig = { botToken: 'xoxb-1', apiUrl: undefined }

test('Slack’s Web API is called through the proxy', async () => {
  const slack = createSlack({
    ...{ handle, log, proxy: outbound() },
    config: { mode: 'http', ...slackConfig, signingSecret: 'secret' },
  })
  await slack.start()
  expect(proxied).toEqual(['slack.com:443'])
})

test('Slack’s Socket Mode is connected through the proxy', async () => {
  sockets.once('connection', (socket) => socket.send(JSON.stringify({ type: 'hello' })))
  const slack = createSlack({
    ...{ handle, log, proxy: outbound() },
    config: { mode: 'socket', ...slackConfig, appToken: 'xapp-1' },
  })
  await slack.start()
  expect(proxied).toContain('wss-primary.slack.com:443')
  await slack.stop()
})

test.each([
  ['files.slack.com', 'a plan'],
  ['council.sharepoint.com', 'another plan'],
])('a file of %s is fetched through the proxy', async (host, content) => {
  const download = {
    ...{ name: 'plan.xlsx', url: `https://${host}/plan.xlsx`, isAllowed: () => true },
    refuseAddress: () => {
      throw new Error('It is allowed.')
    },
  }
  expect(Buffer.from(await downloadFile(download, { log })).toString()).toBe(content)
  expect(proxied).toEqual([`${host}:443`])
})

describe.each([
  ['public', 'login.microsoftonline.com', 'smba.trafficmanager.net', 'login.botframework.com'],
  [
    ...['gcc-high', 'login.microsoftonline.us', 'smba.infra.gov.teams.microsoft.us'],
    'login.botframework.azure.us',
  ],
])('in the cloud %s', (cloud, login, service, keys) => {
  const teams = new TeamsAdapter(
    TeamsConfig.parse({ mode: 'tenant', appPassword: 'secret', cloud, ...ids }),
  )
  const serviceUrl = `https://${service}/teams/`

  test('Teams is called through the proxy, with a token that came through it', async () => {
    const { conversations } = await teams.connector(serviceUrl)
    const members = await conversations.getConversationMembers('19:channel')
    expect(members).toMatchObject([{ id: '29:asha' }])
    expect(new Set(proxied)).toEqual(new Set([`${login}:443`, `${service}:443`]))
  })

  test('the keys that Microsoft signs with are fetched through the proxy', async () => {
    const issuer = keys.endsWith('.us')
      ? 'https://api.botframework.us'
      : 'https://api.botframework.com'
    const parts = [
      { alg: 'RS256', kid: 'key' },
      { iss: issuer, aud: ids.appId },
    ]
    const token = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    const activity = { type: 'message', channelId: 'msteams', serviceUrl, id: '1' }
    const asked = teams.authenticate(activity as never, `Bearer ${token.join('.')}.none`)
    await expect(asked).rejects.toThrow()
    expect(new Set(proxied)).toEqual(new Set([`${keys}:443`]))
  })
})

describe('a proxy that cuts idle lines', () => {
  test('is asked for a new one by the next call to Teams', async () => {
    const teams = new TeamsAdapter(
      TeamsConfig.parse({ mode: 'tenant', appPassword: 'secret', ...ids }),
    )
    const { conversations } = await teams.connector('https://smba.trafficmanager.net/teams/')
    await conversations.getConversationMembers('19:channel')
    await cutLines()
    const members = await conversations.getConversationMembers('19:channel')
    expect(members).toMatchObject([{ id: '29:asha' }])
  })

  test('is asked for a new one by Socket Mode once it has waited', async () => {
    sockets.on('connection', (socket) => socket.send(JSON.stringify({ type: 'hello' })))
    const slack = createSlack({
      ...{ handle, log, proxy: outbound() },
      config: { mode: 'socket', ...slackConfig, appToken: 'xapp-1' },
    })
    await slack.start()
    const again = once(sockets, 'connection')
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'performance', 'Date'] })
    await cutLines()
    const before = proxied.length
    while (proxied.length === before) {
      jest.advanceTimersByTime(500)
      await new Promise(setImmediate)
    }
    jest.useRealTimers()
    const [line] = await again
    line.ping()
    await once(line, 'pong')
    sockets.removeAllListeners('connection')
    await slack.stop()
    expect(proxied.filter((host) => host === 'wss-primary.slack.com:443')).toHaveLength(2)
  })
})

test.each([
  ['is trusted by a process that NODE_EXTRA_CA_CERTS names it to', true, 'ok'],
  ['is trusted by no other', false, 'UNABLE_TO_VERIFY|SELF_SIGNED|UNABLE_TO_GET'],
])('an authority of one’s own %s', async (_what, isNamed, said) => {
  const file = new URL('../support/tls/certificate.pem', import.meta.url).pathname
  const script = `import { useOutboundProxy } from ${JSON.stringify(new URL('../../src/app/outbound-proxy.ts', import.meta.url).href)}
    useOutboundProxy(${JSON.stringify(outbound())})
    await fetch('https://slack.com/api/auth.test').then(
      async (response) => console.log(JSON.stringify(await response.json())),
      (error) => console.log(error.cause.code))`
  const run = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { PATH: process.env.PATH, ...(isNamed && { NODE_EXTRA_CA_CERTS: file }) },
  })
  const chunks = await run.stdout.setEncoding('utf8').toArray()
  expect(chunks.join('')).toMatch(new RegExp(said))
})

test('without a proxy nothing changes', () => {
  const env = { HTTPS_PROXY: 'http://left.example' }
  useOutboundProxy(undefined, env)()
  expect(env).toEqual({ HTTPS_PROXY: 'http://left.example' })
})
