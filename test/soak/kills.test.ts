import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { closeDatabase, type Database, openDatabase } from '../../src/infra/db.ts'
import { freshUrl } from '../support/database.ts'
import { chanceOf } from './chance.ts'
import { count, decideSome, killOnce, prepare, type Soak, settle } from './killing.ts'
import { startService } from './process.ts'
import { openTown, type Town } from './town.ts'

// A loaded machine is slow, not wrong: each Milepost is a process of its own, and what a dead one had in hand is
// taken over half a minute later.
jest.setTimeout(300_000)

let town: Town
let db: Database
let drop: () => Promise<void>
let folder: string
let soak: Soak
beforeAll(async () => {
  town = await openTown()
  const fresh = await freshUrl('empty')
  folder = await mkdtemp(join(tmpdir(), 'milepost-soak-'))
  const told = {
    databaseUrl: fresh.url,
    dataDir: folder,
    slack: town.slackConfig,
    teams: town.teamsConfig,
  }
  const chance = chanceOf(1 + Math.floor(Math.random() * 1_000_000))
  // The first start of all, on a database with nothing in it, is killed too.
  const first = startService(told)
  await new Promise((resolve) => setTimeout(resolve, 300 + chance.below(1_200)))
  await first.kill()
  const second = startService(told)
  if (!(await second.url))
    throw new Error('Milepost does not start after a first start that was killed.')
  await second.kill()
  db = await openDatabase(fresh.url, { maxConnections: 3 })
  drop = fresh.drop
  soak = await prepare({ town, db, chance, told })
})
afterAll(async () => {
  await closeDatabase(db)
  await drop()
  await town.close()
  await rm(folder, { recursive: true, force: true })
})

test('kill -9 at random moments, and one of two that freezes, lose nothing and double nothing', async () => {
  for (let kills = 0; kills < 3; kills += 1) await killOnce(soak)
  const [living, frozen] = [startService(soak.told), startService(soak.told)]
  await Promise.all([living.url, frozen.url])
  await decideSome(soak)
  frozen.freeze()
  await settle(soak, [living])
  frozen.wake()
  expect(await Promise.all([living.stop(), frozen.stop()])).toEqual([0, 0])
  expect(await count(soak)).toMatchObject({
    decided: 16,
    doubled: [],
    lost: [],
    storedTwice: [],
    answeredAndLost: [],
  })
})
