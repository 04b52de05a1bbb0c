import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { unrenewedTokenDiagnostics } from '../../src/app/doctor/diagnostics.ts'
import { platforms } from '../../src/app/platforms.ts'
import { renewTokens, type TokenRenewalOptions } from '../../src/app/token-renewals.ts'
import { newKeyText, parseKeyRing } from '../../src/base/encryption.ts'
import type { PlatformAdapter } from '../../src/chat/platform-definition.ts'
import {
  findInstalledApp,
  revokeInstallation,
  saveInstallation,
} from '../../src/domain/organisations/installation-store.ts'
import {
  leaseRenewal,
  loadUnrenewedTokens,
  retryDelayMs,
  saveRenewal,
} from '../../src/domain/organisations/token-renewal.ts'
import { rotateTokens } from '../../src/domain/organisations/token-rotation.ts'
import { createSlack } from '../../src/platforms/slack/app.ts'
import { emptyDatabase } from '../support/programme.ts'

const fresh = emptyDatabase()
const older = newKeyText('a')
const keys = parseKeyRing(older)
const t1 = { platform: 'slack', tenant: 'T1' }
const installedAt = new Date('2026-11-30T06:00:00Z')
const at = (time: string) => new Date(`2026-11-30T${time}Z`)

/** A Slack whose tokens end after twelve hours, and who takes a refresh token once, and once more within its grace. */
let server: Server
let slack: PlatformAdapter
let now: Date
let asked: string[]
let current: string
let inGrace: string | undefined
let answer: { status?: number; error?: string } | undefined
let logged: string[]

const log = (fields: object, message: string) =>
  void logged.push(JSON.stringify({ fields, message }))

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const form = new URLSearchParams(body)
    const given = form.get('refresh_token') ?? ''
    asked.push(`${request.url} ${form.get('grant_type')} ${form.get('client_id')} ${given}`)
    const end = (status: number, content: object) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(content))
    }
    if (answer) return end(answer.status ?? 200, { ok: false, error: answer.error })
    if (given !== current && given !== inGrace)
      return end(200, { ok: false, error: 'invalid_refresh_token' })
    ;[inGrace, current] = [given, `xoxe-1-${asked.length}`]
    const token = { access_token: `xoxe.xoxb-1-${asked.length}`, refresh_token: current }
    end(200, { ok: true, token_type: 'bot', expires_in: 43_200, ...token })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  slack = createSlack({
    config: {
      ...{ mode: 'http', signingSecret: 's', apiUrl: `http://127.0.0.1:${port}/api/` },
      oauth: { clientId: '1.2', clientSecret: 'a client secret' },
    },
    handle: () => Promise.reject(new Error('nothing is asked')),
    log: { info: log, warn: log, error: log },
    clock: { now: () => now },
  })
})
afterAll(async () => {
  await slack.stop()
  server.close()
})

const install = (token = 'xoxe.xoxb-1-0', refreshToken = 'xoxe-1-0') =>
  saveInstallation(
    fresh.db,
    keys,
    {
      ...{ ...t1, organisationId: null, name: 'Bedford Borough', token, botUser: 'B1' },
      ...{ scopes: [], installedBy: 'U1' },
      renewal: { refreshToken, expiresAt: at('18:00:00') },
    },
    installedAt,
  )

beforeEach(async () => {
  ;[now, asked, current, inGrace, answer, logged] = [
    installedAt,
    [],
    'xoxe-1-0',
    undefined,
    undefined,
    [],
  ]
  await install()
})

const renew = (changes: Partial<TokenRenewalOptions> = {}) =>
  renewTokens({
    ...{ db: fresh.db, clock: { now: () => now }, tokenKeys: keys, adapters: [slack] },
    ...{ log: { info: log, warn: log, error: log }, explain: platforms.explain },
    ...changes,
  })
const token = async (ring = keys) => findInstalledApp(fresh.db, ring, t1)

describe('a token that ends', () => {
  test('is exchanged two hours before, by one of several processes, and no secret is logged', async () => {
    now = at('15:59:59')
    await renew()
    expect(asked).toEqual([])
    now = at('16:00:00')
    await Promise.all([renew(), renew(), renew()])
    expect(asked).toEqual(['/api/oauth.v2.access refresh_token 1.2 xoxe-1-0'])
    expect(await token()).toMatchObject({ token: 'xoxe.xoxb-1-1', botUser: 'B1' })
    expect(JSON.stringify(await fresh.db.workspaceInstallation.findMany())).not.toContain('xoxe')
    now = new Date('2026-12-01T02:00:00Z')
    await renew()
    expect(asked).toHaveLength(2)
    expect(await token()).toMatchObject({ token: 'xoxe.xoxb-1-2' })
    expect(logged).toEqual([])
  })

  test('whose answer a killed process did not save is exchanged again within Slack’s grace', async () => {
    now = at('16:00:00')
    const lease = await leaseRenewal(fresh.db, keys, t1, now)
    await slack.renewToken?.(lease?.refreshToken ?? '')
    // Nobody else has it before the lease is over.
    now = at('16:00:29')
    await renew()
    expect(asked).toHaveLength(1)
    now = at('16:00:30')
    await renew()
    expect(asked[1]).toContain('xoxe-1-0')
    expect(await token()).toMatchObject({ token: 'xoxe.xoxb-1-2' })
  })

  test('is kept, tried again and told to the operator where that grace was over', async () => {
    now = at('16:00:00')
    current = 'xoxe-1-lost'
    await renew()
    expect(await token()).toMatchObject({ token: 'xoxe.xoxb-1-0' })
    const found = unrenewedTokenDiagnostics(await loadUnrenewedTokens(fresh.db), platforms)
    expect(found).toEqual([
      {
        ...{ about: 'Tokens', state: 'mend' },
        says: 'Slack has given no new token for Bedford Borough (T1) since Mon 30 Nov 2026, 16:00 UTC (slack:invalid_refresh_token). The present one ends at Mon 30 Nov 2026, 18:00 UTC.',
        remedy: expect.stringContaining('install Milepost again, by a new link'),
      },
    ])
    expect(logged).toEqual([expect.stringContaining('was not renewed')])
    expect(logged.join()).not.toMatch(/xoxe|client secret/)
    await install('xoxe.xoxb-2-0', 'xoxe-2-0')
    expect(await loadUnrenewedTokens(fresh.db)).toEqual([])
  })

  test.each([
    ['fails', { status: 500 }, 'slack:http_500'],
    ['asks to wait', { status: 429 }, 'slack:http_429'],
    ['takes another secret', { error: 'bad_client_secret' }, 'slack:bad_client_secret'],
  ])('is exchanged a minute later where Slack %s', async (_, given, errorCode) => {
    now = at('16:00:00')
    answer = given
    await renew()
    expect(await loadUnrenewedTokens(fresh.db)).toMatchObject([{ errorCode, since: now }])
    answer = undefined
    now = at('16:01:00')
    await renew()
    expect(await token()).toMatchObject({ token: 'xoxe.xoxb-1-2' })
    expect(await loadUnrenewedTokens(fresh.db)).toEqual([])
  })

  test('keeps the later answer where the clocks of two machines are apart', async () => {
    now = at('16:00:00')
    const lease = await leaseRenewal(fresh.db, keys, t1, now)
    const first = await slack.renewToken?.(lease?.refreshToken ?? '')
    now = at('16:05:00')
    await renew()
    if (!lease || !first) throw new Error('nothing was leased')
    expect(await saveRenewal(fresh.db, keys, lease, first)).toBe(false)
    expect(await token()).toMatchObject({ token: 'xoxe.xoxb-1-2' })
  })

  test('is exchanged at once where it was revoked, and forgotten where the app was taken away', async () => {
    now = at('08:00:00')
    await revokeInstallation(fresh.db, t1, 'tokens_revoked', now)
    await renew()
    expect(await token()).toMatchObject({ token: 'xoxe.xoxb-1-1' })
    await revokeInstallation(fresh.db, t1, 'app_uninstalled', now)
    expect(await token()).toEqual({ notInstalled: 'app_not_installed' })
    now = at('23:00:00')
    await renew()
    expect(asked).toHaveLength(1)
  })

  test('is kept where the one before it was revoked while it was being given', async () => {
    now = at('16:00:00')
    const renewToken = async () => {
      await revokeInstallation(fresh.db, t1, 'tokens_revoked', now)
      return { token: 'next', refreshToken: 'r', expiresAt: at('23:00:00') }
    }
    await renew({ adapters: [{ name: 'slack', renewToken }] })
    expect(await token()).toMatchObject({ token: 'next' })
  })

  test('gives way to that of a new install meanwhile', async () => {
    now = at('16:00:00')
    const renewToken = async () => {
      await install('xoxb-new', 'xoxe-new')
      return { token: 'late', refreshToken: 'late', expiresAt: at('20:00:00') }
    }
    await renew({ adapters: [{ name: 'slack', renewToken }] })
    expect(await token()).toMatchObject({ token: 'xoxb-new' })
  })

  test('is saved by the new key where the keys were rotated meanwhile', async () => {
    const tokenKeys = parseKeyRing(`${newKeyText('b')},${older}`)
    now = at('16:00:00')
    const renewToken = async () => {
      await rotateTokens(fresh.db, tokenKeys)
      return { token: 'next', refreshToken: 'r', expiresAt: at('20:00:00') }
    }
    await renew({ tokenKeys, adapters: [{ name: 'slack', renewToken }] })
    expect(await token(tokenKeys)).toMatchObject({ token: 'next' })
  })

  test('waits for its key where that is lost', async () => {
    now = at('16:00:00')
    await renew({ tokenKeys: parseKeyRing(newKeyText('b')) })
    expect(asked).toEqual([])
    expect(await loadUnrenewedTokens(fresh.db)).toMatchObject([
      { errorCode: 'slack:token_key_missing' },
    ])
  })
})

test.each([
  [0, 1],
  [1, 1],
  [5, 5],
  [90, 60],
])('what has failed for %s minutes is tried again after %s', (minutes, after) => {
  expect(retryDelayMs(new Date(now.getTime() - minutes * 60_000), now)).toBe(after * 60_000)
})
