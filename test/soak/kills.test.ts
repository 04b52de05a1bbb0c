import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { closeDatabase, type Database, openDatabase } from '../../src/infra/db.ts'
import { freshUrl } from '../support/database.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { type ChatFakes, startChatFakes } from './chat-fakes.ts'
import { count, enqueueSome, type KillRun, killRound, prepare, settle } from './kill-run.ts'
import { startService } from './service-process.ts'

// Allows for a loaded machine: each service is a process of its own, and messages of a dead one are taken over half a
// minute later.
jest.setTimeout(300_000)

let fakes: ChatFakes
let db: Database
let drop: () => Promise<void>
let folder: string
let run: KillRun
beforeAll(async () => {
  fakes = await startChatFakes()
  const fresh = await freshUrl('empty')
  folder = await mkdtemp(join(tmpdir(), 'milepost-soak-'))
  const options = {
    databaseUrl: fresh.url,
    dataDir: folder,
    slack: fakes.slackConfig,
    teams: fakes.teamsConfig,
  }
  const random = seededRandom(1 + Math.floor(Math.random() * 1_000_000))
  // The first start, on an empty database, is killed too.
  const first = startService(options)
  await new Promise((resolve) => setTimeout(resolve, 300 + random.below(1_200)))
  await first.kill()
  const second = startService(options)
  if (!(await second.url))
    throw new Error('Milepost does not start after its first start was killed.')
  await second.kill()
  db = await openDatabase(fresh.url, { maxConnections: 3 })
  drop = fresh.drop
  run = await prepare({ fakes, db, random, options })
})
afterAll(async () => {
  await closeDatabase(db)
  await drop()
  await fakes.close()
  await rm(folder, { recursive: true, force: true })
})

test('kill -9 at random moments, and one of two services freezing, lose and duplicate nothing', async () => {
  for (let kills = 0; kills < 3; kills += 1) await killRound(run, 1)
  const [running, frozen] = [startService(run.options), startService(run.options)]
  await Promise.all([running.url, frozen.url])
  await enqueueSome(run)
  frozen.freeze()
  await settle(run, [running])
  frozen.wake()
  expect(await Promise.all([running.stop(), frozen.stop()])).toEqual([0, 0])
  expect(await count(run)).toMatchObject({
    enqueued: 16,
    duplicated: [],
    lost: [],
    savedTwice: [],
    acknowledgedAndLost: [],
  })
})
