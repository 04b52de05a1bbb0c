/**
 * Runs Milepost as `npm start` does, against the Slack and Teams fakes that MILEPOST_SOAK configures, in a process that
 * the soak may kill. Prints its address in one line on stdout.
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

/** Configuration of the process; without a database URL it starts an embedded database in the data folder. */
export interface ServiceOptions {
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  readonly slack: SlackConfig
  readonly teams: TeamsConfig
  /** How far its clock is off, in milliseconds. */
  readonly clockOffsetMs?: number
}

const options = z.custom<ServiceOptions>().parse(JSON.parse(process.env.MILEPOST_SOAK ?? '{}'))

const logLine = (fields: object, message: string) => {
  if (process.env.MILEPOST_SOAK_LOG) console.error(message, JSON.stringify(fields))
}

const { databaseUrl, dataDir, slack, teams, clockOffsetMs = 0 } = options
const store = await openStore({ databaseUrl, dataDir })
const milepost = await startService({
  store,
  clock: { now: () => new Date(systemClock.now().getTime() + clockOffsetMs) },
  random: Math.random,
  log: { info: logLine, warn: logLine, error: logLine },
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
