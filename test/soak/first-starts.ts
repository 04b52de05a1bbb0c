import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import { startService } from './process.ts'
import type { Town } from './town.ts'

/**
 * The very first start, with a database of its own, killed up to three times at random moments: the next one has to
 * work. Gives how many were killed. Throws where it does not start.
 */
export async function killFirstStart(town: Town, chance: Chance): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'milepost-first-'))
  const told = {
    ...{ databaseUrl: undefined, dataDir },
    ...{ slack: town.slackConfig, teams: town.teamsConfig },
  }
  const kills = 1 + chance.below(3)
  for (let count = 0; count < kills; count += 1) {
    const service = startService(told)
    await pause(chance.below(4_000))
    await service.kill()
  }
  const service = startService(told)
  const url = await service.url
  const isReady = url !== undefined && (await fetch(`${url}/readyz`)).status === 200
  const code = await service.stop()
  await rm(dataDir, { recursive: true, force: true })
  if (!isReady || code !== 0) {
    throw new Error(`After ${kills} first starts that were killed it did not start (exit ${code}).`)
  }
  return kills
}
