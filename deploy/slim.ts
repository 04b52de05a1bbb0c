/**
 * `npm run slim`, after `npm ci --omit=dev`: writes Prisma's client, then takes away what production never reads of its
 * packages. `npm ci` brings everything back. It also links the libraries of PostgreSQL, which a service that may only read
 * its folder could not do at its first start.
 */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import '../prisma/generate.ts'
import { installedFiles } from './unneeded-files.ts'

const modules = fileURLToPath(new URL('../node_modules', import.meta.url))

if (existsSync(join(modules, 'jest'))) {
  console.error(
    'The tests and the playground are installed here and need all of it. Nothing was removed. ' +
      'Install for production first: npm ci --omit=dev',
  )
  process.exitCode = 1
} else {
  const files = [...installedFiles(modules)]
  const unneeded = files.filter((file) => !file.isNeeded)
  for (const { path } of unneeded) await rm(join(modules, path))
  await linkPostgres()
  const megabytes = (some: readonly { bytes: number }[]) =>
    Math.round(some.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000)
  console.log(
    `The packages took ${megabytes(files)} MB and now take ${megabytes(files) - megabytes(unneeded)} MB.`,
  )
}

async function linkPostgres(): Promise<void> {
  const programs = new URL('../src/infra/embedded-binaries.ts', import.meta.url)
  // The image is made before the source is there, and has its PostgreSQL in another container.
  if (!existsSync(programs)) return
  const { findBinaries } = await import(programs.href)
  await findBinaries().catch(({ message }: Error) => console.log(message))
}
