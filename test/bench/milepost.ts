/**
 * Milepost as `npm start` runs it with Slack over HTTP and with Teams, on a PostgreSQL of its own with the sample
 * programme.
 */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { startService } from '../../src/app/service.ts'
import { systemClock } from '../../src/base/clock.ts'
import type { Log } from '../../src/base/log.ts'
import { configurePlatform } from '../../src/chat/platform-definition.ts'
import type { Database } from '../../src/infra/db.ts'
import { openStore } from '../../src/infra/open-store.ts'
import { slack as slackDefinition } from '../../src/platforms/slack/index.ts'
import { teams } from '../../src/platforms/teams/index.ts'
import { movableClock } from '../../src/playground/movable-clock.ts'
import { readSamples } from '../../src/playground/sample.ts'
import { seedSamples } from '../../src/playground/seed.ts'
import { startSlackWorkspace } from '../../src/playground/slack/workspace.ts'
import { runFolder } from '../support/run.ts'
import { processorTime, type Service, serve } from './child-process.ts'
import type { Done, Server } from './messages.ts'
import { removeStore } from './remove-store.ts'
import { lead } from './slack-request.ts'

/** A Saturday in the sample plan's time: nobody is reminded of anything meanwhile. */
const startsAt = new Date('2026-02-28T10:00:00Z')

const signingSecret = randomBytes(24).toString('hex')
const botToken = `xoxb-${randomBytes(24).toString('hex')}`

/** Nothing of this is meant to go wrong: what does is seen at once, and shows in the answers. */
const log: Log = { info: () => {}, warn: console.error, error: console.error }

const Question = z.object({ about: z.enum(['slack', 'teams', 'done']) })

/** What is to be put away at the end, last things first. */
const open: (() => Promise<void>)[] = []

async function stop(): Promise<void> {
  for (const close of open.toReversed()) await close()
}

async function start(): Promise<Service> {
  try {
    return await started()
  } catch (error) {
    await stop()
    throw error
  }
}

async function started(): Promise<Service> {
  const folder = runFolder(process.pid)
  open.push(() => removeStore(folder))
  const store = await openStore({ dataDir: folder })
  open.push(store.close)
  const clock = movableClock(startsAt, systemClock)
  await seedSamples(store.db, (await readSamples()).slice(0, 1), clock.now())
  const slack = await startSlackWorkspace({
    clock,
    signingSecret,
    botToken,
    team: { id: lead.team, name: 'Brightwater' },
    people: [],
    channels: [],
  })
  open.push(slack.close)
  const { db } = store
  const milepost = await startService({
    store,
    clock,
    random: Math.random,
    log,
    host: '127.0.0.1',
    port: 0,
    command: lead.command,
    keepMessagesDays: 730,
    platforms: [
      configurePlatform(slackDefinition, {
        mode: 'http',
        signingSecret,
        botToken,
        apiUrl: slack.apiUrl,
      }),
      configurePlatform(teams, { mode: 'local' }),
    ],
  })
  open.push(milepost.stop)
  const database = await versionOf(db)
  const servers = {
    slack: { platform: 'slack', url: `${milepost.url}/slack/events`, signingSecret, database },
    teams: { platform: 'teams', url: `${milepost.url}/api/messages`, signingSecret, database },
  } satisfies Record<string, Server>

  let stored = await db.statusUpdate.count()
  const cpu = processorTime()
  async function done(): Promise<Done> {
    const before = stored
    stored = await db.statusUpdate.count()
    return { stored: stored - before, cpu: cpu() }
  }
  return {
    answer: async (question) => {
      const { about } = Question.parse(question)
      return about === 'done' ? done() : servers[about]
    },
    stop,
  }
}

const versions = z.array(z.object({ server_version: z.string() })).length(1)

async function versionOf(db: Database): Promise<string> {
  const [row] = versions.parse(await db.$queryRaw`SHOW server_version`)
  return `PostgreSQL ${row?.server_version}`
}

await serve(start)
