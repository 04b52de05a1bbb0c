import { describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { diagnoseDatabase } from '../../src/infra/diagnostics.ts'
import { freshUrl } from '../support/database.ts'

const now = () => new Date()
const asked = { dataDir: undefined, now }

async function onDatabase(
  from: 'migrated' | 'empty',
  work: (url: string) => Promise<void>,
): Promise<void> {
  const { url, drop } = await freshUrl(from)
  try {
    await work(url)
  } finally {
    await drop()
  }
}

describe('checking the database', () => {
  test('says which version answers, and that its tables are there', async () => {
    await onDatabase('migrated', async (url) => {
      const { diagnostics, isMigrated } = await diagnoseDatabase(url, asked)
      expect(isMigrated).toBe(true)
      expect(diagnostics[0]).toMatchObject({
        state: 'well',
        says: expect.stringMatching(/^PostgreSQL \d+ answers/),
      })
      expect(diagnostics.at(-1)?.says).toMatch(/^All \d+ migrations are applied\.$/)
    })
  })

  test('distinguishes a new database from a broken one', async () => {
    await onDatabase('empty', async (url) => {
      const { diagnostics, isMigrated } = await diagnoseDatabase(url, asked)
      expect(isMigrated).toBe(false)
      expect(diagnostics.at(-1)).toMatchObject({ state: 'look' })
    })
  })

  test('warns where an acknowledged update could be lost in a power cut', async () => {
    await onDatabase('migrated', async (url) => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      const name = pg.escapeIdentifier(new URL(url).pathname.slice(1))
      await client.query(`ALTER DATABASE ${name} SET synchronous_commit = off`)
      await client.end()
      const { diagnostics } = await diagnoseDatabase(url, asked)
      const warned = diagnostics.filter(({ state }) => state === 'mend')
      expect(warned).toMatchObject([
        { says: expect.stringMatching(/^synchronous_commit .*is off/) },
      ])
    })
  })
})
