import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { SeededRandom } from '../support/seeded-random.ts'
import type { ChatFakes } from './chat-fakes.ts'
import { startService } from './service-process.ts'

/**
 * Kills the first start of an installation (with an embedded database) one to three times at random moments, and
 * checks that the next start works. Returns the number of kills.
 * @throws Error if the last start does not become ready, or does not stop cleanly
 */
export async function killFirstStart(fakes: ChatFakes, random: SeededRandom): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'milepost-first-'))
  const options = {
    ...{ databaseUrl: undefined, dataDir },
    ...{ slack: fakes.slackConfig, teams: fakes.teamsConfig },
  }
  const kills = 1 + random.below(3)
  for (let count = 0; count < kills; count += 1) {
    const service = startService(options)
    await pause(random.below(4_000))
    await service.kill()
  }
  const service = startService(options)
  const url = await service.url
  const isReady = url !== undefined && (await fetch(`${url}/readyz`)).status === 200
  const code = await service.stop()
  await rm(dataDir, { recursive: true, force: true })
  if (!isReady || code !== 0) {
    throw new Error(`After ${kills} killed first starts, Milepost did not start (exit ${code}).`)
  }
  return kills
}
