import { type Service, startService } from '../../src/app/service.ts'
import type { AdminAccount } from '../../src/authority/admins.ts'
import type { Log } from '../../src/base/log.ts'
import type { ConfiguredPlatform } from '../../src/chat/platform-definition.ts'
import type { Database } from '../../src/infra/db.ts'
import { freshDatabase } from '../support/database.ts'

/** The whole of Milepost, empty, for a counterpart that others wrote. */
export interface ServedMilepost {
  readonly service: Service
  readonly db: Database
  /** Errors and warnings that were logged. */
  readonly trouble: readonly string[]
  /** Says and sends what is due at this moment (ISO); it only moves forward. */
  moveTo(moment: string): Promise<void>
  close(): Promise<void>
}

/** A Monday. It lies ahead of the real time with which counterparts sign: a signature from the future would be refused. */
const start = '2030-01-07T10:00:00Z'

export async function serveMilepost(
  platform: ConfiguredPlatform,
  admins: readonly AdminAccount[],
): Promise<ServedMilepost> {
  const { db, url, drop } = await freshDatabase()
  const trouble: string[] = []
  const note = (fields: object, message: string) => {
    trouble.push(`${message} ${JSON.stringify(fields)}`)
  }
  const log: Log = { info: () => {}, warn: note, error: note }
  let now = new Date(start)
  const service = await startService({
    store: { db, url, close: async () => {} },
    clock: { now: () => new Date(now) },
    random: () => 0.5,
    log,
    ...{ host: '127.0.0.1', port: 0, command: '/rag', keepMessagesDays: 730 },
    installation: { admins, samples: [] },
    platforms: [platform],
  })
  return {
    ...{ service, db, trouble },
    moveTo: async (moment) => {
      now = new Date(moment)
      await service.tick()
      await service.drain()
    },
    close: async () => {
      await service.stop()
      await drop()
    },
  }
}

/** Resolves once `check` passes, which is tried again for `ms` milliseconds. @throws what it threw last */
export async function eventually<T>(check: () => T | Promise<T>, ms = 20_000): Promise<T> {
  const deadline = Date.now() + ms
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
