import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { migrationsFolder } from '../../prisma/difference.ts'

/** Before the first release nobody ran an older version. */
const firstGivenOut = '20261129154507'

/** Statements that remove, rename or tighten something that the previous version still reads or writes. */
const breaking =
  /\b(DROP (TABLE|COLUMN|TYPE)|RENAME|SET NOT NULL|ALTER COLUMN "\w+" (SET DATA )?TYPE)\b/

const statements = readdirSync(migrationsFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({
    name,
    sql: readFileSync(`${migrationsFolder}/${name}/migration.sql`, 'utf8'),
  }))

test('migrations only add, so that the previous version keeps running beside the new one during an upgrade', () => {
  const lately = statements.filter(({ name }) => name >= firstGivenOut)
  expect(lately.length).toBeGreaterThan(0)
  expect(lately.filter(({ sql }) => breaking.test(sql)).map(({ name }) => name)).toEqual([])
})

test.each([
  'ALTER TABLE "OutboxMessage" DROP COLUMN "why"',
  'ALTER TABLE "OutboxMessage" RENAME TO "Message"',
  'ALTER TABLE "Digest" ALTER COLUMN "number" SET NOT NULL',
  'ALTER TABLE "Digest" ALTER COLUMN "number" SET DATA TYPE TEXT',
])('"%s" would break it', (sql) => {
  expect(sql).toMatch(breaking)
})
