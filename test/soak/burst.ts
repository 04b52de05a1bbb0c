import { setTimeout as pause } from 'node:timers/promises'
import { buildCommandRegistry } from '../../src/app/command-registry.ts'
import { systemClock } from '../../src/base/clock.ts'
import type { ChatPlatform } from '../../src/chat/port.ts'
import { createRouter } from '../../src/chat/router.ts'
import { resolveActor } from '../../src/domain/people/identity-store.ts'
import type { Database } from '../../src/infra/db.ts'
import { startJobs } from '../../src/infra/jobs.ts'
import { createDispatcher } from '../../src/outbox/dispatcher.ts'
import { startOutboxWorker } from '../../src/outbox/worker.ts'
import { createSlack } from '../../src/platforms/slack/app.ts'
import { startSlackWorkspace } from '../../src/playground/slack/workspace.ts'
import { lead } from '../bench/slack-request.ts'
import { platformRateLimits, platformTitle } from '../support/platforms.ts'
import { countInSlack, sumCounts } from './count-markers.ts'
import { retryUnavailable } from './retry-unavailable.ts'

/** A Monday at 09:00 in real time: 2,000 messages to 300 channels in 5 workspaces. */
export const burst = { messages: 2_000, channels: 300, workspaces: 5 }

export interface BurstResult {
  /** From the first post to the last. */
  readonly seconds: number
  readonly leastSeconds: number
  /** Distinct messages found in the channels. */
  readonly posted: number
  /** Messages posted more than once. */
  readonly duplicated: number
  /** Status updates sent in the same minute, how many of them the database has, and the 99th percentile of their response times. */
  readonly updates: { readonly sent: number; readonly saved: number; readonly p99Ms: number }
  /** Calls of chat.postMessage; more than `posted` means that Slack refused some. */
  readonly calls: number
}

/** The least number of seconds that the rate limits allow (see test/outbox/fan-out.test.ts). */
function leastSeconds(): number {
  const each = burst.messages / burst.workspaces
  const rounds = Math.floor(((each - 1) % 200) / (burst.channels / burst.workspaces))
  return 60 * Math.floor((each - 1) / 200) + rounds
}

const user = { id: 'U0EVE', name: 'eve', realName: 'Eve', tz: 'Europe/London' }
const silentLog = { info() {}, warn() {}, error() {} }

/** Sends the burst through one platform that has a Slack adapter for each workspace. */
export async function runBurst(db: Database, url: string): Promise<BurstResult> {
  const teams = Array.from({ length: burst.workspaces }, (_, count) => `T0BURST${count}`)
  const workspaces = await Promise.all(teams.map((id, index) => startWorkspace(id, index)))
  const byTeam = new Map(workspaces.map(({ team, adapter }) => [team, adapter]))
  const adapterOf = (tenant: string) => {
    const adapter = byTeam.get(tenant)
    if (!adapter) throw new Error(`There is no workspace ${tenant}`)
    return adapter
  }
  const slack: ChatPlatform = {
    name: 'slack',
    send: (place, message) => adapterOf(place.tenant).send(place, message),
    update: (address, message) => adapterOf(address.place.tenant).update(address, message),
    find: (place, ...more) => adapterOf(place.tenant).find(place, ...more),
    profile: (identity) => adapterOf(identity.tenant).profile(identity),
    channel: (place) => adapterOf(place.tenant).channel(place),
  }
  const dispatcher = createDispatcher({
    ...{
      db,
      clock: systemClock,
      random: Math.random,
      log: silentLog,
      rateLimits: platformRateLimits,
    },
    platforms: new Map([['slack', slack]]),
  })
  await enqueueAll(db, teams)
  const began = performance.now()
  const jobs = await startJobs({ url, log: silentLog })
  const worker = await startOutboxWorker({ jobs, dispatcher, clock: systemClock, log: silentLog })
  const updating = sendUpdates(db)
  const unsent = () => db.outboxMessage.count({ where: { kind: 'burst', state: { not: 'sent' } } })
  while ((await retryUnavailable(unsent)) > 0) {
    await pause(100)
    if (performance.now() - began > 300_000) break
  }
  const sent = await db.outboxMessage.aggregate({
    where: { kind: 'burst' },
    _min: { sentAt: true },
    _max: { sentAt: true },
  })
  const updates = await updating
  await worker.stop()
  await jobs.stop(true)
  const counts = sumCounts(workspaces.map(({ workspace }) => countInSlack(workspace, user.id)))
  const calls = workspaces.reduce(
    (sum, { workspace }) => sum + workspace.calls('chat.postMessage'),
    0,
  )
  await Promise.all(workspaces.map(({ workspace }) => workspace.close()))
  const { _min, _max } = sent
  return {
    seconds: (Number(_max.sentAt) - Number(_min.sentAt)) / 1_000,
    leastSeconds: leastSeconds(),
    posted: counts.size,
    duplicated: [...counts.values()].filter((times) => times > 1).length,
    updates,
    calls,
  }
}

const updatesSent = 500

/** Sends status updates by command while the burst goes out, spread over a minute. */
async function sendUpdates(db: Database): Promise<BurstResult['updates']> {
  const handle = createRouter({
    db,
    clock: systemClock,
    commands: buildCommandRegistry().commands,
    prefix: () => '/rag',
    platformTitle,
    resolveActor,
    redraw: async () => undefined,
    onError() {},
  })
  const actor = { platform: 'slack', tenant: lead.team, user: lead.user } as const
  const place = {
    platform: 'slack',
    tenant: lead.team,
    conversation: 'D1',
    kind: 'direct',
  } as const
  const took = await Promise.all(
    Array.from({ length: updatesSent }, async (_, count) => {
      await pause((60_000 * count) / updatesSent)
      const began = performance.now()
      const text = `1.1 amber burst-${count} green by 30 Jun`
      await handle({ key: `burst-${count}`, actor, place, input: { by: 'text', text } })
      return performance.now() - began
    }),
  )
  const saved = await db.statusUpdate.count({ where: { reason: { startsWith: 'burst-' } } })
  const p99Ms = took.sort((a, b) => a - b)[Math.floor(0.99 * updatesSent)] ?? 0
  return { sent: updatesSent, saved, p99Ms }
}

async function startWorkspace(team: string, index: number) {
  const botToken = `xoxb-burst-${index}`
  const signingSecret = `secret ${index}`
  const channels = Array.from({ length: burst.channels / burst.workspaces }, (_, count) => ({
    id: `C${index}X${count}`,
    name: `burst-${count}`,
    members: [user.id],
  }))
  const workspace = await startSlackWorkspace({
    ...{ clock: systemClock, signingSecret, botToken, people: [user], channels },
    team: { id: team, name: team },
  })
  const adapter = createSlack({
    config: { mode: 'http', signingSecret, botToken, apiUrl: workspace.apiUrl },
    handle: async () => {
      throw new Error('The burst sends no requests through the adapter.')
    },
    log: silentLog,
  })
  return { team, workspace, adapter }
}

async function enqueueAll(db: Database, teams: readonly string[]): Promise<void> {
  const now = systemClock.now()
  await db.outboxMessage.createMany({
    data: Array.from({ length: burst.messages }, (_, count) => {
      const index = count % burst.workspaces
      const channel = Math.floor(count / burst.workspaces) % (burst.channels / burst.workspaces)
      const heading = `soak-${1_000_000 + count}`
      return {
        ...{ id: crypto.randomUUID(), key: heading, kind: 'burst', platform: 'slack' },
        ...{ tenant: teams[index] ?? '', conversation: `C${index}X${channel}` },
        ...{ placeKind: 'channel', card: 'notice', data: { heading, lines: [], buttons: [] } },
        ...{ topics: [], notBefore: now, createdAt: now },
      }
    }),
  })
}
