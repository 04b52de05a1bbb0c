/**
 * Milepost as a process of its own, which the soak may kill: as `npm start` runs it, against the counterparts whose
 * addresses stand in MILEPOST_SOAK. Says where it listens in one line on stdout.
 */
import { z } from 'zod'
import { startService } from '../../src/app/service.ts'
import { systemClock } from '../../src/base/clock.ts'
import { messageOf } from '../../src/base/errors.ts'
import { configurePlatform } from '../../src/chat/platform-definition.ts'
import { openStore } from '../../src/infra/open-store.ts'
import type { SlackConfig } from '../../src/platforms/slack/config.ts'
import { slack as slackDefinition } from '../../src/platforms/slack/index.ts'
import type { TeamsConfig } from '../../src/platforms/teams/config.ts'
import { teams as teamsDefinition } from '../../src/platforms/teams/index.ts'

/** What the process is told: a database of its own below the data folder where no address is given. */
export interface Told {
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  readonly slack: SlackConfig
  readonly teams: TeamsConfig
}

const told = z.custom<Told>().parse(JSON.parse(process.env.MILEPOST_SOAK ?? '{}'))

const line = (fields: object, message: string) => {
  if (process.env.MILEPOST_SOAK_LOG) console.error(message, JSON.stringify(fields))
}

const { databaseUrl, dataDir, slack, teams } = told
const store = await openStore({ databaseUrl, dataDir })
const milepost = await startService({
  store,
  clock: systemClock,
  random: Math.random,
  log: { info: line, warn: line, error: line },
  host: '127.0.0.1',
  port: 0,
  command: '/rag',
  keepMessagesDays: 730,
  platforms: [configurePlatform(slackDefinition, slack), configurePlatform(teamsDefinition, teams)],
})
console.log(`listening ${milepost.url}`)

process.on('SIGTERM', () => {
  milepost
    .stop()
    .then(() => store.close())
    .then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(messageOf(error))
        process.exit(1)
      },
    )
})
