import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { Refusal } from '../../src/base/errors.ts'
import { writeBackup } from '../../src/infra/backup/backup.ts'
import { restoreBackup } from '../../src/infra/backup/restore.ts'
import { tablesInOrder } from '../../src/infra/backup/tables.ts'
import { markPossiblySent } from '../../src/outbox/after-restore.ts'
import { type FreshDatabase, freshDatabase, freshUrl } from '../support/database.ts'

/** Everything is written into one file and read again, row for row. */

let folder: string
let full: FreshDatabase
const file = () => join(folder, 'milepost.backup')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milepost-backup-'))
  full = await freshDatabase()
  await ask(full.url, sample)
})
afterAll(async () => {
  await full.drop()
  await rm(folder, { recursive: true })
})

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** Rows of every awkward kind: zones, arrays, JSON, bytes, enums, a large number, a row that refers to another. */
const sample = `
  INSERT INTO "Programme" (id, key, title, settings, "createdAt")
  VALUES ('${id(1)}', 'T1', E'Tab\\there, line\\nthere, “quotes” عربى', '{"scheme": "brag"}', '2017-03-26T01:30:00Z');
  INSERT INTO "Person" (id, name, "createdAt") VALUES ('${id(2)}', 'Asha Verity', '2017-01-01T00:00:00.123Z');
  INSERT INTO "Picture" (id, "programmeId", png, alt, at)
  VALUES ('${id(3)}', '${id(1)}', '\\x89504e470a00ff', 'Nothing', '2017-01-01T00:00:00Z');
  INSERT INTO "WorkingPattern" (id, "personId", weekdays, "fromDay", source, at)
  VALUES ('${id(4)}', '${id(2)}', '{monday,tuesday}', '2017-01-01', 'chat', '2017-01-01T00:00:00Z');
  INSERT INTO "OutboxMessage" (id, key, kind, platform, tenant, conversation, "placeKind", card, data, topics, sequence,
    state, "notBefore", "createdAt")
  VALUES ('${id(9)}', 'root', 'digest', 'slack', 'T', 'C', 'channel', 'digest', '{}', '{a,b}', 9007199254740993,
    'sent', '2017-01-01T00:00:00Z', '2017-01-01T00:00:00Z');
  INSERT INTO "OutboxMessage" (id, key, kind, platform, tenant, conversation, "placeKind", card, data, "afterId",
    state, "notBefore", "createdAt", sequence)
  VALUES ('${id(5)}', 'part', 'digest', 'slack', 'T', 'C', 'channel', 'digest', '{}', '${id(9)}',
    'waiting', '2017-01-01T00:00:00Z', '2017-01-01T00:00:00Z', 9007199254740994);`

describe('a backup', () => {
  test('is restored row for row, and what is written next is counted on', async () => {
    await writeBackup(full.url, file())
    const empty = await freshUrl('empty')
    try {
      const { rows } = await restoreBackup(empty.url, file())
      expect(rows).toMatchObject({
        Programme: 1,
        Person: 1,
        Picture: 1,
        OutboxMessage: 2,
        Milestone: 0,
      })
      const same = 'SELECT p.*, d.key FROM "Picture" p, "Programme" d'
      expect(await ask(empty.url, same)).toEqual(await ask(full.url, same))
      expect(await everything(empty.url)).toEqual({
        ...(await everything(full.url)),
      })
      const next = `SELECT nextval(pg_get_serial_sequence('"OutboxMessage"', 'sequence')) AS number`
      expect(await ask(empty.url, next)).toEqual([{ number: '9007199254740995' }])
    } finally {
      await empty.drop()
    }
  })

  test('leaves to a person what was on its way: it may have been sent since', async () => {
    await writeBackup(full.url, file())
    const empty = await freshUrl('empty')
    try {
      await restoreBackup(empty.url, file(), { afterInsert: markPossiblySent })
      expect(
        await ask(
          empty.url,
          'SELECT key, state, "errorCode", error FROM "OutboxMessage" ORDER BY sequence',
        ),
      ).toEqual([
        { key: 'root', state: 'sent', errorCode: null, error: null },
        {
          key: 'part',
          state: 'uncertain',
          errorCode: 'restored',
          error: expect.stringMatching(/restored from a backup/),
        },
      ])
    } finally {
      await empty.drop()
    }
  })

  test('restores a row before the row of the same table that it refers to', async () => {
    const source = await freshDatabase()
    const empty = await freshUrl('empty')
    try {
      // More rows than one statement inserts. The first refers to the last.
      await ask(
        source.url,
        `INSERT INTO "OutboxMessage" (id, key, kind, platform, tenant, conversation, "placeKind", card, data, "afterId",
           "notBefore", "createdAt")
         SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, n::text, 'digest', 'slack', 'T', 'C',
           'channel', 'digest', '{}', CASE n WHEN 1 THEN '${id(1_500)}'::uuid END, now(), now()
         FROM generate_series(1, 1500) n`,
      )
      await writeBackup(source.url, file())
      const { rows } = await restoreBackup(empty.url, file())
      expect(rows).toMatchObject({ OutboxMessage: 1_500 })
      const constraint = `SELECT condeferrable FROM pg_constraint WHERE conname = 'OutboxMessage_afterId_fkey'`
      expect(await ask(empty.url, constraint)).toEqual([{ condeferrable: false }])
      const first = `SELECT "afterId" FROM "OutboxMessage" WHERE key = '1'`
      expect(await ask(empty.url, first)).toEqual([{ afterId: id(1_500) }])
    } finally {
      await empty.drop()
      await source.drop()
    }
  })

  test('can be read by its owner alone, and leaves nothing half written', async () => {
    await writeBackup(full.url, file())
    expect((await stat(file())).mode & 0o777).toBe(0o600)
    const missing = join(folder, 'no-such-folder', 'file')
    await expect(writeBackup(full.url, missing)).rejects.toThrow(/ENOENT/)
  })

  test('of an older version is brought up to this one', async () => {
    await writeBackup(full.url, file())
    const migrationsFolder = join(folder, 'migrations')
    await cp('prisma/migrations', migrationsFolder, { recursive: true })
    await mkdir(join(migrationsFolder, '29990101_motto'))
    await writeFile(
      join(migrationsFolder, '29990101_motto', 'migration.sql'),
      `ALTER TABLE "Programme" ADD COLUMN motto text NOT NULL DEFAULT 'none yet'`,
    )
    const empty = await freshUrl('empty')
    try {
      await restoreBackup(empty.url, file(), { migrationsFolder })
      expect(await ask(empty.url, 'SELECT key, motto FROM "Programme"')).toEqual([
        { key: 'T1', motto: 'none yet' },
      ])
    } finally {
      await empty.drop()
    }
  })
})

describe('restoring is refused, and changes nothing', () => {
  test('where there is data already', async () => {
    await backedUp()
    await expect(restoreBackup(full.url, file())).rejects.toThrow(/There is data in this database/)
  })

  test.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
    ['without its end', (bytes: Buffer) => again(bytes, (lines) => lines.slice(0, -2))],
    ['without a row', (bytes: Buffer) => again(bytes, (lines) => lines.toSpliced(2, 1))],
    ['something else', () => gzipSync('hello')],
    ['not packed', () => Buffer.from('hello')],
  ])('where the file is %s', async (_, change) => {
    const broken = join(folder, 'broken.backup')
    await writeFile(broken, change(await backedUp()))
    const empty = await freshUrl('empty')
    try {
      const refused = await restoreBackup(empty.url, broken).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(Refusal)
      expect(String(refused)).toMatch(/is not a whole backup of Milepost/)
      const there = await ask(empty.url, `SELECT to_regclass('"Person"') IS NOT NULL AS made`)
      if (there[0]?.made) {
        expect(await ask(empty.url, 'SELECT count(*)::int AS people FROM "Person"')).toEqual([
          { people: 0 },
        ])
      }
    } finally {
      await empty.drop()
    }
  })

  test.each<[what: string, change: (lines: string[]) => string[], why: string]>([
    [
      'a line of zeros',
      ([head = '']) => [head, '0'.repeat(70_000_000)],
      'a line of it is too long',
    ],
    [
      'blank lines',
      ([head = '', ...rest]) => [head, '', ...rest],
      'a line of it is none that a backup has',
    ],
    [
      'a line after its end',
      (lines) => [...lines.slice(0, -1), '{"rows":{}}'],
      'a line of it is none',
    ],
    [
      'a table of PostgreSQL',
      ([head = '']) => [head, 'pg_authid\t{}'],
      'a table that Milepost does not have',
    ],
    [
      'a table named as a property',
      ([head = '']) => [head, 'constructor\t{}'],
      'a table that Milepost does not have',
    ],
    [
      'a row that nests without end',
      ([head = '', ...rest]) => [head, `Programme\t${'[{"a":'.repeat(100_000)}`, ...rest],
      'rows of Programme cannot be read',
    ],
  ])('where somebody put %s into it', async (_, change, why) => {
    const hostile = join(folder, 'hostile.backup')
    await writeFile(hostile, again(await backedUp(), change))
    const empty = await freshUrl('empty')
    try {
      await expect(restoreBackup(empty.url, hostile)).rejects.toThrow(why)
      expect(await ask(empty.url, 'SELECT count(*)::int AS people FROM "Person"')).toEqual([
        { people: 0 },
      ])
    } finally {
      await empty.drop()
    }
  })

  test('a file that is not there is said not to be there', async () => {
    await expect(restoreBackup('postgresql://unused', join(folder, 'none.backup'))).rejects.toThrow(
      /^There is no file .*none\.backup\. Nothing was changed\.$/,
    )
  })

  test('where a newer version wrote it', async () => {
    const newer = join(folder, 'newer.backup')
    const bytes = again(await backedUp(), ([head = '', ...rest]) => [
      head.replace('"migrations":[', '"migrations":["29990101_ahead",'),
      ...rest,
    ])
    await writeFile(newer, bytes)
    const empty = await freshUrl('empty')
    try {
      await expect(restoreBackup(empty.url, newer)).rejects.toThrow(
        /newer version .*29990101_ahead/,
      )
    } finally {
      await empty.drop()
    }
  })
})

async function backedUp(): Promise<Buffer> {
  await writeBackup(full.url, file())
  return readFile(file())
}

function again(bytes: Buffer, change: (lines: string[]) => string[]): Buffer {
  return gzipSync(change(gunzipSync(bytes).toString().split('\n')).join('\n'))
}

async function everything(url: string): Promise<Record<string, unknown>> {
  return withClient(url, async (client) => {
    const all: Record<string, unknown> = {}
    for (const table of await tablesInOrder(client)) {
      const { rows } = await client.query(
        `SELECT to_jsonb(one) AS row FROM ${pg.escapeIdentifier(table)} one ORDER BY 1`,
      )
      all[table] = rows
    }
    return all
  })
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  return withClient(url, async (client) => (await client.query(sql)).rows ?? [])
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
