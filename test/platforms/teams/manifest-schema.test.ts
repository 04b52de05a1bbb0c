import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import Ajv from 'ajv-draft-04'
import { z } from 'zod'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { parseCommand } from '../../../src/chat/commands.ts'
import { listUsages } from '../../../src/chat/help.ts'
import { teams } from '../../../src/platforms/teams/index.ts'

/** Microsoft's own schema of the Teams manifest, from npm, in the version that the manifest names. */

const versioned = z.looseObject({ manifestVersion: z.string() })
const validators = new Map<string, (manifest: unknown) => string[]>()

function problemsOf(manifest: unknown): string[] {
  const { manifestVersion } = versioned.parse(manifest)
  const known = validators.get(manifestVersion) ?? validatorOf(manifestVersion)
  validators.set(manifestVersion, known)
  return known(manifest)
}

function validatorOf(version: string): (manifest: unknown) => string[] {
  const schema = new URL(
    `../../../node_modules/@microsoft/app-manifest/build/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`,
    import.meta.url,
  )
  // Formats are hints; the schema's own patterns hold ids and addresses.
  const ajv = new Ajv.default({ strict: false, allErrors: true, validateFormats: false })
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))
  return (manifest) => {
    validate(manifest)
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}

const { commands, manifestCommands } = buildCommandRegistry()
const usages = listUsages(manifestCommands)
const options = { command: '/rag', usages, publicUrl: 'https://milepost.council.example' }

test('the manifest with every command is valid by the schema of its version', () => {
  const { manifest } = teams.buildManifest(undefined, options)
  expect(problemsOf(manifest)).toEqual([])
})

test('a manifest with a wrong id and an unknown scope is not', () => {
  const { manifest } = teams.buildManifest(undefined, options)
  const bots = [{ botId: 'none', scopes: ['everywhere'] }]
  expect(problemsOf({ ...manifest, id: 'none', bots })).toEqual(
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
  for (const title of titles) expect(() => parseCommand(commands, title, '@Milepost')).not.toThrow()
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
