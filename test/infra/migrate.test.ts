import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { MigrationError, migrate } from '../../src/infra/migrate.ts'
import { freshUrl } from '../support/database.ts'

const first = { '1_first': 'CREATE TABLE note (words text);' }
const second = { ...first, '2_second': 'ALTER TABLE note ADD COLUMN at timestamptz;' }

let place: string
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'milepost-migrations-'))
})
afterAll(() => rm(place, { recursive: true }))

describe('bringing a database up to date', () => {
  test('applies each migration once', async () => {
    await onEmpty(async (url) => {
      const folder = await write(second)
      expect(await migrate(url, { folder })).toEqual({
        applied: ['1_first', '2_second'],
        ahead: [],
      })
      expect(await migrate(url, { folder })).toEqual({ applied: [], ahead: [] })
    })
  })

  test('records what prisma migrate deploy would', async () => {
    await onEmpty(async (url) => {
      await migrate(url, { folder: await write(first) })
      const rows = await ask(url, 'SELECT * FROM _prisma_migrations')
      expect(rows).toMatchObject([
        {
          migration_name: '1_first',
          checksum: createHash('sha256').update(first['1_first']).digest('hex'),
          applied_steps_count: 1,
          rolled_back_at: null,
          logs: null,
        },
      ])
      expect(rows[0]?.finished_at).toBeInstanceOf(Date)
    })
  })

  test('happens once where two processes start together', async () => {
    await onEmpty(async (url) => {
      const folder = await write({ ...second, '3_slow': 'SELECT pg_sleep(0.2)' })
      const both = await Promise.all([migrate(url, { folder }), migrate(url, { folder })])
      expect(both.map(({ applied }) => applied.length).sort()).toEqual([0, 3])
    })
  })

  test('rolls back a migration that fails, and keeps those before it', async () => {
    await onEmpty(async (url) => {
      const folder = await write({ ...first, '2_bad': 'CREATE TABLE half (); SELECT wrong();' })
      await expect(migrate(url, { folder })).rejects.toThrow(/2_bad failed: .*wrong.*Nothing of it/)
      expect(
        await ask(url, `SELECT to_regclass('half') AS half, to_regclass('note') AS note`),
      ).toEqual([{ half: null, note: 'note' }])
      expect(await migrate(url, { folder: await write(second) })).toEqual({
        applied: ['2_second'],
        ahead: [],
      })
    })
  })

  test('runs a whole script, with semicolons inside a function body', async () => {
    await onEmpty(async (url) => {
      const body = `CREATE FUNCTION two() RETURNS int AS $$ BEGIN PERFORM 1; RETURN 2; END $$ LANGUAGE plpgsql;`
      await migrate(url, { folder: await write({ '1_body': body }) })
      expect(await ask(url, 'SELECT two()')).toEqual([{ two: 2 }])
    })
  })

  test('refuses a file that was changed after it was applied', async () => {
    await onEmpty(async (url) => {
      await migrate(url, { folder: await write(first) })
      const changed = await write({ '1_first': 'CREATE TABLE note (words varchar);' })
      await expect(migrate(url, { folder: changed })).rejects.toThrow(/1_first was changed after/)
    })
  })

  test('accepts the same file with the line ends of Windows', async () => {
    await onEmpty(async (url) => {
      await migrate(url, { folder: await write({ '1_first': 'SELECT 1;\nSELECT 2;\n' }) })
      const turned = await write({ '1_first': 'SELECT 1;\r\nSELECT 2;\r\n' })
      expect(await migrate(url, { folder: turned })).toEqual({ applied: [], ahead: [] })
    })
  })

  test('lets an older version run on a newer database, and says so', async () => {
    await onEmpty(async (url) => {
      await migrate(url, { folder: await write(second) })
      expect(await migrate(url, { folder: await write(first) })).toEqual({
        applied: [],
        ahead: ['2_second'],
      })
    })
  })

  test('refuses a database that belongs to another line of versions', async () => {
    await onEmpty(async (url) => {
      await migrate(url, { folder: await write({ ...first, '2_theirs': 'SELECT 1' }) })
      const ours = migrate(url, { folder: await write({ ...first, '2_ours': 'SELECT 1' }) })
      await expect(ours).rejects.toThrow(MigrationError)
    })
  })

  test('refuses one that another tool left unfinished', async () => {
    await onEmpty(async (url) => {
      await migrate(url, { folder: await write(first) })
      await ask(url, 'UPDATE _prisma_migrations SET finished_at = NULL')
      await expect(migrate(url, { folder: await write(first) })).rejects.toThrow(/did not finish/)
    })
  })
})

describe('the migrations of this version', () => {
  test('build schema.prisma, no more and no less', async () => {
    // In a process of its own: Jest cannot load WebAssembly as a module.
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '--eval',
      `import { difference } from './prisma/difference.ts'
       console.log(JSON.stringify(await difference()))`,
    ])
    expect(JSON.parse(stdout)).toBeNull()
  }, 30_000)
})

async function onEmpty(test: (url: string) => Promise<void>): Promise<void> {
  const { url, drop } = await freshUrl('empty')
  try {
    await test(url)
  } finally {
    await drop()
  }
}

async function write(migrations: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(place, 'set-'))
  for (const [name, sql] of Object.entries(migrations)) {
    await mkdir(join(folder, name))
    await writeFile(join(folder, name, 'migration.sql'), sql)
  }
  return folder
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
