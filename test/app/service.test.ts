import { afterEach, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createPlatformRegistry } from '../../src/app/platform-registry.ts'
import { type Service, startService } from '../../src/app/service.ts'
import { systemClock } from '../../src/base/clock.ts'
import {
  configurePlatform,
  defineEnvironment,
  type PlatformDefinition,
} from '../../src/chat/platform-definition.ts'
import { PlatformUnavailableError, unknownChannel } from '../../src/chat/port.ts'
import { endOutage, recordOutage } from '../../src/outbox/workspace-outages.ts'
import { useDatabase } from '../support/database.ts'

const store = useDatabase()
let milepost: Service
afterEach(() => milepost.stop())

const quiet = () => {}

/** A platform that starts by `start`. */
const platform = (name: string, start: () => Promise<void>): PlatformDefinition<string> => ({
  name,
  title: name,
  environment: defineEnvironment(z.object({}), {
    isGiven: () => true,
    findMissing: () => [],
    toConfig: () => name,
  }),
  rateLimits: { conversation: [], workspace: [], edits: [] },
  commandPrefix: () => '!',
  explain: () => undefined,
  connectionMode: () => 'none',
  exposure: () => 'none',
  create: async () => ({
    ...{ name, routes: [], start, stop: async () => {} },
    send: async (place, { key }) => ({ place, messageId: key }),
    update: async () => {},
    find: async () => 'cannot tell',
    profile: async ({ user }) => ({ displayName: user }),
    members: async () => 'cannot tell' as const,
    channel: async () => unknownChannel,
  }),
  diagnose: async () => [],
  buildManifest: () => ({ manifest: {} }),
})

const works = async () => {}
const isAway = async () => {
  throw new PlatformUnavailableError('http_503', 'It answered with HTTP 503.', 'no')
}

async function start(...definitions: PlatformDefinition<string>[]): Promise<void> {
  milepost = await startService({
    store: { ...{ db: store.db, url: store.url }, close: async () => {} },
    clock: systemClock,
    random: () => 0.5,
    log: { info: quiet, warn: quiet, error: quiet },
    host: '127.0.0.1',
    port: 0,
    command: '/rag',
    keepMessagesDays: 730,
    registry: createPlatformRegistry(definitions),
    platforms: definitions.map((definition) => configurePlatform(definition, definition.name)),
  })
}

async function readyz() {
  const response = await fetch(`${milepost.url}/readyz`)
  return [response.status, ...(await response.text()).split('\n')]
}

describe('a platform that answers with 503 at the start', () => {
  test('does not keep the other from working, and is shown', async () => {
    await start(platform('one', isAway), platform('two', works))
    expect(await readyz()).toEqual([
      ...[200, 'ready', 'database: working', 'one: not answering', 'two: working'],
    ])
  })

  test('where there is no other, leaves the service running but not ready', async () => {
    await start(platform('one', isAway))
    expect(await readyz()).toEqual([503, 'not ready', 'database: working', 'one: not answering'])
  })
})

test('a workspace that refuses Milepost is shown, and keeps the service from nothing', async () => {
  await start(platform('one', works))
  const since = new Date('2017-02-27T10:00:00Z')
  const workspace = { platform: 'one', tenant: 'T1' }
  await recordOutage(store.db, workspace, 'one:token_revoked', since)
  expect(await readyz()).toEqual([
    ...[200, 'ready', 'database: working', 'one: working'],
    'one: a workspace refuses Milepost since 2017-02-27T10:00:00.000Z (one:token_revoked)',
  ])
  await endOutage(store.db, workspace)
})
