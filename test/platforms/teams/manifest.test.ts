import { describe, expect, test } from '@jest/globals'
import { teamsManifest } from '../../../src/platforms/teams/manifest.ts'

const appId = '5d1c1a5e-bbbb-4000-8000-00000000bbbb'
const version = '1.2.3'
const help = { title: 'help', description: 'What Milepost understands' }

describe('the Teams manifest', () => {
  test('lists the commands for chats and teams', () => {
    const manifest = teamsManifest({
      appId,
      version,
      commands: [help],
      publicHost: 'bot.council.example',
    })
    expect(manifest).toMatchObject({
      id: appId,
      bots: [
        {
          botId: appId,
          scopes: ['personal', 'team'],
          commandLists: [{ scopes: ['personal', 'team'], commands: [help] }],
        },
      ],
      validDomains: ['bot.council.example'],
    })
  })

  test('keeps the limits of its schema in our own words', () => {
    const { name, description } = teamsManifest({ appId, version, commands: [] }) as {
      name: { short: string; full: string }
      description: { short: string; full: string }
    }
    expect(name.short.length).toBeLessThanOrEqual(30)
    expect(name.full.length).toBeLessThanOrEqual(100)
    expect(description.short.length).toBeLessThanOrEqual(80)
    expect(description.full.length).toBeLessThanOrEqual(4000)
  })

  test('offers the first commands where there are more, or longer ones, than Teams lists', () => {
    const many = Array.from({ length: 13 }, (_, n) => ({ ...help, title: `help ${n}` }))
    const tooLong = { title: 'x'.repeat(129), description: '' }
    const manifest = teamsManifest({ appId, version, commands: [tooLong, ...many] })
    expect(manifest).toMatchObject({
      bots: [{ commandLists: [{ commands: many.slice(0, 12) }] }],
    })
  })

  test('shortens what is said of a command to what Teams takes', () => {
    const manifest = teamsManifest({
      ...{ appId, version },
      commands: [{ title: 'help', description: 'word '.repeat(1000) }],
    })
    const { bots } = manifest as {
      bots: { commandLists: { commands: { description: string }[] }[] }[]
    }
    const [help] = bots[0]?.commandLists[0]?.commands ?? []
    expect(help?.description).toMatch(/…$/)
    expect(help?.description.length).toBeLessThanOrEqual(4000)
  })
})
