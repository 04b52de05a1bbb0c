import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '../../src/base/clock.ts'
import { newId } from '../../src/base/ids.ts'
import { noticeCard } from '../../src/chat/notice.ts'
import { type Database, inTransaction, isDatabaseUnavailable } from '../../src/infra/db.ts'
import { defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import { seedSamples } from '../../src/playground/seed.ts'
import type { Chance } from './chance.ts'
import { type Service, startService } from './process.ts'
import type { Told } from './service.ts'
import type { Town } from './town.ts'

const soakKind = defineMessageKind({ kind: 'soak', title: 'Soak' })

/** A soak under way: what was asked for, and what came of it. Counted where the messages stand. */
export interface Soak {
  readonly town: Town
  readonly db: Database
  readonly chance: Chance
  readonly told: Told
  /** Markers of what was decided. */
  readonly decided: Set<string>
  /** Status updates that were asked for, by marker, and whether "stored" was answered. */
  readonly asked: Map<string, boolean>
  kills: number
  freezes: number
  requests: number
  /** Starts that ended in words, since their connections were cut. */
  endedStarts: number
}

export interface Counted {
  readonly decided: number
  readonly standing: number
  readonly doubled: readonly string[]
  readonly lost: readonly string[]
  /** Teams: the ledger says so; and how many of those do stand there. */
  readonly uncertain: number
  readonly uncertainAndThere: number
  readonly asked: number
  readonly answered: number
  readonly storedTwice: readonly string[]
  readonly answeredAndLost: readonly string[]
}

export async function prepare(
  parts: Omit<Soak, 'decided' | 'asked' | 'kills' | 'freezes' | 'requests' | 'endedStarts'>,
): Promise<Soak> {
  await seedSamples(parts.db, [parts.town.sample], systemClock.now())
  const nothing = { decided: new Set<string>(), asked: new Map<string, boolean>() }
  return { ...parts, ...nothing, kills: 0, freezes: 0, requests: 0, endedStarts: 0 }
}

/**
 * Starts a Milepost, gives it work, and kills it at a random moment: sometimes before it has begun. `isCut`: its
 * connections may be cut meanwhile, and a start whose connections are cut ends by itself, for somebody to start again.
 */
export async function killOnce(soak: Soak, isCut = false): Promise<void> {
  const { chance, told, town } = soak
  const service = startService(told)
  const work = decideSome(soak)
  if (chance.happens(0.2)) await pause(chance.below(1_500))
  else {
    const url = await service.url
    if (!url && isCut) {
      soak.endedStarts += 1
      return work
    }
    if (!url) throw new Error('Milepost ended by itself at its start.')
    if (chance.happens(0.3)) town.goWrong(chance)
    const asking = askSome(soak, url)
    await pause(chance.below(1_500))
    await service.kill()
    await asking
  }
  await service.kill()
  await work
  soak.kills += 1
}

/** A few deliveries, each with its marker, in transactions of their own and at different moments. */
export async function decideSome(soak: Soak, many = 4): Promise<void> {
  const { chance, town, db, decided } = soak
  for (let count = 0; count < many; count += 1) {
    const heading = `soak-${decided.size + 1}`
    decided.add(heading)
    const place = chance.pick(town.places)
    const card = noticeCard({ heading, lines: [], buttons: [] })
    const delivery = { key: heading, kind: soakKind, place, card }
    await onceThere(() => inTransaction(db, (tx) => enqueue(tx, delivery, systemClock.now())))
    await pause(chance.below(200))
  }
}

/** Our own connection is cut like the others: what we decide has a key, so it may be decided again. */
async function onceThere<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error
      await pause(200)
    }
  }
}

/** Status updates by slash command, each sent one to three times, in no order, to whoever is there. */
async function askSome({ chance, town, asked }: Soak, url: string): Promise<void> {
  const fresh = Array.from({ length: 2 }, () => {
    const marker = `asked-${asked.size + 1}-${newId()}`
    asked.set(marker, false)
    return marker
  })
  const unanswered = [...asked].filter(([, isAnswered]) => !isAnswered).map(([marker]) => marker)
  const times = [...fresh, ...unanswered.slice(0, 4)].flatMap((marker) =>
    Array<string>(1 + chance.below(3)).fill(marker),
  )
  const shuffled = times
    .map((marker) => ({ marker, at: chance.next() }))
    .sort((a, b) => a.at - b.at)
  await Promise.all(
    shuffled.map(async ({ marker }) => {
      if (await ask(town, url, marker)) asked.set(marker, true)
    }),
  )
}

/** Whether it was answered that it is stored. The same marker is the same request. */
async function ask(town: Town, url: string, marker: string): Promise<boolean> {
  const { body, headers } = town.command(`trigger-${marker}`, `1.1 amber ${marker} green by 30 Jun`)
  try {
    const signal = AbortSignal.timeout(10_000)
    const response = await fetch(`${url}/slack/events`, { method: 'POST', body, headers, signal })
    const answer = await response.text()
    return answer.includes('Saved. 1.1')
  } catch {
    return false
  }
}

/** Lets a Milepost live until nothing is on its way any more, and asks again what was not answered. */
export async function settle(soak: Soak, services: readonly Service[]): Promise<void> {
  const [url] = await Promise.all(services.map((service) => service.url))
  if (!url) throw new Error('Milepost ended by itself at its start.')
  const from = performance.now()
  while (performance.now() - from < 30 * 60_000) {
    for (const [marker, isAnswered] of soak.asked) {
      if (!isAnswered && (await ask(soak.town, url, marker))) soak.asked.set(marker, true)
    }
    const open = {
      kind: 'soak',
      state: { in: ['waiting', 'sending'] as ('waiting' | 'sending')[] },
    }
    if ((await onceThere(() => soak.db.outboxMessage.count({ where: open }))) === 0) return
    await pause(500)
  }
  throw new Error('After half an hour something is still on its way.')
}

export async function count({ town, db, decided, asked }: Soak): Promise<Counted> {
  const standing = town.counted()
  const rows = await db.outboxMessage.findMany({
    where: { kind: 'soak' },
    select: { key: true, state: true, platform: true, error: true },
  })
  const stateOf = new Map(rows.map((row) => [row.key, row]))
  const lost = [...decided].filter((key) => {
    const row = stateOf.get(key)
    const isUncertain = row?.state === 'uncertain' && row.platform === 'teams'
    return !standing.has(key) && !isUncertain
  })
  const uncertain = rows.filter(({ state }) => state === 'uncertain')
  const updates = await db.statusUpdate.groupBy({
    by: ['reason'],
    where: { reason: { startsWith: 'asked-' } },
    _count: true,
  })
  const stored = new Map(updates.map(({ reason, _count }) => [reason, _count]))
  return {
    decided: decided.size,
    standing: [...decided].filter((key) => standing.has(key)).length,
    doubled: [...standing].filter(([, times]) => times > 1).map(([key]) => key),
    lost: lost.map((key) => `${key} (${stateOf.get(key)?.state}: ${stateOf.get(key)?.error})`),
    uncertain: uncertain.length,
    uncertainAndThere: uncertain.filter(({ key }) => standing.has(key)).length,
    asked: asked.size,
    answered: [...asked.values()].filter(Boolean).length,
    storedTwice: [...stored].flatMap(([reason, times]) => (reason && times > 1 ? [reason] : [])),
    answeredAndLost: [...asked].flatMap(([key, isAnswered]) =>
      isAnswered && !stored.has(key) ? [key] : [],
    ),
  }
}
