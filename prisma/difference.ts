/**
 * What the migrations lack to build the schema, without Prisma's downloaded engine: the migrations
 * are played into a PostgreSQL in memory (PGlite) and compared by Prisma's engine in WebAssembly.
 * Development only. The compare needs an empty database of its own, so it is never given a real one.
 */
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { type MigrationDirectory, SchemaEngine } from '@prisma/schema-engine-wasm'
import { PrismaPGlite } from 'pglite-prisma-adapter'

const schemaFile = fileURLToPath(new URL('schema.prisma', import.meta.url))
/** Where the migrations lie, one folder each, in the order of their names. */
export const migrationsFolder = fileURLToPath(new URL('migrations', import.meta.url))

/** The SQL that is missing between the migrations and schema.prisma; null where they agree. */
export async function difference(): Promise<string | null> {
  const schema = { path: schemaFile, content: await readFile(schemaFile, 'utf8') }
  const main = await PGlite.create()
  const shadow = await PGlite.create()
  // The package's own shadow is never closed and keeps the process waiting.
  const adapter = new PrismaPGlite(main)
  adapter.connectToShadowDb = () => new PrismaPGlite(shadow).connect()
  try {
    const engine = await SchemaEngine.new(
      { datamodels: [[schema.path, schema.content]] },
      () => {},
      bindMigrationAwareSqlAdapterFactory(adapter),
    )
    const found = await engine.diff({
      from: {
        tag: 'migrations',
        baseDir: migrationsFolder,
        lockfile: { path: 'migration_lock.toml', content: await lockFile() },
        shadowDbInitScript: '',
        migrationDirectories: await migrations(),
      },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    })
    return found.exitCode === 0 ? null : found.stdout
  } finally {
    await main.close()
    await shadow.close()
  }
}

async function migrations(): Promise<MigrationDirectory[]> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok',
          value: await readFile(`${migrationsFolder}/${name}/migration.sql`, 'utf8'),
        },
      },
    })),
  )
}

async function lockFile(): Promise<string | null> {
  try {
    return await readFile(`${migrationsFolder}/migration_lock.toml`, 'utf8')
  } catch {
    return null
  }
}
