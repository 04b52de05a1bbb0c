import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Diagnostic } from '../../../src/base/diagnostic.ts'
import { SlackConfig } from '../../../src/platforms/slack/config.ts'
import { checkSlack } from '../../../src/platforms/slack/doctor.ts'
import { scopes } from '../../../src/platforms/slack/manifest.ts'
import { TeamsConfig } from '../../../src/platforms/teams/config.ts'
import { checkTeams } from '../../../src/platforms/teams/doctor.ts'

/** The doctor asks a platform of our own what the real one would be asked. */

interface Answer {
  readonly body: unknown
  readonly status?: number
  readonly headers?: Record<string, string>
}

let server: Server | undefined
afterEach(() => {
  server?.close()
})

async function serve(answers: Record<string, Answer>): Promise<string> {
  server = createServer((request, response) => {
    const {
      body,
      status = 200,
      headers = {},
    } = answers[request.url ?? ''] ?? {
      body: {},
      status: 404,
    }
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
}

const now = () => new Date()
const mends = (findings: readonly Diagnostic[]) =>
  findings.filter(({ state }) => state !== 'well').map(({ says }) => says)

describe('Slack', () => {
  const all = { 'x-oauth-scopes': scopes.join(',') }
  const slack = (apiUrl: string, more: object = {}) =>
    SlackConfig.parse({
      ...{ mode: 'http', botToken: 'xoxb-s3cret', signingSecret: 's3cret', apiUrl },
      ...more,
    })

  test('is well where the token works and may do all that is needed', async () => {
    const url = await serve({ '/auth.test': { body: { ok: true, team: 'Council' }, headers: all } })
    const findings = await checkSlack(slack(url), now)
    expect(mends(findings)).toEqual([])
    expect(findings[0]?.says).toBe('The bot token belongs to Council.')
  })

  test('names the scopes that are missing, and how to get them', async () => {
    const some = { 'x-oauth-scopes': scopes.filter((scope) => scope !== 'users:read').join(', ') }
    const url = await serve({ '/auth.test': { body: { ok: true, team: 'C' }, headers: some } })
    const findings = await checkSlack(slack(url), now)
    expect(mends(findings)).toEqual(['The bot token may not: users:read.'])
    expect(findings.at(1)?.remedy).toMatch(/manifest/)
  })

  test('says that a token is refused, and never the token', async () => {
    const url = await serve({ '/auth.test': { body: { ok: false, error: 'invalid_auth' } } })
    const findings = await checkSlack(slack(url), now)
    expect(mends(findings)).toEqual(['Slack refuses SLACK_BOT_TOKEN (invalid_auth).'])
    expect(JSON.stringify(findings)).not.toContain('s3cret')
  })

  test('by Socket Mode needs a connection too', async () => {
    const url = await serve({
      '/auth.test': { body: { ok: true, team: 'C' }, headers: all },
      '/apps.connections.open': { body: { ok: false, error: 'not_allowed_token_type' } },
    })
    const socket = slack(url, { mode: 'socket', appToken: 'xapp-s3cret' })
    expect(mends(await checkSlack(socket, now))).toEqual([
      'Slack opens no connection with SLACK_APP_TOKEN (not_allowed_token_type).',
    ])
  })

  test('that is away is told apart from a token that is wrong', async () => {
    const findings = await checkSlack(slack('http://127.0.0.1:1/'), now)
    expect(mends(findings)).toEqual([expect.stringMatching(/^Slack does not answer/)])
  })

  test('answers with its time, so that a wrong clock is seen', async () => {
    const url = await serve({ '/auth.test': { body: { ok: true, team: 'C' }, headers: all } })
    const tomorrow = () => new Date(Date.now() + 24 * 60 * 60_000)
    expect(mends(await checkSlack(slack(url), tomorrow))).toEqual([
      expect.stringMatching(/its clock and ours are \d+ s apart/i),
    ])
  })
})

describe('Teams', () => {
  const teams = (url: string) =>
    TeamsConfig.parse({
      ...{ mode: 'tenant', appId: 'app', appPassword: 's3cret', tenantId: 'tenant' },
      ...{ allowedHosts: ['127.0.0.1'], serviceUrl: url },
      authSettings: {
        ToBotFromChannelOpenIdMetadataUrl: url,
        ToBotFromChannelTokenIssuer: 'us',
        ToBotFromEmulatorOpenIdMetadataUrl: url,
        ToChannelFromBotLoginUrl: url,
        ToChannelFromBotOAuthScope: 'https://api.example.org',
        OAuthUrl: url,
        ValidateAuthority: false,
        tokenUrl: `${url}token`,
      },
    })

  test('is well where the token is given', async () => {
    const url = await serve({ '/token': { body: { access_token: 'x', expires_in: 3600 } } })
    expect(mends(await checkTeams(teams(url), now))).toEqual([])
  })

  test.each([
    [7000215, /not the secret/],
    [7000222, /has run out/],
    [700016, /TEAMS_APP_ID/],
    [90002, /TEAMS_TENANT_ID/],
    [1, /Compare the TEAMS_ names/],
  ])('says what to do about error %d', async (code, remedy) => {
    const body = { error: 'invalid_client', error_codes: [code], error_description: 's3cret' }
    const url = await serve({ '/token': { body, status: 401 } })
    const [first] = await checkTeams(teams(url), now)
    expect(first?.says).toBe(`Milepost is given no token (AADSTS${code}).`)
    expect(first?.remedy).toMatch(remedy)
    expect(JSON.stringify(first)).not.toContain('s3cret')
  })

  test('names the host that cannot be reached, and what that means', async () => {
    const url = await serve({ '/token': { body: { access_token: 'x', expires_in: 3600 } } })
    const config = teams(url)
    const found = await checkTeams(
      { ...config, serviceUrl: 'http://127.0.0.1:1/' } as TeamsConfig,
      now,
    )
    expect(mends(found)).toEqual([
      expect.stringMatching(/^127\.0\.0\.1:1 does not answer \(.+\), so nothing can be sent\.$/),
    ])
  })

  test('without tokens is for trying only', async () => {
    const [found] = await checkTeams(TeamsConfig.parse({ mode: 'local' }), now)
    expect(found?.state).toBe('look')
  })
})
