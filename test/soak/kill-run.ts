import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '../../src/base/clock.ts'
import { noticeCard } from '../../src/chat/notice.ts'
import { type Database, inTransaction } from '../../src/infra/db.ts'
import { defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import { seedSamples } from '../../src/playground/seed.ts'
import type { SeededRandom } from '../support/seeded-random.ts'
import type { BreakablePostgres } from './breakable-postgres.ts'
import type { ChatFakes } from './chat-fakes.ts'
import { retryUnavailable } from './retry-unavailable.ts'
import type { ServiceOptions } from './service.ts'
import { type Service, startService, thisVersion } from './service-process.ts'

const soakKind = defineMessageKind({ kind: 'soak', title: 'Soak', authority: 'read plan' })

/** The state of a run of kills: what was enqueued and sent so far. */
export interface KillRun {
  readonly fakes: ChatFakes
  readonly db: Database
  readonly random: SeededRandom
  readonly options: ServiceOptions
  /** Roots of the versions of Milepost that run; each start takes one of them. */
  readonly versions: readonly [string, ...string[]]
  /** Markers of the enqueued messages. */
  readonly enqueued: Set<string>
  /** Status updates that were sent, by marker, and whether the answer said "Saved". */
  readonly updates: Map<string, boolean>
  /** Processes that were killed. */
  kills: number
  postgresKills: number
  /** Connections to the database that were cut. */
  cuts: number
  freezes: number
  /** Starts that ended by themselves because their database was away. */
  abortedStarts: number
  /** Answers that an update cannot be saved at the moment: "please try again in a minute". */
  askedToRepeat: number
  /** What must not have happened, apart from what `count` finds. */
  readonly faults: string[]
}

export interface KillRunCounts {
  readonly enqueued: number
  readonly posted: number
  readonly duplicated: readonly string[]
  readonly lost: readonly string[]
  /** Possibly sent messages (Teams only), and how many of them were posted. */
  readonly uncertain: number
  readonly uncertainAndPosted: number
  readonly updatesSent: number
  readonly updatesAcknowledged: number
  readonly savedTwice: readonly string[]
  readonly acknowledgedAndLost: readonly string[]
  readonly askedToRepeat: number
}

type KillRunParts = Pick<KillRun, 'fakes' | 'db' | 'random' | 'options'> &
  Partial<Pick<KillRun, 'versions'>>

/** Loads the sample programme that the updates are about. */
export async function prepare(parts: KillRunParts): Promise<KillRun> {
  await seedSamples(parts.db, [parts.fakes.sample], systemClock.now())
  return startKillRun(parts)
}

/** The same on a database that has the sample programme. */
export function startKillRun(parts: KillRunParts): KillRun {
  const nothing = { enqueued: new Set<string>(), updates: new Map<string, boolean>() }
  const kills = { kills: 0, postgresKills: 0, cuts: 0, freezes: 0, abortedStarts: 0 }
  return { versions: [thisVersion], ...parts, ...nothing, ...kills, askedToRepeat: 0, faults: [] }
}

/** Starts a replica: of any of the versions, with a clock that is up to 4 s off. */
export function startReplica({ random, versions, options }: KillRun): Service {
  const clockOffsetMs = random.below(8_001) - 4_000
  const [version, ...others] = versions
  return startService({ ...options, clockOffsetMs }, random.pick([version, ...others]))
}

/**
 * Starts replicas of Milepost, gives them work, and kills them all at one random moment, sometimes before they are ready.
 * With `postgres`, connections are cut, replicas freeze and PostgreSQL is killed meanwhile, sometimes together with them.
 */
export async function killRound(
  run: KillRun,
  replicas: number,
  postgres?: BreakablePostgres,
): Promise<void> {
  const { random } = run
  const services = Array.from({ length: replicas }, () => startReplica(run))
  const work = enqueueSome(run)
  const isEarly = random.happens(0.2)
  const sending = isEarly ? undefined : useAndDisturb(run, services, postgres)
  if (isEarly) await pause(random.below(1_500))
  else await sending?.disturbed
  await Promise.all([
    ...services.map((service) => killReplica(run, service, isEarly)),
    postgres && random.happens(0.4) && killPostgres(run, postgres),
  ])
  await Promise.all([work, sending?.answered])
}

/** A replica that ended by itself before it was killed is a fault, unless its database was away while it started. */
async function killReplica(run: KillRun, service: Service, isEarly: boolean): Promise<void> {
  if (service.hasEnded) {
    const hadStarted = !isEarly && (await service.url) !== undefined
    if (hadStarted) run.faults.push('A replica ended by itself.')
    else run.abortedStarts += 1
    return
  }
  await service.kill()
  run.kills += 1
}

async function killPostgres(run: KillRun, postgres: BreakablePostgres): Promise<void> {
  await (run.random.happens(0.5) ? postgres.kill() : postgres.restart())
  run.postgresKills += 1
}

/** Sends updates to the replicas that started; `disturbed` resolves at the moment to kill them. */
function useAndDisturb(
  run: KillRun,
  services: readonly Service[],
  postgres: BreakablePostgres | undefined,
): { disturbed: Promise<void>; answered: Promise<unknown> } {
  const { random } = run
  const started = Promise.all(services.map(({ url }) => url))
  const answered = started.then((urls) =>
    Promise.all(urls.map((url) => (url ? sendSomeUpdates(run, url) : undefined))),
  )
  const disturb = async () => {
    const urls = await started
    if (!postgres && urls.includes(undefined)) throw new Error('Milepost ended during its start.')
    if (random.happens(0.3)) run.fakes.failNextCall(random)
    if (postgres) await disturbDatabase(run, postgres)
    for (const service of services.slice(1)) {
      if (!random.happens(0.25)) continue
      service.freeze()
      run.freezes += 1
    }
    await pause(random.below(postgres ? 700 : 1_500))
  }
  return { disturbed: disturb(), answered }
}

async function disturbDatabase(run: KillRun, postgres: BreakablePostgres): Promise<void> {
  const { random } = run
  if (random.happens(0.3)) run.cuts += await postgres.cut()
  for (let left = random.below(4); left > 0; left -= 1) {
    await pause(random.below(300))
    await killPostgres(run, postgres)
  }
}

/** Enqueues a few messages, each with its marker and in a transaction of its own, with random pauses. */
export async function enqueueSome(run: KillRun, many = 4): Promise<void> {
  const { random, fakes, db, enqueued } = run
  for (let count = 0; count < many; count += 1) {
    const heading = `soak-${enqueued.size + 1}`
    enqueued.add(heading)
    const place = random.pick(fakes.places)
    const card = noticeCard({ heading, lines: [], buttons: [] })
    const message = { key: heading, kind: soakKind, place, card }
    await retryUnavailable(() => inTransaction(db, (tx) => enqueue(tx, message, systemClock.now())))
    await pause(random.below(200))
  }
}

/** Sends status updates by slash command, each one to three times and in random order. */
export async function sendSomeUpdates(run: KillRun, url: string): Promise<void> {
  const { random, updates } = run
  const added = Array.from({ length: 2 }, () => {
    const marker = `update-${updates.size + 1}`
    updates.set(marker, false)
    return marker
  })
  const unanswered = [...updates].filter(([, isAnswered]) => !isAnswered).map(([marker]) => marker)
  const times = [...added, ...unanswered.slice(0, 4)].flatMap((marker) =>
    Array<string>(1 + random.below(3)).fill(marker),
  )
  const shuffled = times
    .map((marker) => ({ marker, at: random.next() }))
    .sort((a, b) => a.at - b.at)
  await Promise.all(
    shuffled.map(async ({ marker }) => {
      if (await sendUpdate(run, url, marker)) updates.set(marker, true)
    }),
  )
}

/** Sends one update. Returns whether the answer says "Saved". The same marker makes the same request. */
async function sendUpdate(run: KillRun, url: string, marker: string): Promise<boolean> {
  const { body, headers } = run.fakes.command(
    `trigger-${marker}`,
    `1.1 amber ${marker} green by 30 Jun`,
  )
  try {
    const signal = AbortSignal.timeout(10_000)
    const response = await fetch(`${url}/slack/events`, { method: 'POST', body, headers, signal })
    const answer = await response.text()
    if (answer.includes('try again in a minute')) run.askedToRepeat += 1
    return answer.includes('Saved. 1.1')
  } catch {
    return false
  }
}

/** Waits until no message is waiting or being sent, and repeats the updates until each was acknowledged. */
export async function settle(run: KillRun, services: readonly Service[]): Promise<void> {
  const [url] = await Promise.all(services.map((service) => service.url))
  if (!url) throw new Error('Milepost ended during its start.')
  const from = performance.now()
  while (performance.now() - from < 30 * 60_000) {
    const unanswered = [...run.updates].filter(([, isAnswered]) => !isAnswered)
    for (const [marker] of unanswered) {
      if (await sendUpdate(run, url, marker)) run.updates.set(marker, true)
    }
    const open = {
      kind: 'soak',
      state: { in: ['waiting', 'sending'] as ('waiting' | 'sending')[] },
    }
    const unsent = await retryUnavailable(() => run.db.outboxMessage.count({ where: open }))
    if (unsent + unanswered.length === 0) return
    await pause(500)
  }
  throw new Error('After half an hour there are still unsent messages or unanswered updates.')
}

export async function count({
  fakes,
  db,
  enqueued,
  updates: sent,
  askedToRepeat,
}: KillRun): Promise<KillRunCounts> {
  const posted = fakes.countMessages()
  const rows = await db.outboxMessage.findMany({
    where: { kind: 'soak' },
    select: { key: true, state: true, platform: true, error: true },
  })
  const rowOf = new Map(rows.map((row) => [row.key, row]))
  const lost = [...enqueued].filter((key) => {
    const row = rowOf.get(key)
    const isUncertain = row?.state === 'uncertain' && row.platform === 'teams'
    return !posted.has(key) && !isUncertain
  })
  const uncertain = rows.filter(({ state }) => state === 'uncertain')
  const updates = await db.statusUpdate.groupBy({
    by: ['reason'],
    where: { reason: { startsWith: 'update-' } },
    _count: true,
  })
  const saved = new Map(updates.map(({ reason, _count }) => [reason, _count]))
  return {
    enqueued: enqueued.size,
    posted: [...enqueued].filter((key) => posted.has(key)).length,
    duplicated: [...posted].filter(([, times]) => times > 1).map(([key]) => key),
    lost: lost.map((key) => `${key} (${rowOf.get(key)?.state}: ${rowOf.get(key)?.error})`),
    uncertain: uncertain.length,
    uncertainAndPosted: uncertain.filter(({ key }) => posted.has(key)).length,
    askedToRepeat,
    updatesSent: sent.size,
    updatesAcknowledged: [...sent.values()].filter(Boolean).length,
    savedTwice: [...saved].flatMap(([reason, times]) => (reason && times > 1 ? [reason] : [])),
    acknowledgedAndLost: [...sent].flatMap(([key, isAnswered]) =>
      isAnswered && !saved.has(key) ? [key] : [],
    ),
  }
}
