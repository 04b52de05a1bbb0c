import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, link, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { installedFiles, isNeeded } from '../../deploy/unneeded-files.ts'
import { freshUrl } from '../support/database.ts'
import { lockedPackages, root } from './lock-file.ts'

const modules = fileURLToPath(new URL('node_modules', root))
const production = new Set(
  lockedPackages()
    .filter(({ dev }) => !dev)
    .map(({ path }) => path),
)
/** The files of the packages that `npm ci --omit=dev` installs. */
const files = [...installedFiles(modules)].filter(({ path }) => production.has(packageOf(path)))
const needed = files.filter((file) => file.isNeeded)

/** "node_modules/a/node_modules/@b/c" of "a/node_modules/@b/c/index.js" */
function packageOf(path: string): string {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(`node_modules/${path}`)?.[0] ?? ''
}

test('a production machine holds at most 350 MB of packages', () => {
  const bytes = needed.reduce((sum, file) => sum + file.bytes, 0)
  expect(Math.round(bytes / 1_000_000)).toBeLessThanOrEqual(350)
})

test.each([
  ['echarts/lib/core/echarts.js', true],
  ['echarts/dist/echarts.js', false],
  ['a/node_modules/echarts/dist/echarts.js', false],
  ['@prisma/client/runtime/query_compiler_small_bg.postgresql.wasm-base64.mjs', true],
  ['@prisma/client/runtime/query_compiler_small_bg.sqlite.wasm-base64.mjs', false],
  ['@prisma/adapter-pg/dist/index.mjs', true],
  ['@prisma/internals/dist/index.js', false],
  ['date-fns/locale/en-US.js', true],
  ['pino/LICENSE', true],
])('%s is needed: %s', (path, expected) => {
  expect(isNeeded(path)).toBe(expected)
})

describe('Milepost with what is left', () => {
  let copy = ''
  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'milepost-slim-'))
    const parts = [
      ...['src', 'prisma', 'adaptive-cards', 'package.json'],
      ...['test/supply-chain/production-run.ts', 'test/domain/digests/sample-charts.ts'],
    ]
    for (const part of parts) {
      await cp(fileURLToPath(new URL(part, root)), join(copy, part), { recursive: true })
    }
    const folders = new Set(needed.map(({ path }) => dirname(path)))
    for (const folder of folders)
      await mkdir(join(copy, 'node_modules', folder), { recursive: true })
    for (const { path } of needed) await place(path)
  }, 120_000)
  afterAll(() => rm(copy, { recursive: true, force: true }))

  /** By a hard link where the temporary folder is on the same disk. */
  async function place(path: string): Promise<void> {
    const [from, to] = [join(modules, path), join(copy, 'node_modules', path)]
    await link(from, to).catch(() => cp(from, to))
  }

  test('loads all of production, draws a chart, reads and writes sheets, and serves', async () => {
    const { url, drop } = await freshUrl()
    try {
      const run = spawn(process.execPath, [join(copy, 'test/supply-chain/production-run.ts')], {
        env: { PATH: process.env.PATH, DATABASE_URL: url },
      })
      let said = ''
      for (const stream of [run.stdout, run.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text
        })
      }
      const [code] = await once(run, 'close')
      expect(said).toBe('It works.\n')
      expect(code).toBe(0)
    } finally {
      await drop()
    }
  }, 120_000)
})
