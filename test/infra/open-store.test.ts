import { describe, expect, test } from '@jest/globals'
import { openStore, StoreOpenError } from '../../src/infra/open-store.ts'
import { freshUrl } from '../support/database.ts'

const nowhere = { dataDir: 'unused' }

describe('opening the store', () => {
  test('migrates an empty database, and logs it once', async () => {
    const { url, drop } = await freshUrl('empty')
    const said: string[] = []
    const options = {
      ...nowhere,
      databaseUrl: url,
      log: (message: string) => void said.push(message),
    }
    for (let start = 0; start < 2; start += 1) {
      const store = await openStore(options)
      expect(await store.db.programme.count()).toBe(0)
      await store.close()
    }
    expect(said).toEqual([
      expect.stringMatching(/^Database brought up to date: \d+_first_version, /),
    ])
    await drop()
  })

  test('names a server that does not answer, without credentials', async () => {
    const refused = await refusal('postgresql://me:s3cret@127.0.0.1:1/plan')
    expect(refused).toMatch(/^The database plan at 127\.0\.0\.1:1 does not answer \(ECONNREFUSED\)/)
    expect(refused).not.toMatch(/me:|s3cret/)
  })

  test('distinguishes a wrong password from a missing database', async () => {
    const { url, drop } = await freshUrl('empty')
    const changed = (change: (address: URL) => void) => {
      const address = new URL(url)
      change(address)
      return refusal(address.href)
    }
    const wrong = await changed((address) => {
      address.password = 'wr0ng'
    })
    const missing = await changed((address) => {
      address.pathname = '/nosuch'
    })
    await drop()
    expect(wrong).toMatch(/refused the user or the password/)
    expect(wrong).not.toMatch(/wr0ng/)
    expect(missing).toMatch(/^The database nosuch at .* does not exist/)
  })

  test.each(['localhost', 'mysql://me:s3cret@host/plan', 'postgres://me:s3 cret@ho st/plan'])(
    'refuses an invalid address, without repeating it: %s',
    async (databaseUrl) => {
      const refused = await refusal(databaseUrl)
      expect(refused).toMatch(/^DATABASE_URL is not an address/)
      expect(refused).not.toMatch(/s3/)
    },
  )
})

async function refusal(databaseUrl: string): Promise<string> {
  const error = await openStore({ ...nowhere, databaseUrl }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(StoreOpenError)
  return error instanceof StoreOpenError ? error.message : ''
}
