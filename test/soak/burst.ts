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
import { lead } from '../bench/command.ts'
import { platformRateLimits, platformTitle } from '../support/platforms.ts'
import { added, countInSlack } from './seen.ts'

/** A Monday at 09:00, in real time: 2,000 deliveries over 300 channels in 5 workspaces. */
export const burst = { deliveries: 2_000, channels: 300, workspaces: 5 }

export interface BurstCounted {
  /** From the first post to the last. */
  readonly seconds: number
  readonly leastSeconds: number
  readonly standing: number
  readonly doubled: number
  /** Status updates that were asked for in the same minute, how many of them stand in the database, and how long 99 % of the answers took at most. */
  readonly updates: { readonly asked: number; readonly stored: number; readonly p99Ms: number }
  /** Calls of chat.postMessage: more than stand there would mean that some were refused. */
  readonly calls: number
}

/** Seconds that the limits ask for at the least (see test/outbox/fan-out.test.ts). */
function leastSeconds(): number {
  const each = burst.deliveries / burst.workspaces
  const rounds = Math.floor(((each - 1) % 200) / (burst.channels / burst.workspaces))
  return 60 * Math.floor((each - 1) / 200) + rounds
}

const user = { id: 'U0EVE', name: 'eve', realName: 'Eve', tz: 'Europe/London' }
const quiet = { info() {}, warn() {}, error() {} }

/** One Slack adapter for each workspace, as one platform: what a bot in several workspaces is. */
export async function runBurst(db: Database, url: string): Promise<BurstCounted> {
  const teams = Array.from({ length: burst.workspaces }, (_, count) => `T0BURST${count}`)
  const places = await Promise.all(teams.map((id, index) => openWorkspace(id, index)))
  const byTeam = new Map(places.map(({ team, adapter }) => [team, adapter]))
  const of = (tenant: string) => {
    const adapter = byTeam.get(tenant)
    if (!adapter) throw new Error(`There is no workspace ${tenant}`)
    return adapter
  }
  const slack: ChatPlatform = {
    name: 'slack',
    send: (place, message) => of(place.tenant).send(place, message),
    update: (address, message) => of(address.place.tenant).update(address, message),
    find: (place, ...more) => of(place.tenant).find(place, ...more),
    profile: (identity) => of(identity.tenant).profile(identity),
    channel: (place) => of(place.tenant).channel(place),
  }
  const dispatcher = createDispatcher({
    ...{ db, clock: systemClock, random: Math.random, log: quiet, rateLimits: platformRateLimits },
    platforms: new Map([['slack', slack]]),
  })
  await decideAll(db, teams)
  const began = performance.now()
  const jobs = await startJobs({ url, log: quiet })
  const delivery = await startOutboxWorker({ jobs, dispatcher, clock: systemClock, log: quiet })
  const updating = updateMany(db)
  while ((await db.outboxMessage.count({ where: { kind: 'burst', state: { not: 'sent' } } })) > 0) {
    await pause(100)
    if (performance.now() - began > 300_000) break
  }
  const sent = await db.outboxMessage.aggregate({
    where: { kind: 'burst' },
    _min: { sentAt: true },
    _max: { sentAt: true },
  })
  const updates = await updating
  await delivery.stop()
  await jobs.stop(true)
  const counts = added(places.map(({ workspace }) => countInSlack(workspace, user.id)))
  const calls = places.reduce((sum, { workspace }) => sum + workspace.calls('chat.postMessage'), 0)
  await Promise.all(places.map(({ workspace }) => workspace.close()))
  const { _min, _max } = sent
  return {
    seconds: (Number(_max.sentAt) - Number(_min.sentAt)) / 1_000,
    leastSeconds: leastSeconds(),
    standing: counts.size,
    doubled: [...counts.values()].filter((times) => times > 1).length,
    updates,
    calls,
  }
}

const updatesAsked = 500

/** Leads who say how a project stands while the burst goes out, spread over a minute. */
async function updateMany(db: Database): Promise<BurstCounted['updates']> {
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
    Array.from({ length: updatesAsked }, async (_, count) => {
      await pause((60_000 * count) / updatesAsked)
      const began = performance.now()
      const text = `1.1 amber burst-${count} green by 30 Jun`
      await handle({ key: `burst-${count}`, actor, place, input: { by: 'text', text } })
      return performance.now() - began
    }),
  )
  const stored = await db.statusUpdate.count({ where: { reason: { startsWith: 'burst-' } } })
  const p99Ms = took.sort((a, b) => a - b)[Math.floor(0.99 * updatesAsked)] ?? 0
  return { asked: updatesAsked, stored, p99Ms }
}

async function openWorkspace(team: string, index: number) {
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
      throw new Error('Nobody asks anything during a burst.')
    },
    log: quiet,
  })
  return { team, workspace, adapter }
}

async function decideAll(db: Database, teams: readonly string[]): Promise<void> {
  const now = systemClock.now()
  await db.outboxMessage.createMany({
    data: Array.from({ length: burst.deliveries }, (_, count) => {
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
