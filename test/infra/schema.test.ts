import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { startJobs } from '../../src/infra/jobs.ts'
import { useDatabase } from '../support/database.ts'

const fresh = useDatabase()
const log = { warn: () => {}, error: () => {} }

/**
 * Foreign keys without an index. It would serve the deletion of a programme, which never happens, and rewriting it made
 * the leasing of 10,000 messages a fifth slower.
 */
const unindexed = ['OutboxMessage.programmeId']

describe('the schema', () => {
  test('has an index that begins with the column of each foreign key', async () => {
    const rows = await fresh.db.$queryRaw<{ name: string }[]>`
      SELECT constrained.relname || '.' || attribute.attname AS name
      FROM pg_constraint foreign_key
      JOIN pg_class constrained ON constrained.oid = foreign_key.conrelid
      JOIN pg_attribute attribute
        ON attribute.attrelid = foreign_key.conrelid AND attribute.attnum = foreign_key.conkey[1]
      WHERE foreign_key.contype = 'f' AND NOT EXISTS (
        SELECT FROM pg_index
        WHERE indrelid = foreign_key.conrelid AND indkey[0] = foreign_key.conkey[1])
      ORDER BY name`
    expect(rows.map(({ name }) => name)).toEqual(unindexed)
  })

  test('has a foreign key for each column that holds an id of another row', async () => {
    const rows = await fresh.db.$queryRaw<{ name: string }[]>`
      SELECT table_name || '.' || column_name AS name
      FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'uuid' AND column_name LIKE '%Id'
        AND NOT EXISTS (
          SELECT FROM pg_constraint
          JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
          WHERE contype = 'f' AND conrelid = format('%I', table_name)::regclass
            AND attname = column_name)
      ORDER BY name`
    expect(rows.map(({ name }) => name)).toEqual([])
  })

  test('has a row for each table in the list of how they grow, the job engine’s own too', async () => {
    const listed = readFileSync('docs/operating.md', 'utf8').split('## How every table grows')[1]
    const jobs = await startJobs({ url: fresh.url, log })
    await jobs.stop(false)
    const rows = await fresh.db.$queryRaw<{ name: string }[]>`
      SELECT CASE table_schema WHEN 'public' THEN '' ELSE table_schema || '.' END || table_name AS name
      FROM information_schema.tables
      WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE'
        AND table_name NOT SIMILAR TO 'queue_stats_%'
      ORDER BY name`
    const [table = ''] = (listed ?? '').split('\n## ')
    expect(rows.length).toBeGreaterThan(50)
    expect(rows.filter(({ name }) => !table.includes(`\`${name}\``))).toEqual([])
  })

  test('lets nobody delete a person to whom the history refers', async () => {
    const rows = await fresh.db.$queryRaw<{ name: string }[]>`
      SELECT conname AS name FROM pg_constraint
      WHERE contype = 'f' AND confrelid = '"Person"'::regclass AND confdeltype NOT IN ('r', 'a')
        AND conname <> 'Leave_deputyId_fkey'`
    expect(rows).toEqual([])
  })
})
