import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { parseCommand } from '../../../src/chat/commands.ts'
import { listUsages } from '../../../src/chat/help.ts'
import { teams } from '../../../src/platforms/teams/index.ts'
import { manifestProblems } from '../../support/teams-manifest-schema.ts'

const { commands, manifestCommands } = buildCommandRegistry()
const usages = listUsages(manifestCommands)
const options = {
  command: '/rag',
  usages,
  publicUrl: 'https://milepost.council.example',
  version: '1.2.3',
}

test('the manifest with every command is valid by the schema of its version', () => {
  const { manifest } = teams.buildManifest(undefined, options)
  expect(manifestProblems(manifest)).toEqual([])
})

test('a manifest with a wrong id and an unknown scope is not', () => {
  const { manifest } = teams.buildManifest(undefined, options)
  const bots = [{ botId: 'none', scopes: ['everywhere'] }]
  expect(manifestProblems({ ...manifest, id: 'none', bots })).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^\/id /),
      expect.stringMatching(/^\/bots\/0\//),
    ]),
  )
})

test('each command of the menu is understood as it is sent when somebody picks it', () => {
  const { manifest } = teams.buildManifest(undefined, options)
  const titles = menu.parse(manifest).bots[0].commandLists[0].commands.map(({ title }) => title)
  expect(titles.length).toBeGreaterThan(5)
  for (const title of titles) expect(parseCommand(commands, title)).toBeDefined()
})

const menu = z.object({
  bots: z.tuple([
    z.looseObject({
      commandLists: z.tuple([
        z.looseObject({ commands: z.array(z.looseObject({ title: z.string() })) }),
      ]),
    }),
  ]),
})
