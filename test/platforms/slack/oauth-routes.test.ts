import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type NewInstallation, noInstallations } from '../../../src/chat/workspace-installations.ts'
import { createInstallRoutes } from '../../../src/platforms/slack/oauth-routes.ts'
import { createStateStore, metadataOf } from '../../../src/platforms/slack/oauth-state.ts'

const publicUrl = 'https://milepost.example.org'
const oauth = { clientId: '1.2', clientSecret: 'a client secret' }
const bedford = 'bedford-code'
const granted = {
  ...{ access_token: 'xoxb-given', scope: 'commands,chat:write', bot_user_id: 'B1' },
  ...{ token_type: 'bot', app_id: 'A1', is_enterprise_install: false, enterprise: null },
  ...{ team: { id: 'T1', name: 'Bedford Borough' }, authed_user: { id: 'U1' } },
}

let server: Server
let saved: NewInstallation[]
let asked: URLSearchParams[]
let answer: object
let outcome: 'saved' | 'of another organisation'
const used = new Set<string>()
const takeOnce = async (key: string) => !used.has(key) && used.add(key) !== undefined

beforeEach(async () => {
  ;[saved, asked, answer, outcome] = [[], [], granted, 'saved']
  const routes = createInstallRoutes({
    ...{ oauth, publicUrl, isHome: (team) => team === 'T-home', renderPage: (text) => text },
    log: { info() {}, warn() {}, error() {} },
    installations: {
      ...noInstallations,
      invitation: async (code) => (code === bedford ? { organisationId: 'bedford' } : undefined),
      takeOnce,
      save: async (installation) => {
        if (outcome === 'saved') saved.push(installation)
        return outcome
      },
    },
    clientOptions: {
      retryConfig: { retries: 0 },
      fetch: async (url: string | URL | Request, init?: RequestInit) => {
        const isAccess = String(url).endsWith('oauth.v2.access')
        if (isAccess) asked.push(new URLSearchParams(String(init?.body)))
        return Response.json({ ok: true, bot_id: 'BOT', ...(isAccess && answer) })
      },
    },
  })
  server = createServer((request, response) => {
    const path = request.url?.split('?')[0]
    routes.find((route) => route.path === path)?.listener(request, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterEach(() => void server.close())

/** A browser that keeps one cookie; two of them know nothing of each other. */
function browser() {
  let cookie = ''
  const open = async (path: string) => {
    const { port } = server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      ...{ redirect: 'manual', headers: { cookie, host: 'evil.example' } },
    })
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
    const { status, headers } = response
    return { status, to: headers.get('location'), text: await response.text() }
  }
  return {
    open,
    /** Follows the link, and gives the state with which Slack sends the browser back. */
    begin: async (code = bedford) => {
      const { to } = await open(`/slack/install?organisation=${code}`)
      return new URL(to ?? '').searchParams.get('state') ?? ''
    },
    end: (state: string, more = '&code=c') =>
      open(`/slack/oauth_redirect?state=${encodeURIComponent(state)}${more}`),
  }
}

const notTheEnd = 'not the end of an install that began in this browser'

describe('an install of Milepost in a workspace', () => {
  test('begins with the link of an organisation and ends with the token kept for it', async () => {
    const { open, end } = browser()
    const { status, to } = await open(`/slack/install?organisation=${bedford}`)
    const slack = new URL(to ?? '')
    expect([status, slack.origin]).toEqual([302, 'https://slack.com'])
    expect(slack.searchParams.get('redirect_uri')).toBe(`${publicUrl}/slack/oauth_redirect`)
    expect(slack.searchParams.get('scope')).toContain('chat:write')
    const finished = await end(slack.searchParams.get('state') ?? '')
    expect(finished).toMatchObject({
      status: 200,
      text: expect.stringContaining('Bedford Borough'),
    })
    expect(saved).toEqual([
      {
        ...{ platform: 'slack', tenant: 'T1', name: 'Bedford Borough', organisationId: 'bedford' },
        ...{ token: 'xoxb-given', botUser: 'B1', scopes: ['commands', 'chat:write'] },
        ...{ installedBy: 'U1', renewal: null },
      },
    ])
    expect(asked[0]?.get('redirect_uri')).toBe(`${publicUrl}/slack/oauth_redirect`)
  })

  test('of a whole Slack organisation is kept for that', async () => {
    answer = {
      ...granted,
      is_enterprise_install: true,
      team: null,
      enterprise: { id: 'E1', name: 'County' },
    }
    const { begin, end } = browser()
    await end(await begin())
    expect(saved).toMatchObject([{ tenant: 'E1', name: 'County' }])
  })

  test('where tokens end keeps what the next one is given for', async () => {
    const ending = { access_token: 'xoxe.xoxb-1', refresh_token: 'xoxe-1', expires_in: 43_200 }
    answer = { ...granted, ...ending }
    const { begin, end } = browser()
    const before = Date.now()
    expect((await end(await begin())).status).toBe(200)
    expect(saved).toMatchObject([{ token: 'xoxe.xoxb-1', renewal: { refreshToken: 'xoxe-1' } }])
    const hours = (Number(saved[0]?.renewal?.expiresAt) - before) / 3_600_000
    expect(hours).toBeCloseTo(12, 1)
  })

  test('that was begun twice ends once, by the second; one that was left alone keeps nothing', async () => {
    const { begin, end } = browser()
    const first = await begin()
    const second = await begin()
    expect((await end(second)).status).toBe(200)
    expect(await end(second)).toMatchObject({
      status: 400,
      text: expect.stringContaining(notTheEnd),
    })
    expect(await end(first)).toMatchObject({ status: 400 })
    expect(saved).toHaveLength(1)
  })

  test.each([
    [
      'no code in its link',
      () => browser().open('/slack/install'),
      403,
      'This link is not one of ours',
    ],
    [
      'a code that is none',
      () => browser().open('/slack/install?organisation=x'),
      403,
      'not one of ours',
    ],
    [
      'a state that began in another browser',
      async () => browser().end(await browser().begin()),
      400,
      notTheEnd,
    ],
    ['a state that somebody made up', () => browser().end('e30.e30.e30'), 400, notTheEnd],
    ['no state', () => browser().open('/slack/oauth_redirect?code=c'), 400, notTheEnd],
    ['no code of Slack’s', async () => withBegun(''), 400, notTheEnd],
    [
      'somebody who stopped it',
      async () => withBegun('&error=access_denied'),
      400,
      'You stopped it at Slack',
    ],
  ])('with %s is refused in words', async (_, go, status, words) => {
    expect(await go()).toMatchObject({ status, text: expect.stringContaining(words) })
    expect([saved, asked]).toEqual([[], []])
  })

  test.each([
    [
      'the workspace of the configured token',
      { team: { id: 'T-home', name: 'Home' } },
      'has Milepost already',
    ],
    ['no token for a bot', { bot_user_id: undefined }, 'Something went wrong on the way'],
  ])('is refused in words with %s', async (_, changes, words) => {
    answer = { ...granted, ...changes }
    expect(await withBegun('&code=c')).toMatchObject({
      status: 400,
      text: expect.stringContaining(words),
    })
    expect(saved).toEqual([])
  })

  test('is refused in words where the workspace belongs to another organisation', async () => {
    outcome = 'of another organisation'
    const { text } = await withBegun('&code=c')
    expect(text).toContain('has Milepost already, for another organisation')
  })
})

const withBegun = async (more: string) => {
  const { begin, end } = browser()
  return end(await begin(), more)
}

test('a state is good for ten minutes, and by the secret of this app alone', async () => {
  const { generateStateParam, verifyStateParam } = createStateStore('secret', takeOnce)
  const now = new Date()
  const options = { scopes: [], metadata: metadataOf('bedford') }
  const state = await generateStateParam(options, now)
  const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000 + 1_000)
  await expect(verifyStateParam(after(10), state)).rejects.toThrow('expired')
  await expect(createStateStore('other', takeOnce).verifyStateParam(now, state)).rejects.toThrow()
  expect(await verifyStateParam(after(9), state)).toEqual(options)
})
