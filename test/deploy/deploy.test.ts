import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import manifestOfPackage from '../../package.json' with { type: 'json' }
import { environmentNames } from '../../src/app/config.ts'
import { serverLimits } from '../../src/app/http.ts'
import { bodyLimits } from '../../src/chat/request-body.ts'

/**
 * Nothing here can run systemd, nginx, Helm or Azure: these files are linted, and held to the settings, the paths and the
 * limits of the code. The container's files have a test of their own (test/containers.test.ts).
 */

const root = new URL('../../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')

/** What Milepost reads, and what Node itself reads as it begins. */
const knownNames = [...environmentNames, 'NODE_EXTRA_CA_CERTS']
const unknownOf = (names: readonly string[]) => names.filter((name) => !knownNames.includes(name))
const publicPaths = [
  ...['/slack/events', '/slack/install', '/slack/oauth_redirect', '/api/messages'],
  ...['/healthz', '/privacy', '/terms'],
]

describe.each(['milepost.service', 'milepost-backup.service'])('the unit %s', (file) => {
  const settings = readUnit(file)
  const command = settings.find(([, key]) => key === 'ExecStart')?.[2] ?? ''

  test('has only keys that systemd knows, each in its section', () => {
    const wrong = settings.filter(([section, key]) => !unitKeys[section]?.includes(key))
    expect(wrong).toEqual([])
  })

  test('sets only what Milepost reads', () => {
    const set = settings.flatMap(([, key, value]) => (key === 'Environment' ? [value] : []))
    expect(set.length).toBeGreaterThan(0)
    expect(unknownOf(set.map((pair) => pair.split('=')[0] ?? ''))).toEqual([])
  })

  test('runs files that exist, as nobody but its own user', () => {
    const files = [...command.matchAll(/(?:\.\/)?((?:src|prisma)\/[\w/.-]+)/g)].map(
      ([, path]) => path,
    )
    expect(files.length).toBeGreaterThan(1)
    expect(files.filter((path = '') => !existsSync(new URL(path, root)))).toEqual([])
    expect(settings).toContainEqual(['Service', 'User', 'milepost'])
  })
})

/** [section, key, value] of each line. */
function readUnit(file: string): [section: string, key: string, value: string][] {
  let section = ''
  const settings: [string, string, string][] = []
  for (const line of read(`deploy/systemd/${file}`).split('\n')) {
    const heading = /^\[(\w+)\]$/.exec(line)
    if (heading) section = heading[1] ?? ''
    else if (line !== '' && !line.startsWith('#')) {
      const [, key = line, value = ''] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? []
      settings.push([section, key, value])
    }
  }
  return settings
}

/** Of man systemd.unit, systemd.service, systemd.exec, systemd.kill and systemd.timer: those that are used here. */
const unitKeys: Readonly<Record<string, readonly string[]>> = {
  Unit: ['Description', 'Wants', 'After'],
  Service: [
    ...['Type', 'User', 'Group', 'WorkingDirectory', 'EnvironmentFile', 'Environment'],
    ...['ExecStart', 'ExecStartPre', 'ExecStartPost', 'Restart', 'RestartSec', 'TimeoutStopSec'],
    ...[
      'KillMode',
      'StateDirectory',
      'StateDirectoryMode',
      'UMask',
      'NoNewPrivileges',
      'PrivateTmp',
    ],
    ...['PrivateDevices', 'ProtectSystem', 'ProtectHome', 'ProtectKernelTunables'],
    ...['ProtectKernelModules', 'ProtectControlGroups', 'RestrictAddressFamilies'],
    ...['RestrictSUIDSGID', 'LockPersonality', 'CapabilityBoundingSet'],
  ],
  Timer: ['OnCalendar', 'RandomizedDelaySec', 'Persistent'],
  Install: ['WantedBy'],
}

test('the service of systemd runs what npm start runs, and has time to finish', () => {
  const settings = readUnit('milepost.service')
  const node = '/opt/milepost/current/node_modules/.bin/node'
  const started = manifestOfPackage.scripts.start.replace(/^node /, `${node} `)
  expect(settings).toContainEqual(['Service', 'ExecStart', started])
  expect(settings).toContainEqual(['Service', 'TimeoutStopSec', '90'])
})

test('the commands of a Linux host run as the service does: its account, its settings, its data', () => {
  const script = read('deploy/milepost')
  const given = [...script.matchAll(/--(?:property|setenv)=(\w+=\S+)/g)].map(([, pair]) => pair)
  const service = readUnit('milepost.service')
  const ofUnit = (name: string) => service.find(([, key]) => key === name)?.[2]
  const ofService = ['EnvironmentFile', 'StateDirectory', 'StateDirectoryMode', 'UMask']
  for (const name of ofService) expect(given).toContain(`${name}=${ofUnit(name)}`)
  for (const [, key, value] of service) if (key === 'Environment') expect(given).toContain(value)
  expect(script).toContain(`--uid=${ofUnit('User')} --gid=${ofUnit('Group')}`)
  expect(script).toContain(`current=${ofUnit('WorkingDirectory')}\n`)
  const files = [...script.matchAll(/\$current\/((?:src|prisma)\/[\w/.-]+)/g)].map(
    ([, path]) => path,
  )
  expect(files.length).toBe(2)
  expect(files.filter((path = '') => !existsSync(new URL(path, root)))).toEqual([])
})

test('the timer of systemd has only keys that systemd knows', () => {
  const settings = readUnit('milepost-backup.timer')
  expect(settings.filter(([section, key]) => !unitKeys[section]?.includes(key))).toEqual([])
  expect(settings).toContainEqual(['Timer', 'OnCalendar', '*-*-* 02:30'])
})

describe('nginx', () => {
  const conf = read('deploy/nginx.conf')
  const lines = conf
    .replaceAll(/#.*/g, '')
    .split('\n')
    .map((line) => line.trim())
  const settings = new Map(
    lines.flatMap((line) => {
      const [, name = '', value = ''] = /^(\w+)\s+(.*);$/.exec(line) ?? []
      return name === '' ? [] : [[name, value] as const]
    }),
  )

  test('ends each directive, and closes each block', () => {
    const wrong = lines.filter((line) => line !== '' && !/[;{}]$/.test(line))
    expect(wrong).toEqual([])
    expect(conf.split('{').length).toBe(conf.split('}').length)
  })

  test('lets only what the platforms call through', () => {
    const paths = /location ~ \^\((.*)\)\$ \{/.exec(conf)?.[1]?.split('|')
    expect(paths).toEqual([...publicPaths, '/dates/[^/]+'])
  })

  test('has the limits that Milepost has itself', () => {
    expect(settings.get('client_max_body_size')).toBe(`${bodyLimits.bodyBytes / 1024 ** 2}m`)
    expect(settings.get('client_header_timeout')).toBe(`${serverLimits.headersMs / 1000}s`)
    expect(settings.get('client_body_timeout')).toBe(`${serverLimits.requestMs / 1000}s`)
    const headers = `4 ${serverLimits.headerBytes / 1024}k`
    expect(settings.get('large_client_header_buffers')).toBe(headers)
    const [idle = ''] = /\d+/.exec(settings.get('keepalive_timeout') ?? '') ?? []
    expect(Number(idle)).toBeLessThan(serverLimits.keepAliveMs / 1000)
  })
})

describe('the chart for Kubernetes', () => {
  const templates = readdirSync(new URL('deploy/chart/templates', root))
  const values = z.looseObject({ replicas: z.number(), settings: z.record(z.string(), z.string()) })
  const given = values.parse(parse(read('deploy/chart/values.yaml')))
  const all = templates.map((name) => read(`deploy/chart/templates/${name}`)).join('\n')
  const used = [...all.matchAll(/\.Values((?:\.\w+)+)/g)].map(([, path = '']) => path.slice(1))

  test.each(templates)('%s is one object of Kubernetes', (name) => {
    const text = read(`deploy/chart/templates/${name}`)
    const begun = text.match(/\{\{-? (if|range) /g) ?? []
    expect(text.match(/\{\{- end \}\}/g) ?? []).toHaveLength(begun.length)
    expect(object.parse(parse(withoutTemplates(text))).metadata.name).toBe('filled in')
  })

  test('uses only values that values.yaml has, and each of these', () => {
    const missing = used.filter((path) => valueAt(given, path) === undefined)
    expect(missing).toEqual([])
    const unused = leavesOf(given).filter(
      (leaf) => !used.some((path) => `${leaf}.`.startsWith(`${path}.`)),
    )
    expect(unused).toEqual([])
  })

  test('runs two replicas, each with time to finish, and is ready when Milepost is', () => {
    expect(given.replicas).toBe(2)
    expect(all).toContain('terminationGracePeriodSeconds: 90')
    const probes = [...all.matchAll(/path: (\/\w+)\n\s+port: http/g)].map(([, path]) => path)
    expect(probes).toEqual(['/healthz', '/healthz', '/readyz'])
  })

  test('sets only what Milepost reads, and holds no secret', () => {
    const set = [...all.matchAll(/- name: ([A-Z_]+)$/gm)].map(([, name = '']) => name)
    expect(set).toEqual(['NODE_ENV', 'HOST', 'PORT', 'NODE_EXTRA_CA_CERTS'])
    expect(unknownOf([...set, ...Object.keys(given.settings)])).toEqual([])
    expect(
      Object.keys(given.settings).filter((name) => /TOKEN|SECRET|PASSWORD|DATABASE/.test(name)),
    ).toEqual([])
  })

  test('lets only what the platforms call through', () => {
    const paths = /range list (.*) \}\}/.exec(all)?.[1]?.split(' ')
    expect(paths?.map((path) => JSON.parse(path))).toEqual(publicPaths)
    expect(all).toContain('- path: /dates/\n            pathType: Prefix')
  })

  test('has the version of Milepost', () => {
    expect(parse(read('deploy/chart/Chart.yaml'))).toMatchObject({
      version: manifestOfPackage.version,
      appVersion: manifestOfPackage.version,
    })
  })
})

const object = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
})

/** The YAML around Helm's templates: control lines are left out, values stand as text. */
function withoutTemplates(text: string): string {
  return text
    .replaceAll(/^\s*\{\{- (if|range|end)\b.*\}\}\n/gm, '')
    .replaceAll(/"[^"\n]*\{\{.*?\}\}[^"\n]*"|\{\{.*?\}\}/g, 'filled in')
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => {
    return typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
  }, value)
}

/** 'ingress.host' of each value that is no object. */
function leavesOf(value: object, under = ''): string[] {
  return Object.entries(value).flatMap(([key, one]) => {
    const path = `${under}${key}`
    return typeof one === 'object' && one !== null ? leavesOf(one, `${path}.`) : [path]
  })
}

describe('the Bicep file for Azure', () => {
  const bicep = read('deploy/azure/main.bicep').replaceAll(/^\s*\/\/.*$/gm, '')

  test('closes every bracket that it opens', () => {
    const closing: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' }
    const open: string[] = []
    for (const [mark] of bicep
      .replaceAll(/'(?:[^'$\n]|\$(?!\{)|\$\{[^}\n]*\})*'/g, '')
      .matchAll(/[{}[\]()]/g)) {
      if (closing[mark]) open.push(closing[mark])
      else expect(open.pop()).toBe(mark)
    }
    expect(open).toEqual([])
  })

  test('uses each parameter, variable and resource that it declares, and no other', () => {
    const declared = [...bicep.matchAll(/^(?:param|var|resource) (\w+)/gm)].map(
      ([, name = '']) => name,
    )
    const uses = (name: string) => bicep.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0
    // Nothing refers to the bot.
    expect(declared.filter((name) => uses(name) < 2 && name !== 'bot')).toEqual([])
    const referred = [...bicep.matchAll(/\b([a-z]\w*)\.(?:id|name|properties|listKeys)\b/g)].map(
      ([, name = '']) => name,
    )
    expect(referred.filter((name) => !declared.includes(name))).toEqual([])
  })

  test('sets only what Milepost reads, and each secret from the vault', () => {
    const set = [...bicep.matchAll(/\{ name: '(\w+)', (value|secretRef): '?([\w-]+)/g)]
    expect(set.length).toBeGreaterThan(8)
    expect(unknownOf(set.map(([, name = '']) => name))).toEqual([])
    const secrets = set.flatMap(([, , kind, from = '']) => (kind === 'secretRef' ? [from] : []))
    expect(secrets.filter((name) => !bicep.includes(`'${name}':`))).toEqual([])
    const values = set.flatMap(([, name = '', kind]) => (kind === 'value' ? [name] : []))
    expect(values.filter((name) => /TOKEN|SECRET|PASSWORD|DATABASE/.test(name))).toEqual([])
  })

  test('sets every secret but the one of Socket Mode, which is for machines that Slack cannot reach', () => {
    const set = [...bicep.matchAll(/\{ name: '(\w+)', secretRef:/g)].map(([, name = '']) => name)
    const secret = environmentNames.filter((name) => /TOKEN|SECRET|PASSWORD|DATABASE/.test(name))
    expect(secret.filter((name) => !set.includes(name))).toEqual(['SLACK_APP_TOKEN'])
  })

  test('takes every secret as a secure parameter', () => {
    const secure = [...bicep.matchAll(/@secure\(\)\nparam (\w+)/g)].map(([, name]) => name)
    const secret = [...bicep.matchAll(/^param (\w*(?:Password|Token|Secret|Keys))\b/gm)].map(
      ([, name]) => name,
    )
    expect(secure).toEqual(secret)
  })

  test('runs two replicas, each with time to finish', () => {
    expect(bicep).toContain('minReplicas: 2')
    expect(bicep).toContain('terminationGracePeriodSeconds: 90')
  })
})
