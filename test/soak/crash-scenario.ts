import type { Place } from '../../src/base/addresses.ts'
import { type Database, inTransaction } from '../../src/infra/db.ts'
import { createDispatcher, type Dispatcher } from '../../src/outbox/dispatcher.ts'
import { leaseMs } from '../../src/outbox/lease.ts'
import { defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { editMessage, enqueue } from '../../src/outbox/outbox.ts'
import { platformRateLimits } from '../support/platforms.ts'
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts'
import { ModelPlatform } from './model-platform.ts'
import {
  databaseOf,
  type ProcessFate,
  platformOf,
  type SimulatedProcess,
  simulateProcess,
} from './simulated-process.ts'

const testKind = defineMessageKind({ kind: 'test', title: 'Test', authority: 'read plan' })

/** What became of the messages of one or more scenarios, counted on the platforms. */
export interface Tally {
  scenarios: number
  crashes: number
  freezes: number
  messages: number
  posted: number
  /** Given up with a reason in the outbox, and not posted. */
  dead: number
  /** Possibly sent; Teams only, where the outbox cannot look a message up. */
  uncertain: number
  uncertainAndPosted: number
  /** Violations, each with the seed of its scenario. */
  readonly faults: string[]
}

export function emptyTally(): Tally {
  return {
    ...{ scenarios: 0, crashes: 0, freezes: 0, messages: 0 },
    ...{ posted: 0, dead: 0, uncertain: 0, uncertainAndPosted: 0 },
    faults: [],
  }
}

const conversations: readonly [Place, ...Place[]] = [
  { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' },
  { platform: 'slack', tenant: 'T1', conversation: 'C2', kind: 'channel' },
  { platform: 'teams', tenant: 'A1', conversation: '19:a', kind: 'channel' },
]

/**
 * One scenario on an empty outbox: messages are enqueued, several dispatchers send them while platforms fail, and most
 * dispatchers crash or freeze at some step. At last a dispatcher that does neither finishes the work, and everything is
 * counted. The fake clock moves in jumps; the database is real.
 */
export async function runCrashScenario(db: Database, seed: number, tally: Tally): Promise<void> {
  const scenario = new Scenario(db, seed)
  await db.outboxMessage.deleteMany()
  await scenario.enqueueSome()
  const rounds = 2 + scenario.random.below(3)
  for (let round = 0; round < rounds; round += 1) await scenario.round(tally)
  await scenario.finish()
  await scenario.count(tally)
}

class Scenario {
  readonly random: SeededRandom
  readonly #db: Database
  readonly #seed: number
  readonly #platforms: readonly [ModelPlatform, ModelPlatform]
  readonly #frozen: { process: SimulatedProcess; run: Promise<unknown> }[] = []
  readonly #edits = new Map<string, string>()
  #now = new Date('2017-02-27T09:00:00Z')

  constructor(db: Database, seed: number) {
    this.#db = db
    this.#seed = seed
    this.random = seededRandom(seed)
    this.#platforms = [
      new ModelPlatform('slack', this.random),
      new ModelPlatform('teams', this.random),
    ]
  }

  async enqueueSome(): Promise<void> {
    const many = 2 + this.random.below(5)
    await inTransaction(this.#db, async (tx) => {
      const roots = new Map<string, string>()
      for (let number = 0; number < many; number += 1) {
        const place = this.random.pick(conversations)
        const key = `${this.random.happens(0.1) ? 'poison' : 'k'}${number}`
        const afterKey = this.random.happens(0.3) ? roots.get(place.conversation) : undefined
        const card = { name: 'notice', data: { words: key } }
        await enqueue(tx, { key, kind: testKind, place, card, afterKey }, this.#now)
        roots.set(place.conversation, key)
      }
    })
  }

  /** Runs one to four dispatchers at once, most of which crash or freeze. */
  async round(tally: Tally): Promise<void> {
    for (const platform of this.#platforms) platform.failureRate = this.random.pick([0, 0.2, 0.5])
    const fates = Array.from({ length: 1 + this.random.below(4) }, () => this.#fate())
    await Promise.all(
      fates.map(async (fate) => {
        if (fate.event === 'crash') tally.crashes += 1
        if (fate.event === 'freeze') tally.freezes += 1
        const process = simulateProcess(fate, this.random)
        const run = this.#dispatcher(process)
          .dispatchDue()
          .catch(() => {})
        await Promise.race([run, process.stopped])
        if (process.isFrozen) this.#frozen.push({ process, run })
      }),
    )
    if (this.random.happens(0.3)) await this.#editOne()
    this.#advance(this.random.pick([500, 2_000, 40_000, 2 * leaseMs]))
    if (this.random.happens(0.3)) await this.#wakeFrozen()
  }

  /** Runs a dispatcher without failures until nothing is left to do. */
  async finish(): Promise<void> {
    for (const platform of this.#platforms) platform.failureRate = 0
    this.#advance(2 * leaseMs)
    const survivor = this.#dispatcher(simulateProcess({ at: 0, event: 'none' }, this.random))
    await survivor.dispatchDue()
    await this.#wakeFrozen()
    for (let turns = 0; turns < 200 && (await this.#unfinished()) > 0; turns += 1) {
      const next = await survivor.nextDue(this.#now)
      this.#advance(Math.max(1_000, (next?.getTime() ?? 0) - this.#now.getTime()))
      await survivor.dispatchDue()
    }
  }

  async count(tally: Tally): Promise<void> {
    tally.scenarios += 1
    const rows = await this.#db.outboxMessage.findMany({ orderBy: { sequence: 'asc' } })
    for (const row of rows) {
      tally.messages += 1
      const platform = this.#platforms[row.platform === 'slack' ? 0 : 1]
      const count = platform.count(row.key)
      tally.posted += Math.min(1, count)
      const fault = (problem: string) => {
        tally.faults.push(`seed ${this.#seed}: ${row.platform} ${row.key} ${problem}`)
      }
      if (count > 1) fault(`was posted ${count} times`)
      if (row.state === 'sent' && count === 0) fault('is sent in the outbox but not posted')
      if (row.state === 'dead' && count > 0) fault('is dead in the outbox but posted')
      if (row.state === 'waiting' || row.state === 'sending') fault(`stays ${row.state}`)
      if (row.state === 'uncertain') {
        tally.uncertain += 1
        tally.uncertainAndPosted += count
        if (row.platform === 'slack') fault(`is uncertain: ${row.error}`)
      }
      if (row.state === 'dead') {
        tally.dead += 1
        const isPoison = row.key.startsWith('poison') || row.error?.includes('in whose thread')
        if (!isPoison) fault(`was given up: ${row.error}`)
      }
      const edit = this.#edits.get(row.key)
      const shown = platform.messages.find(({ key }) => key === row.key)
      if (row.state === 'sent' && edit && JSON.stringify(shown?.words) !== edit) {
        fault('does not show its last edit')
      }
    }
    this.#checkOrder(tally, rows)
  }

  /** Checks that each conversation got its messages in the order in which they were enqueued. */
  #checkOrder(tally: Tally, rows: readonly { key: string }[]): void {
    const order = new Map(rows.map(({ key }, index) => [key, index]))
    for (const platform of this.#platforms) {
      const last = new Map<string, number>()
      for (const { key, conversation } of platform.messages) {
        const at = order.get(key) ?? 0
        if (at < (last.get(conversation) ?? -1)) {
          tally.faults.push(
            `seed ${this.#seed}: ${platform.name} ${key} was posted after a later one`,
          )
        }
        last.set(conversation, at)
      }
    }
  }

  #fate(): ProcessFate {
    const event = this.random.pick(['crash', 'crash', 'freeze', 'freeze', 'none'] as const)
    return { event, at: 3 + this.random.below(this.random.pick([6, 12, 30])) }
  }

  #dispatcher(process: SimulatedProcess): Dispatcher {
    const [slack, teams] = this.#platforms
    const ignore = () => {}
    return createDispatcher({
      db: databaseOf(this.#db, process),
      platforms: new Map([
        ['slack', platformOf(slack, process)],
        ['teams', platformOf(teams, process)],
      ]),
      clock: { now: () => new Date(this.#now) },
      random: () => this.random.next(),
      log: { info: ignore, warn: ignore, error: ignore },
      rateLimits: platformRateLimits,
      expand: ({ name }) => ({
        type: 'AdaptiveCard',
        version: '1.5',
        fallbackText: name,
        body: [],
      }),
    })
  }

  /** Edits a random message, whatever its state. */
  async #editOne(): Promise<void> {
    const rows = await this.#db.outboxMessage.findMany({ select: { id: true, key: true } })
    const row = rows[this.random.below(rows.length)]
    if (!row) return
    const data = { words: `${row.key}, corrected` }
    await inTransaction(this.#db, (tx) =>
      editMessage(tx, row.id, () => ({ name: 'notice', data }), this.#now),
    )
    this.#edits.set(row.key, JSON.stringify(data))
  }

  async #wakeFrozen(): Promise<void> {
    const woken = this.#frozen.splice(0)
    for (const { process } of woken) process.wake()
    await Promise.all(woken.map(({ run }) => run))
  }

  async #unfinished(): Promise<number> {
    const open = await this.#db.outboxMessage.count({
      where: { state: { in: ['waiting', 'sending'] } },
    })
    const edits = await this.#db.messageEdit.count({
      where: { outboxMessage: { state: 'sent' } },
    })
    return open + edits
  }

  #advance(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms)
  }
}
