import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '../../src/base/clock.ts'
import { newId } from '../../src/base/ids.ts'
import { noticeCard } from '../../src/chat/notice.ts'
import { type Database, inTransaction } from '../../src/infra/db.ts'
import { defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import { seedSamples } from '../../src/playground/seed.ts'
import type { SeededRandom } from '../support/seeded-random.ts'
import type { ChatFakes } from './chat-fakes.ts'
import { retryUnavailable } from './retry-unavailable.ts'
import type { ServiceOptions } from './service.ts'
import { type Service, startService } from './service-process.ts'

const soakKind = defineMessageKind({ kind: 'soak', title: 'Soak' })

/** The state of a run of kills: what was enqueued and sent so far. */
export interface KillRun {
  readonly fakes: ChatFakes
  readonly db: Database
  readonly random: SeededRandom
  readonly options: ServiceOptions
  /** Markers of the enqueued messages. */
  readonly enqueued: Set<string>
  /** Status updates that were sent, by marker, and whether the answer said "Saved". */
  readonly updates: Map<string, boolean>
  kills: number
  freezes: number
  requests: number
  /** Starts that ended by themselves because their database connections were cut. */
  abortedStarts: number
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
}

export async function prepare(
  parts: Omit<KillRun, 'enqueued' | 'updates' | 'kills' | 'freezes' | 'requests' | 'abortedStarts'>,
): Promise<KillRun> {
  await seedSamples(parts.db, [parts.fakes.sample], systemClock.now())
  const nothing = { enqueued: new Set<string>(), updates: new Map<string, boolean>() }
  return { ...parts, ...nothing, kills: 0, freezes: 0, requests: 0, abortedStarts: 0 }
}

/**
 * Starts Milepost, gives it work, and kills it at a random moment, sometimes before it is ready. With `isCut`, its
 * database connections may be cut meanwhile; a start whose connections are cut ends by itself, which is no fault.
 */
export async function killOnce(run: KillRun, isCut = false): Promise<void> {
  const { random, options, fakes } = run
  const service = startService(options)
  const work = enqueueSome(run)
  if (random.happens(0.2)) await pause(random.below(1_500))
  else {
    const url = await service.url
    if (!url && isCut) {
      run.abortedStarts += 1
      return work
    }
    if (!url) throw new Error('Milepost ended during its start.')
    if (random.happens(0.3)) fakes.failNextCall(random)
    const sending = sendSomeUpdates(run, url)
    await pause(random.below(1_500))
    await service.kill()
    await sending
  }
  await service.kill()
  await work
  run.kills += 1
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
async function sendSomeUpdates({ random, fakes, updates }: KillRun, url: string): Promise<void> {
  const added = Array.from({ length: 2 }, () => {
    const marker = `update-${updates.size + 1}-${newId()}`
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
      if (await sendUpdate(fakes, url, marker)) updates.set(marker, true)
    }),
  )
}

/** Sends one update. Returns whether the answer says "Saved". The same marker makes the same request. */
async function sendUpdate(fakes: ChatFakes, url: string, marker: string): Promise<boolean> {
  const { body, headers } = fakes.command(
    `trigger-${marker}`,
    `1.1 amber ${marker} green by 30 Jun`,
  )
  try {
    const signal = AbortSignal.timeout(10_000)
    const response = await fetch(`${url}/slack/events`, { method: 'POST', body, headers, signal })
    const answer = await response.text()
    return answer.includes('Saved. 1.1')
  } catch {
    return false
  }
}

/** Waits until no message is waiting or being sent, and repeats the updates that were not acknowledged. */
export async function settle(run: KillRun, services: readonly Service[]): Promise<void> {
  const [url] = await Promise.all(services.map((service) => service.url))
  if (!url) throw new Error('Milepost ended during its start.')
  const from = performance.now()
  while (performance.now() - from < 30 * 60_000) {
    for (const [marker, isAnswered] of run.updates) {
      if (!isAnswered && (await sendUpdate(run.fakes, url, marker))) run.updates.set(marker, true)
    }
    const open = {
      kind: 'soak',
      state: { in: ['waiting', 'sending'] as ('waiting' | 'sending')[] },
    }
    if ((await retryUnavailable(() => run.db.outboxMessage.count({ where: open }))) === 0) return
    await pause(500)
  }
  throw new Error('After half an hour there are still unsent messages.')
}

export async function count({
  fakes,
  db,
  enqueued,
  updates: sent,
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
    updatesSent: sent.size,
    updatesAcknowledged: [...sent.values()].filter(Boolean).length,
    savedTwice: [...saved].flatMap(([reason, times]) => (reason && times > 1 ? [reason] : [])),
    acknowledgedAndLost: [...sent].flatMap(([key, isAnswered]) =>
      isAnswered && !saved.has(key) ? [key] : [],
    ),
  }
}
