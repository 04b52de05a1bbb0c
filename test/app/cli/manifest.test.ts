import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { strFromU8, unzipSync } from 'fflate'
import { z } from 'zod'
import manifestOfPackage from '../../../package.json' with { type: 'json' }
import {
  buildManifest,
  findMissingOfOthers,
  packManifest,
  readManifestConfig,
} from '../../../src/app/cli/manifest.ts'
import { manifestProblems } from '../../support/teams-manifest-schema.ts'

const appId = '5d1c1a5e-bbbb-4000-8000-00000000bbbb'
const site = 'https://milepost.council.example'
const teams = { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: 'secret', TEAMS_TENANT_ID: 'tenant' }

const pack = (platform: string, file: string, env: Record<string, string> = {}) =>
  packManifest(buildManifest(platform, readManifestConfig(env, platform)), file)

const command = z.looseObject({ title: z.string(), description: z.string() })
const manifestSchema = z.looseObject({
  id: z.string(),
  version: z.string(),
  developer: z.looseObject({
    name: z.string().max(32),
    websiteUrl: z.url({ protocol: /^https$/ }),
    privacyUrl: z.url({ protocol: /^https$/ }),
    termsOfUseUrl: z.url({ protocol: /^https$/ }),
  }),
  name: z.looseObject({ short: z.string().min(1).max(30), full: z.string().min(1).max(100) }),
  description: z.looseObject({ short: z.string().max(80), full: z.string().max(4000) }),
  icons: z.strictObject({ color: z.string(), outline: z.string() }),
  accentColor: z.string().regex(/^#[0-9A-F]{6}$/),
  bots: z.tuple([
    z.looseObject({
      botId: z.string(),
      commandLists: z.array(z.looseObject({ commands: z.array(command).max(12) })).max(3),
    }),
  ]),
  composeExtensions: z.tuple([
    z.looseObject({ botId: z.string(), commands: z.array(command).max(10) }),
  ]),
  validDomains: z.array(z.string()),
})

test('what another platform still lacks is said, and keeps no manifest', () => {
  const half = {
    SLACK_SIGNING_SECRET: 's',
    SLACK_APP_TOKEN: 'xapp-1',
    ...teams,
    TEAMS_TENANT_ID: '',
  }
  expect(findMissingOfOthers(half, 'slack')).toEqual([
    'TEAMS_TENANT_ID is missing beside TEAMS_APP_ID and TEAMS_APP_PASSWORD',
  ])
  expect(() => readManifestConfig(half, 'slack')).toThrow('SLACK_BOT_TOKEN is missing')
  expect(() => readManifestConfig(half, 'teams')).toThrow('TEAMS_TENANT_ID is missing')
  const slack = { ...half, SLACK_BOT_TOKEN: 'xoxb-1' }
  expect(buildManifest('slack', readManifestConfig(slack, 'slack'))).toHaveProperty('manifest')
  expect(findMissingOfOthers({ ...slack, ...teams }, 'slack')).toEqual([])
})

describe('the package for Teams', () => {
  let bytes: Uint8Array
  let files: Record<string, Uint8Array>
  let manifest: z.infer<typeof manifestSchema>

  beforeAll(async () => {
    bytes = await pack('teams', 'milepost.zip', { ...teams, PUBLIC_URL: `${site}/` })
    files = unzipSync(bytes)
    manifest = manifestSchema.parse(JSON.parse(strFromU8(files['manifest.json'] ?? bytes)))
  })

  test('has the manifest and the two icons that it names at its root, and nothing else', () => {
    const { color, outline } = manifest.icons
    expect(Object.keys(files)).toEqual(['manifest.json', color, outline])
    expect(strFromU8(bytes)).not.toContain('secret')
  })

  test('has a manifest that is valid by Microsoft’s schema', () => {
    expect(manifestProblems(manifest)).toEqual([])
  })

  // https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package and the pages on its fields
  test('keeps Microsoft’s rules that no schema holds', () => {
    expect(manifest.version).toBe(manifestOfPackage.version)
    const { id, bots, composeExtensions, developer, validDomains, description } = manifest
    expect([id, bots[0].botId, composeExtensions[0].botId]).toEqual([appId, appId, appId])
    expect(developer).toMatchObject({
      privacyUrl: `${site}/privacy`,
      termsOfUseUrl: `${site}/terms`,
    })
    // No scheme, no path and no wildcard that would let in what somebody else owns.
    expect(validDomains).toEqual(['milepost.council.example'])
    expect(description.full).not.toBe(description.short)
    const titles = composeExtensions[0].commands.map(({ title }) => title)
    expect(titles.filter((title) => title.length > 32)).toEqual([])
  })

  test('is the same file for the same settings', async () => {
    const again = await pack('teams', 'milepost.zip', { ...teams, PUBLIC_URL: site })
    expect(Buffer.compare(again, bytes)).toBe(0)
  })

  test.each([
    ['no bot', { PUBLIC_URL: site }, 'TEAMS_APP_ID'],
    ['no address', teams, 'PUBLIC_URL'],
  ])(
    'is not written with %s, which would have to be filled in by hand',
    async (_what, env, name) => {
      await expect(pack('teams', 'milepost.zip', env)).rejects.toThrow(
        new RegExp(`^${name} is not set.*\nNothing was written\\.$`),
      )
    },
  )

  test('has the ending that Teams takes', async () => {
    const asked = pack('teams', 'milepost.json', { ...teams, PUBLIC_URL: site })
    await expect(asked).rejects.toThrow('Give milepost.json the ending .zip. Nothing was written.')
  })
})

test('what Slack takes is the manifest alone', async () => {
  const bytes = await pack('slack', 'milepost.json', { PUBLIC_URL: site })
  expect(JSON.parse(strFromU8(bytes))).toMatchObject({ display_information: { name: 'Milepost' } })
})

test('a machine in production has it before it has any token, since the tokens come from the app', async () => {
  const env = { NODE_ENV: 'production', PUBLIC_URL: site }
  const bytes = await pack('slack', 'milepost.json', env)
  expect(strFromU8(bytes)).toContain(`${site}/slack/events`)
})

describe('the icons of the Teams app', () => {
  const read = (name: string) =>
    readFileSync(new URL(`../../../src/platforms/teams/icons/${name}`, import.meta.url))

  /** Its drawing as [red, green, blue, alpha] of each pixel, row by row. */
  function draw(name: string) {
    const image = new Resvg(read(`${name}.svg`).toString()).render()
    // Asked once: it copies the whole picture each time.
    const bytes = image.pixels
    const pixels = Array.from({ length: image.width * image.height }, (_, at) => [
      ...bytes.subarray(at * 4, at * 4 + 4),
    ])
    return { width: image.width, height: image.height, png: image.asPng(), pixels }
  }

  beforeAll(async () => {
    const wasm = fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm'))
    await initWasm(readFileSync(wasm))
  })

  test.each(['color', 'outline'])('%s.png is what %s.svg draws', (name) => {
    expect(Buffer.compare(read(`${name}.png`), draw(name).png)).toBe(0)
  })

  test('in colour has 192 pixels each way, fills the whole square, and has its mark in the middle 120', () => {
    const { width, height, pixels } = draw('color')
    expect([width, height]).toEqual([192, 192])
    const [ground] = pixels
    expect(pixels.filter(([, , , alpha]) => alpha !== 255)).toEqual([])
    const isInside = (at: number) => at >= 36 && at < 156
    const outside = pixels.filter((_, at) => !isInside(at % 192) || !isInside(Math.floor(at / 192)))
    expect(outside.filter((pixel) => String(pixel) !== String(ground))).toEqual([])
  })

  test('in outline has 32 pixels each way, and only white on transparent', () => {
    const { width, height, pixels } = draw('outline')
    expect([width, height]).toEqual([32, 32])
    // A pixel is stored with its colour multiplied by its alpha.
    const coloured = pixels.filter(([red, green, blue, alpha]) =>
      [red, green, blue].some((part) => part !== alpha),
    )
    expect(coloured).toEqual([])
    expect(pixels.filter(([, , , alpha]) => alpha === 0).length).toBeGreaterThan(500)
    expect(pixels.filter(([, , , alpha]) => alpha === 255).length).toBeGreaterThan(50)
  })
})
