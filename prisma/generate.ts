/**
 * Writes Prisma's client to src/infra/prisma; npm runs this after every install.
 * Prisma's command line wants to download an engine that generating does not use (the generator
 * is WebAssembly). Pointing it at any executable keeps the install offline.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js')
const run = spawnSync(process.execPath, [prisma, 'generate', '--no-hints'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
  encoding: 'utf8',
})

if (run.status !== 0) {
  console.error(
    `Prisma's client could not be written to src/infra/prisma.\n${run.stdout}${run.stderr}`,
  )
  process.exitCode = 1
}
