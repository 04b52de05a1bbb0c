import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { environmentNames, readConfig } from '../../src/app/config.ts'
import { newKeyText } from '../../src/base/encryption.ts'

type Environment = Record<string, string>

const slackHttp = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's3cret' }
const slackSocket = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }
const teams = { TEAMS_APP_ID: 'app', TEAMS_APP_PASSWORD: 'passw0rd', TEAMS_TENANT_ID: 'tenant' }
const production = { NODE_ENV: 'production' }

function refusalOf(env: Environment): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof Error) return error.message
  }
  throw new Error('it was accepted')
}

/** The configuration of one platform. */
function platformConfig(env: Environment, name: string): unknown {
  return readConfig(env).platforms.find(({ definition }) => definition.name === name)?.config
}

describe('.env.example', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')

  test('has every name that is read, and no other', () => {
    expect(Object.keys(parseEnv(example)).sort()).toEqual([...environmentNames].sort())
  })

  test('copied as it is, starts the playground with what is said there', () => {
    expect(readConfig(parseEnv(example) as Environment)).toEqual(readConfig({}))
  })

  test('explains each name in the lines before it', () => {
    const lines = example.split('\n')
    const bare = lines.filter(
      (line, at) => /^[A-Z]/.test(line) && !/^(#|TEAMS_)/.test(lines[at - 1] ?? ''),
    )
    expect(bare).toEqual([])
  })
})

test('nothing set is the playground, on this machine alone', () => {
  expect(readConfig({})).toEqual({
    databaseUrl: undefined,
    dataDir: './data',
    port: 3000,
    host: '127.0.0.1',
    logLevel: 'info',
    hasAuditLog: false,
    metricsPort: undefined,
    tracing: undefined,
    keepMessagesDays: 730,
    command: '/rag',
    admins: [],
    publicUrl: undefined,
    privacyFile: undefined,
    termsFile: undefined,
    proxy: undefined,
    platforms: [],
    playground: true,
  })
})

test('administrators are accounts of platforms, also as whoami shows them', () => {
  const { admins } = readConfig({ MILEPOST_ADMINS: 'slack: T1/U1, teams:0a-1/0b-2' })
  expect(admins).toEqual([
    { platform: 'slack', tenant: 'T1', user: 'U1' },
    { platform: 'teams', tenant: '0a-1', user: '0b-2' },
  ])
})

test.each([
  [{ HTTPS_PROXY: 'http://proxy:8080' }, 'localhost,127.0.0.1'],
  [{ https_proxy: 'http://proxy:8080', no_proxy: '.council.example' }, '.council.example'],
])('calls go through the proxy of %j', (env, except) => {
  expect(readConfig(env).proxy).toEqual({ url: 'http://proxy:8080', except })
})

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }, 'milepost'],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://a/v1/traces', OTEL_SERVICE_NAME: 'rag' }, 'rag'],
])('traces are made with %j', (env, serviceName) => {
  expect(readConfig(env).tracing).toEqual({ serviceName })
})

describe('a bot of Teams that is a managed identity', () => {
  const managed = {
    TEAMS_APP_ID: 'app',
    TEAMS_TENANT_ID: 'tenant',
    TEAMS_APP_TYPE: 'UserAssignedMSI',
  }

  test('has no secret', () => {
    expect(platformConfig(managed, 'teams')).toMatchObject({ appId: 'app', appPassword: undefined })
  })

  test('takes none beside it, and no other kind does without', () => {
    expect(refusalOf({ ...managed, TEAMS_APP_PASSWORD: 'hunter2' })).toMatch(/has none/)
    expect(refusalOf({ ...managed, TEAMS_APP_TYPE: 'SingleTenant' })).toMatch(
      /TEAMS_APP_PASSWORD is missing/,
    )
    expect(refusalOf({ ...managed, TEAMS_APP_TYPE: 'hunter2' })).not.toContain('hunter2')
  })
})

test.each([
  ['MultiTenant', true],
  ['SingleTenant', false],
  ['', false],
])('a bot of Teams of the type %j is for several tenants: %s', (TEAMS_APP_TYPE, isMultiTenant) => {
  const bot = { TEAMS_APP_ID: 'app', TEAMS_APP_PASSWORD: 'secret', TEAMS_TENANT_ID: 'tenant' }
  expect(platformConfig({ ...bot, TEAMS_APP_TYPE }, 'teams')).toMatchObject({
    ...{ tenantId: 'tenant', isMultiTenant },
  })
})

test('an empty value, or one of spaces, counts as not given', () => {
  expect(readConfig({ PORT: ' ', DATABASE_URL: '', TEAMS_APP_ID: '' })).toEqual(readConfig({}))
})

describe('a wrong value', () => {
  test.each([
    ['DATABASE_URL', 'mysql://u:hunter2@host/db'],
    ['DATABASE_URL', 'hunter2'],
    ['PORT', '70000'],
    ['PORT', 'hunter2'],
    ['LOG_LEVEL', 'hunter2'],
    ['AUDIT_LOG', 'hunter2'],
    ['PUBLIC_URL', 'http://hunter2.example'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'hunter2'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'hunter2'],
    ['HTTPS_PROXY', 'hunter2'],
    ['HTTPS_PROXY', 'socks5://user:hunter2@proxy'],
    ['MILEPOST_COMMAND', 'hunter2'],
    ['MILEPOST_COMMAND', '/Hunter2'],
    ['SLACK_BOT_TOKEN', 'hunter2'],
    ['SLACK_APP_TOKEN', 'hunter2'],
    ['SLACK_API_URL', 'hunter2'],
    ['TOKEN_KEYS', 'hunter2'],
    ['TEAMS_LOCAL', 'hunter2'],
    ['TEAMS_CLOUD', 'hunter2'],
    ['MILEPOST_ADMINS', 'hunter2'],
    ['MILEPOST_ADMINS', 'slack:T1/U1, slack:hunter2'],
    ['MILEPOST_ADMINS', 'matrix:T1/hunter2'],
  ])('of %s is refused by its name, and "%s" is not repeated', (name, value) => {
    const message = refusalOf({ [name]: value })
    expect(message).toContain(`- ${name} `)
    expect(message.toLowerCase()).not.toContain('hunter2')
  })

  test('is told together with every other, and with what is missing', () => {
    const message = refusalOf({
      PORT: 'x',
      LOG_LEVEL: 'loud',
      SLACK_SIGNING_SECRET: 'hunter2',
      TEAMS_APP_ID: 'hunter2',
    })
    for (const name of [
      'PORT',
      'LOG_LEVEL',
      'SLACK_BOT_TOKEN',
      'TEAMS_APP_PASSWORD',
      'TEAMS_TENANT_ID',
    ]) {
      expect(message).toContain(`- ${name} `)
    }
    expect(message).not.toContain('hunter2')
  })
})

describe('a platform', () => {
  test('is configured by all that it needs', () => {
    expect(platformConfig(slackHttp, 'slack')).toEqual({
      mode: 'http',
      botToken: 'xoxb-1',
      signingSecret: 's3cret',
      apiUrl: undefined,
    })
    expect(platformConfig(slackSocket, 'slack')).toMatchObject({
      mode: 'socket',
      appToken: 'xapp-1',
    })
    expect(platformConfig({ ...slackHttp, ...slackSocket }, 'slack')).toMatchObject({
      mode: 'socket',
    })
    expect(platformConfig(teams, 'teams')).toMatchObject({
      mode: 'tenant',
      appId: 'app',
      appPassword: 'passw0rd',
      tenantId: 'tenant',
    })
  })

  test.each<[string, Environment, readonly string[]]>([
    [
      'a bot token alone',
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      ['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN'],
    ],
    ['a signing secret alone', { SLACK_SIGNING_SECRET: 's' }, ['SLACK_BOT_TOKEN']],
    ['an app token alone', { SLACK_APP_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN']],
    [
      'a client id alone',
      { SLACK_CLIENT_ID: '1.2', SLACK_SIGNING_SECRET: 's' },
      ['SLACK_CLIENT_SECRET', 'PUBLIC_URL', 'TOKEN_KEYS'],
    ],
    ['a client secret alone', { ...slackHttp, SLACK_CLIENT_SECRET: 's' }, ['SLACK_CLIENT_ID']],
    ['an app id alone', { TEAMS_APP_ID: 'a' }, ['TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID']],
    ['no tenant', { TEAMS_APP_ID: 'a', TEAMS_APP_PASSWORD: 'p' }, ['TEAMS_TENANT_ID']],
    ['no app id', { TEAMS_TENANT_ID: 't', TEAMS_APP_PASSWORD: 'p' }, ['TEAMS_APP_ID']],
  ])('by halves, with %s, stops the start', (_with, env, names) => {
    const message = refusalOf(env)
    for (const name of names) expect(message).toContain(name)
    expect(message).toContain('is missing beside')
  })

  test('takes workspaces that install Milepost by themselves, with a token of its own or without', () => {
    const installs = {
      ...{ SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 's', SLACK_APP_TOKEN: 'xapp-1' },
      ...{ PUBLIC_URL: 'https://example.org', TOKEN_KEYS: newKeyText('a') },
    }
    const oauth = { clientId: '1.2', clientSecret: 's' }
    expect(platformConfig(installs, 'slack')).toEqual({
      ...{ mode: 'socket', appToken: 'xapp-1', oauth },
    })
    expect(() => readConfig({ ...installs, SLACK_BOT_TOKEN: 'xoxe.xoxb-1' })).toThrow(
      'ends after twelve hours: leave it out, and install Milepost by a link',
    )
    const both = platformConfig({ ...installs, SLACK_BOT_TOKEN: 'xoxb-1' }, 'slack')
    expect(both).toMatchObject({ botToken: 'xoxb-1', oauth })
    // Browsers come to install it, though Slack itself does not.
    expect(readConfig(installs).host).toBe('0.0.0.0')
  })

  test.each<[string, Environment, string]>([
    ['by HTTP is listened for on every address', slackHttp, '0.0.0.0'],
    ['by Teams is listened for on every address', teams, '0.0.0.0'],
    ['by Socket Mode needs this machine alone', slackSocket, '127.0.0.1'],
    ['is listened for where HOST says', { ...slackHttp, HOST: '10.0.0.7' }, '10.0.0.7'],
    ['played is never listened for elsewhere', { HOST: '0.0.0.0' }, '127.0.0.1'],
    [
      'without tokens is never listened for elsewhere',
      { TEAMS_LOCAL: '1', HOST: '0.0.0.0' },
      '127.0.0.1',
    ],
  ])('%s', (_name, env, host) => {
    expect(readConfig(env).host).toBe(host)
  })
})

describe('a Teams client without tokens', () => {
  test('is let in by TEAMS_LOCAL alone', () => {
    expect(readConfig({ TEAMS_LOCAL: '1' }).playground).toBe(false)
    expect(platformConfig({ TEAMS_LOCAL: '1' }, 'teams')).toEqual({ mode: 'local' })
    expect(platformConfig({ TEAMS_LOCAL: '0', ...teams }, 'teams')).toMatchObject({
      mode: 'tenant',
    })
  })

  test.each<[string, Environment]>([
    ['Teams credentials', teams],
    ['half of them', { TEAMS_APP_ID: 'app' }],
    ['Slack by HTTP', slackHttp],
    ['Slack by Socket Mode', slackSocket],
    ['production', production],
  ])('is never let in beside %s', (_what, env) => {
    for (const TEAMS_LOCAL of ['1', 'true']) {
      expect(refusalOf({ TEAMS_LOCAL, ...env })).toMatch(/TEAMS_LOCAL .*cannot/)
    }
  })
})

describe('the playground', () => {
  test.each<[string, Environment]>([
    ['Slack', slackHttp],
    ['Teams', teams],
    ['a local Teams client', { TEAMS_LOCAL: '1' }],
  ])('is off beside %s', (_what, env) => {
    expect(readConfig(env).playground).toBe(false)
  })

  test('is off in production: without a platform nothing starts', () => {
    expect(refusalOf(production)).toContain('no platform is configured')
    expect(readConfig({ ...production, ...slackHttp }).playground).toBe(false)
  })
})
