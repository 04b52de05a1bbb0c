import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { readConfig } from '../../src/app/config.ts'
import { createPlatformRegistry } from '../../src/app/platform-registry.ts'
import { platforms } from '../../src/app/platforms.ts'
import { systemClock } from '../../src/base/clock.ts'
import {
  configurePlatform,
  defineEnvironment,
  type PlatformDefinition,
} from '../../src/chat/platform-definition.ts'
import { unknownChannel } from '../../src/chat/port.ts'
import { createBodyReader } from '../../src/chat/request-body.ts'
import { noInstallations } from '../../src/chat/workspace-installations.ts'

/** A third platform, which only logs: all that a new one has to say, and nothing else in src has to know it. */

interface ToyConfig {
  readonly room: string
}

const logged: string[] = []

const roomFull = { meaning: 'channel gone', words: 'The room is full. Choose another.' } as const

const toy: PlatformDefinition<ToyConfig> = {
  name: 'toy',
  title: 'Toy',
  environment: defineEnvironment(z.object({ TOY_ROOM: z.string().optional() }), {
    isGiven: ({ TOY_ROOM }) => TOY_ROOM !== undefined,
    findMissing: () => [],
    toConfig: ({ TOY_ROOM: room }) => (room === undefined ? undefined : { room }),
  }),
  rateLimits: { conversation: [{ messages: 1, perMs: 1_000 }], workspace: [], edits: [] },
  commandPrefix: () => '!',
  connectionMode: () => 'log',
  exposure: () => 'none',
  create: async ({ room }) => ({
    name: 'toy',
    routes: [],
    start: async () => {},
    stop: async () => {},
    send: async (place, { key }) => {
      logged.push(`${room}: ${key}`)
      return { place, messageId: key }
    },
    update: async () => {},
    find: async () => 'cannot tell',
    profile: async ({ user }) => ({ displayName: user }),
    members: async () => 'cannot tell' as const,
    channel: async () => unknownChannel,
  }),
  explain: (code) => (code === 'full' ? roomFull : undefined),
  diagnose: async () => [],
  buildManifest: () => ({ manifest: {} }),
}

const registry = createPlatformRegistry([...platforms.definitions, toy])

describe('a toy platform, the third', () => {
  test('is known by its title, prefix, limits and settings', () => {
    expect(registry.title('toy')).toBe('Toy')
    expect(registry.commandPrefix('toy', '/rag')).toBe('!')
    expect(registry.rateLimits.toy).toBe(toy.rateLimits)
    expect(registry.environmentNames).toContain('TOY_ROOM')
    expect(registry.explain('toy:full')).toBe(roomFull)
    expect(registry.explain('toy:empty')).toBeUndefined()
    expect(registry.explain('gave_up')).toBeUndefined()
  })

  test('is configured by its own settings, which replace the playground', () => {
    const config = readConfig({ TOY_ROOM: 'hall' }, registry)
    expect(config.platforms).toEqual([configurePlatform(toy, { room: 'hall' })])
    expect(config).toMatchObject({ playground: false, host: '127.0.0.1' })
  })

  test('runs by what its definition creates', async () => {
    const log = { info: () => {}, warn: () => {}, error: () => {} }
    const handle = async () => {
      throw new Error('Nobody asks.')
    }
    const adapter = await toy.create(
      { room: 'hall' },
      {
        ...{ handle, log, clock: systemClock, bodies: createBodyReader() },
        ...{ installations: noInstallations, renderPage: (text: string) => text },
        openChat: async () => undefined,
        files: { load: async () => undefined },
        noteAccount: async () => {},
        noteChannelMoved: async () => {},
      },
    )
    const place = { platform: 'toy', tenant: 't', conversation: 'c', kind: 'channel' } as const
    const card = { name: 'notice', data: {} }
    expect(await adapter.send(place, { key: 'k1', card })).toEqual({ place, messageId: 'k1' })
    expect(logged).toEqual(['hall: k1'])
  })
})

describe('a registry', () => {
  test('names a platform of an old row by what stands there', () => {
    expect(platforms.title('toy')).toBe('toy')
  })

  test('refuses a name twice, a name in capitals and the settings of another platform', () => {
    expect(() => createPlatformRegistry([toy, toy])).toThrow('Two platforms are called "toy"')
    expect(() => createPlatformRegistry([{ ...toy, name: 'Toy' }])).toThrow('small letters')
    expect(() => createPlatformRegistry([{ ...toy, name: 'doll' }])).toThrow('begin with DOLL_')
  })
})
