import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts'
import { type ChatFakes, startChatFakes } from './chat-fakes.ts'
import type { Part, Soak } from './part.ts'
import type { PartResult } from './report.ts'
import { startService } from './service-process.ts'

/** The first start of an installation, with a database of its own, is killed while it sets itself up. */
export const firstStarts: Part = { name: 'first-starts', title: 'first starts', share: 0.03, run }

async function run({ folder, seed, amounts, isOver }: Soak): Promise<PartResult> {
  const random = seededRandom(seed + 1)
  const fakes = await startChatFakes()
  const faults: string[] = []
  let [killed, starts] = [0, 0]
  while (starts < amounts.kills / 50 && !isOver()) {
    try {
      killed += await killFirstStart(fakes, random, folder)
    } catch (error) {
      faults.push(String(error))
    }
    starts += 1
  }
  await fakes.close()
  return { done: `${killed} killed, ${starts} then started and stopped cleanly`, faults }
}

/**
 * Kills the first start one to three times at random moments, and checks that the next start works. Returns the number
 * of kills. @throws Error if the last start does not become ready, or does not stop cleanly
 */
async function killFirstStart(
  fakes: ChatFakes,
  random: SeededRandom,
  folder: string,
): Promise<number> {
  const dataDir = await mkdtemp(join(folder, 'first-'))
  await chmod(dataDir, 0o755)
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
