import { describe, expect, test } from '@jest/globals'
import {
  type InstalledApp,
  type NotInstalled,
  noInstallations,
} from '../../../src/chat/workspace-installations.ts'
import { createConnections } from '../../../src/platforms/slack/connections.ts'
import { sourceOf } from '../../../src/platforms/slack/request-source.ts'

const ofTeam = (token: string): InstalledApp => ({ token, botUser: 'B', isOrganisationWide: false })

/** Slack, which says whose a token is, beside workspaces that installed Milepost by themselves. */
function connectionsWith(
  installed: Record<string, InstalledApp | NotInstalled>,
  home?: object,
  via: Record<string, string> = {},
) {
  const calls: { method: string; token: string; body: string }[] = []
  const connections = createConnections({
    botToken: home && 'xoxb-home',
    clientOptions: {
      retryConfig: { retries: 0 },
      fetch: async (url: string | URL | Request, init?: RequestInit) => {
        const [method = ''] = String(url).split('/').slice(-1)
        const token = new Headers(init?.headers).get('authorization') ?? ''
        calls.push({ method, token, body: String(init?.body) })
        return Response.json({ ok: true, ...home })
      },
    },
    installations: {
      ...noInstallations,
      find: async ({ tenant }) =>
        installed[via[tenant] ?? tenant] ?? { notInstalled: 'app_not_installed' },
      noteServedVia: async ({ tenant }, viaTenant) => {
        via[tenant] = viaTenant
      },
    },
  })
  return { connections, calls }
}

describe('what Milepost speaks with', () => {
  const home = { team_id: 'T1', user_id: 'U1' }

  test('is the token of the workspace that it speaks in', async () => {
    const { connections } = connectionsWith({ T2: ofTeam('xoxb-2'), T3: ofTeam('xoxb-3') }, home)
    await connections.open()
    const tokens = await Promise.all(
      ['T1', 'T2', 'T3'].map(async (team) => (await connections.to(team)).token),
    )
    expect(tokens).toEqual(['xoxb-home', 'xoxb-2', 'xoxb-3'])
  })

  test('is new as soon as the workspace has installed it again', async () => {
    const installed: Record<string, InstalledApp> = { T2: ofTeam('xoxb-2') }
    const { connections } = connectionsWith(installed)
    const first = await connections.to('T2')
    expect(await connections.to('T2')).toBe(first)
    installed.T2 = ofTeam('xoxb-again')
    expect((await connections.to('T2')).token).toBe('xoxb-again')
  })

  test.each([
    ['a workspace that never had it, or took it away', {}, 'app_not_installed'],
    [
      'one whose key is lost',
      { T9: { notInstalled: 'token_key_missing' } as const },
      'token_key_missing',
    ],
  ])('is nothing in %s, and its messages wait', async (_, installed, code) => {
    const { connections, calls } = connectionsWith(installed, home)
    await connections.open()
    calls.length = 0
    await expect(connections.to('T9')).rejects.toMatchObject({ name: 'WorkspaceBrokenError', code })
    expect(calls).toEqual([])
  })

  test('is nothing while Slack has not said whose the configured token is', async () => {
    const { connections } = connectionsWith({}, home)
    await expect(connections.to('T1')).rejects.toMatchObject({ code: 'not_open', posted: 'no' })
    // Nor can that workspace, whichever it is, be installed for somebody else meanwhile.
    expect(() => connections.isHome('T1')).toThrow('open the link again')
    await connections.open()
    expect([connections.isHome('T1'), connections.isHome('T2')]).toEqual([true, false])
  })

  test('is the token of a Slack organisation in its workspaces, which each call names', async () => {
    const organisation = { token: 'xoxb-e', botUser: 'B', isOrganisationWide: true }
    const { connections, calls } = connectionsWith({ E1: organisation })
    const source = { teams: ['T5'], enterprise: 'E1', isEnterpriseInstall: true }
    const connection = await connections.ofRequest(source)
    expect(connection).toMatchObject({ team: 'T5', token: 'xoxb-e' })
    await connection?.client.users.info({ user: 'U1' })
    expect(calls).toMatchObject([
      { method: 'users.info', body: expect.stringContaining('team_id=T5') },
    ])
  })

  test('is the configured token of a Slack organisation in all of its workspaces, and in no other', async () => {
    const answer = { ...home, enterprise_id: 'E1', is_enterprise_install: true }
    const { connections } = connectionsWith({}, answer)
    await connections.open()
    const asks = (enterprise: string) =>
      connections.ofRequest({ teams: ['T5'], enterprise, isEnterpriseInstall: true })
    expect(await asks('E1')).toMatchObject({ team: 'T5', token: 'xoxb-home' })
    expect(await asks('E2')).toBeUndefined()
  })
})

describe('where a request came from', () => {
  test.each([
    ['a command', { team_id: 'T1', is_enterprise_install: 'false' }, ['T1'], undefined, false],
    ['a button', { team: { id: 'T1' }, user: { team_id: 'T2' } }, ['T1'], undefined, false],
    [
      'a button where the app is an organisation’s',
      {
        team: null,
        enterprise: { id: 'E1' },
        user: { team_id: 'T1' },
        is_enterprise_install: true,
      },
      ['T1'],
      'E1',
      true,
    ],
    [
      'a form that was opened in a shared channel',
      { team: { id: 'T2' }, view: { app_installed_team_id: 'T1' } },
      ['T1', 'T2'],
      undefined,
      false,
    ],
    [
      'an event in a shared channel',
      {
        team_id: 'T2',
        authorizations: [{ team_id: 'T1', enterprise_id: null, is_enterprise_install: false }],
      },
      ['T2', 'T1'],
      undefined,
      false,
    ],
    [
      'an event in an organisation',
      {
        team_id: 'T1',
        enterprise_id: 'E1',
        authorizations: [{ team_id: 'T1', enterprise_id: 'E1', is_enterprise_install: true }],
      },
      ['T1'],
      'E1',
      true,
    ],
  ])('%s', (_, body, teams, enterprise, isEnterpriseInstall) => {
    expect(sourceOf(body)).toEqual({ teams, enterprise, isEnterpriseInstall })
  })
})
