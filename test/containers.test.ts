import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { validate } from 'dockerfile-utils'
import { parse } from 'yaml'
import { z } from 'zod'
import { environmentNames } from '../src/app/config.ts'
import { serverLimits } from '../src/app/http.ts'
import { bodyLimits } from '../src/chat/request-body.ts'

/** The tests have no container engine: they lint the files, and check the paths and settings that these refer to. */

const root = new URL('../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')
const dockerfile = read('Dockerfile')
const instructions = dockerfile
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter(Boolean)

const service = z.object({
  build: z.string().optional(),
  image: z.string().optional(),
  environment: z.record(z.string(), z.string()).optional(),
  deploy: z.object({ replicas: z.number() }).optional(),
  stop_grace_period: z.string().optional(),
  volumes: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  ports: z.array(z.string()).optional(),
})
const compose = z
  .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) })
  .parse(parse(read('compose.yaml')))

describe('the Dockerfile', () => {
  test('passes a linter', () => {
    expect(validate(dockerfile)).toEqual([])
  })

  test('builds on Debian slim, by its digest, and does not run as root', () => {
    const from = instructions.filter((line) => line.startsWith('FROM '))
    const image = /^FROM (node:24-\w+-slim@sha256:[0-9a-f]{64})(?: AS \w+)?$/
    const images = from.map((line) => image.exec(line)?.[1])
    expect(images).toHaveLength(2)
    expect(images[0]).toBeDefined()
    expect(images[1]).toBe(images[0])
    const user = instructions.findLast((line) => line.startsWith('USER '))
    expect(user).toBe('USER node')
    expect(instructions.indexOf(user ?? '')).toBeLessThan(
      instructions.findIndex((line) => line.startsWith('CMD ')),
    )
  })

  test('copies only files that exist and that .dockerignore lets through', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? line.slice(1) : []))
    const copied = instructions
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
      .flatMap((line) => line.split(' ').slice(1, -1))
    expect(copied.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
    expect(copied.filter((path) => !allowed.includes(path))).toEqual([])
  })

  test('runs the Node of the lock file, and installs by its hashes without running scripts', () => {
    const run = instructions.filter((line) => /^(CMD|HEALTHCHECK) /.test(line))
    expect(run).toHaveLength(2)
    for (const line of run) expect(line).toContain('CMD ["/milepost/node_modules/.bin/node", ')
    const copied = instructions.filter((line) => line.startsWith('COPY package.json '))
    expect(copied).toEqual(['COPY package.json package-lock.json .npmrc ./'])
    expect(instructions).toContain('RUN npm ci --omit=dev && npm run slim')
  })

  test('sets only what Milepost reads', () => {
    const [env = ''] = instructions.filter((line) => line.startsWith('ENV '))
    const names = [...env.matchAll(/([A-Z_]+)=/g)].map(([, name = '']) => name)
    expect(names.filter((name) => !environmentNames.includes(name))).toEqual([])
  })
})

describe('compose.yaml', () => {
  const { proxy, milepost, database } = compose.services

  test('runs two replicas on one PostgreSQL behind a proxy, and publishes no other port', () => {
    expect(Object.keys(compose.services)).toEqual(['proxy', 'milepost', 'database'])
    expect(milepost?.deploy?.replicas).toBe(2)
    expect([milepost?.ports, database?.ports]).toEqual([undefined, undefined])
    expect(milepost?.depends_on).toEqual({ database: { condition: 'service_healthy' } })
  })

  test('names the images that it does not build by their digests', () => {
    expect([proxy?.image, database?.image]).toEqual([
      expect.stringMatching(/^caddy:2-alpine@sha256:[0-9a-f]{64}$/),
      expect.stringMatching(/^postgres:18-bookworm@sha256:[0-9a-f]{64}$/),
    ])
    expect(milepost?.image).toBeUndefined()
  })

  test('sets only what Milepost reads, and contains no secret', () => {
    const names = Object.keys(milepost?.environment ?? {})
    expect(names.filter((name) => !environmentNames.includes(name))).toEqual([])
    const given = [...read('compose.yaml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name)
    expect(new Set(given)).toEqual(new Set(['PUBLIC_URL', 'POSTGRES_PASSWORD']))
    expect(milepost?.environment?.DATABASE_URL).toMatch(/:\$\{POSTGRES_PASSWORD:.*\}@/)
  })

  test('keeps the data of proxy and database in volumes, and gives a replica time to finish', () => {
    const mounted = [proxy, database].flatMap((one) => one?.volumes ?? [])
    for (const volume of Object.keys(compose.volumes)) {
      expect(mounted.some((mount) => mount.startsWith(`${volume}:`))).toBe(true)
    }
    expect(milepost?.stop_grace_period).toBe('90s')
    const files = mounted.filter((mount) => mount.startsWith('./')).map((mount) => mount.split(':'))
    expect(files.every(([file = '']) => existsSync(new URL(file, root)))).toBe(true)
  })

  test('lets only what the platforms call, and calendars by their links, through the proxy', () => {
    const paths = /@platforms path (.+)/.exec(read('deploy/Caddyfile'))?.[1]?.split(' ')
    expect(paths).toEqual([
      ...['/slack/events', '/slack/install', '/slack/oauth_redirect', '/api/messages'],
      ...['/healthz', '/privacy', '/terms', '/dates/*'],
    ])
  })
  test('gives the proxy the limits that Milepost has itself', () => {
    const caddyfile = read('deploy/Caddyfile')
    const settings = new Map(
      [...caddyfile.matchAll(/^\s*(\w+) ([\d.]+)(\w*)$/gm)].map(([, name = '', n, unit = '']) => [
        name,
        [Number(n), unit],
      ]),
    )
    expect(settings.get('max_size')).toEqual([bodyLimits.bodyBytes / 1024 ** 2, 'MiB'])
    expect(settings.get('max_header_size')).toEqual([serverLimits.headerBytes / 1024, 'KiB'])
    expect(settings.get('read_header')).toEqual([serverLimits.headersMs / 1000, 's'])
    expect(settings.get('read_body')).toEqual([serverLimits.requestMs / 1000, 's'])
    const [keepAlive] = settings.get('keepalive') ?? []
    expect(keepAlive).toBeLessThan(serverLimits.keepAliveMs / 1000)
    const [connections] = settings.get('max_conns_per_host') ?? []
    expect(connections).toBeLessThan(serverLimits.connections)
  })
})
