import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { buildCommandRegistry } from '../../src/app/command-registry.ts'
import { systemClock } from '../../src/base/clock.ts'
import type { ChatPlatform } from '../../src/chat/port.ts'
import { createRouter } from '../../src/chat/router.ts'
import { resolveActorIn } from '../../src/domain/people/identity-store.ts'
import { closeDatabase, type Database, openDatabase } from '../../src/infra/db.ts'
import { startJobs } from '../../src/infra/jobs.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { createDispatcher } from '../../src/outbox/dispatcher.ts'
import { startOutboxWorker } from '../../src/outbox/worker.ts'
import { createSlack } from '../../src/platforms/slack/app.ts'
import { readSamples } from '../../src/playground/sample.ts'
import { seedSamples } from '../../src/playground/seed.ts'
import { startSlackWorkspace } from '../../src/playground/slack/workspace.ts'
import { lead } from '../bench/slack-request.ts'
import { platformRateLimits, platformTitle } from '../support/platforms.ts'
import { startBreakablePostgres } from './breakable-postgres.ts'
import { countInSlack, sumCounts } from './count-markers.ts'
import type { Part, Soak } from './part.ts'
import type { PartResult, UpdateCounts } from './report.ts'
import { retryUnavailable } from './retry-unavailable.ts'

/** A Monday at 09:00 in real time: 2,000 messages to 300 channels in 5 workspaces. */
const amounts = { messages: 2_000, channels: 300, workspaces: 5 }

interface BurstResult {
  /** From the first post to the last. */
  readonly seconds: number
  /** Distinct messages found in the channels. */
  readonly posted: number
  /** Messages posted more than once. */
  readonly duplicated: number
  readonly updates: BurstUpdates
  /** Calls of chat.postMessage; more than `posted` means that Slack refused some. */
  readonly calls: number
}

interface BurstUpdates extends UpdateCounts {
  /** The 99th percentile of the response times of the first tries, in milliseconds. */
  readonly p99Ms: number
}

export const burst: Part = { name: 'burst', title: 'burst', share: 0.05, run }

async function run({ folder }: Soak): Promise<PartResult> {
  const postgres = await startBreakablePostgres(join(folder, 'database'))
  await migrate(postgres.url)
  const db = await openDatabase(postgres.url, { maxConnections: 10 })
  const [sample] = await readSamples()
  if (!sample) throw new Error('There is no sample programme.')
  await seedSamples(db, [sample], systemClock.now())
  const { seconds, posted, duplicated, calls, updates } = await runBurst(db, postgres.url)
  await closeDatabase(db)
  await postgres.close()
  const lost = amounts.messages - posted
  const unanswered = updates.sent - updates.answeredSaved
  return {
    done:
      `2,000 messages to 300 channels in 5 workspaces in ${seconds.toFixed(1)} s of real time, where the rate limits need ${leastSeconds()} s, ` +
      `with ${calls - posted} calls more than messages; 99 % of the updates beside them answered within ${Math.round(updates.p99Ms)} ms`,
    messages: {
      ...{ enqueued: amounts.messages, posted, lost, doubled: duplicated },
      ...{ givenUp: 0, possiblySent: 0 },
    },
    updates,
    faults: [
      ...(lost > 0 ? [`${lost} messages were lost`] : []),
      ...(duplicated > 0 ? [`${duplicated} messages were posted twice`] : []),
      ...(updates.lost > 0 ? [`${updates.lost} updates were answered "Saved" and are not`] : []),
      ...(updates.savedTwice > 0 ? [`${updates.savedTwice} updates were saved twice`] : []),
      ...(unanswered > 0 ? [`${unanswered} updates were never answered "Saved"`] : []),
    ],
  }
}

/** The least number of seconds that the rate limits allow (see test/outbox/fan-out.test.ts). */
function leastSeconds(): number {
  const each = amounts.messages / amounts.workspaces
  const rounds = Math.floor(((each - 1) % 200) / (amounts.channels / amounts.workspaces))
  return 60 * Math.floor((each - 1) / 200) + rounds
}

const user = { id: 'U0EVE', name: 'eve', realName: 'Eve', tz: 'Europe/London' }
const silentLog = { info() {}, warn() {}, error() {} }

/** Sends the burst through one platform that has a Slack adapter for each workspace. */
async function runBurst(db: Database, url: string): Promise<BurstResult> {
  const teams = Array.from({ length: amounts.workspaces }, (_, count) => `T0BURST${count}`)
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
    members: (request) => adapterOf(request.tenant).members(request),
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
    posted: counts.size,
    duplicated: [...counts.values()].filter((times) => times > 1).length,
    updates,
    calls,
  }
}

const updatesSent = 500
const repeatForMs = 120_000

/**
 * Sends status updates by command while the burst goes out, spread over a minute. Whoever is answered "please try again"
 * does so after two seconds, with the same request.
 */
async function sendUpdates(db: Database): Promise<BurstUpdates> {
  const handle = createRouter({
    db,
    clock: systemClock,
    commands: buildCommandRegistry().commands,
    prefix: () => '/rag',
    platformTitle,
    resolveActor: resolveActorIn,
    redraw: async () => undefined,
    countNotifyingRequest: async () => {},
    onError() {},
  })
  const actor = { platform: 'slack', tenant: lead.team, user: lead.user } as const
  const place = {
    platform: 'slack',
    tenant: lead.team,
    conversation: 'D1',
    kind: 'direct',
  } as const
  const answers = await Promise.all(
    Array.from({ length: updatesSent }, async (_, count) => {
      await pause((60_000 * count) / updatesSent)
      const text = `1.1 amber burst-${count} green by 30 Jun`
      const request = { key: `burst-${count}`, actor, place, input: { by: 'text', text } } as const
      const ask = async () => JSON.stringify((await handle(request)).card)
      const began = performance.now()
      const first = await ask()
      const tookMs = performance.now() - began
      let last = first
      while (last.includes('try again in a minute') && performance.now() - began < repeatForMs) {
        await pause(2_000)
        last = await ask()
      }
      return { reason: `burst-${count}`, first, last, tookMs }
    }),
  )
  const rows = await db.statusUpdate.groupBy({
    by: ['reason'],
    where: { reason: { startsWith: 'burst-' } },
    _count: true,
  })
  const saved = new Map(rows.map(({ reason, _count }) => [reason, _count]))
  const answeredSaved = answers.filter(({ last }) => last.includes('"heading":"Saved"'))
  return {
    sent: updatesSent,
    answeredSaved: answeredSaved.length,
    lost: answeredSaved.filter(({ reason }) => !saved.has(reason)).length,
    savedTwice: rows.filter(({ _count }) => _count > 1).length,
    askedToRepeat: answers.filter(({ first }) => first.includes('try again in a minute')).length,
    p99Ms: percentile99(answers.map(({ tookMs }) => tookMs)),
  }
}

function percentile99(amounts: readonly number[]): number {
  return amounts.toSorted((a, b) => a - b)[Math.floor(0.99 * amounts.length)] ?? 0
}

async function startWorkspace(team: string, index: number) {
  const botToken = `xoxb-burst-${index}`
  const signingSecret = `secret ${index}`
  const channels = Array.from({ length: amounts.channels / amounts.workspaces }, (_, count) => ({
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
    data: Array.from({ length: amounts.messages }, (_, count) => {
      const index = count % amounts.workspaces
      const channel =
        Math.floor(count / amounts.workspaces) % (amounts.channels / amounts.workspaces)
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
