import { describe, expect, test } from '@jest/globals'
import { realTimers } from '../../src/base/timeout.ts'
import { DatabaseUnavailableError } from '../../src/infra/db.ts'
import { retryPersist } from '../../src/outbox/in-flight.ts'

describe('retryPersist', () => {
  test('writes once the database is back', async () => {
    let tries = 0
    const noted = await retryPersist(
      async () => {
        tries += 1
        if (tries < 3) throw new DatabaseUnavailableError('away')
        return 'noted'
      },
      () => false,
      realTimers,
    )
    expect([noted, tries]).toEqual(['noted', 3])
  })

  test('gives up when the process is stopping, and throws any other error at once', async () => {
    const away = async () => {
      throw new DatabaseUnavailableError('away')
    }
    await expect(retryPersist(away, () => true, realTimers)).rejects.toThrow('away')
    const fault = async () => {
      throw new TypeError('a fault')
    }
    await expect(retryPersist(fault, () => false, realTimers)).rejects.toThrow('a fault')
  })
})
