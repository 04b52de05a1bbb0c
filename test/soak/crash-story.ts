import type { Place } from '../../src/base/addresses.ts'
import { type Database, inTransaction } from '../../src/infra/db.ts'
import { createDispatcher, type Dispatcher } from '../../src/outbox/dispatcher.ts'
import { leaseMs } from '../../src/outbox/lease.ts'
import { defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { editMessage, enqueue } from '../../src/outbox/outbox.ts'
import { platformRateLimits } from '../support/platforms.ts'
import { type Chance, chanceOf } from './chance.ts'
import { ModelPlatform } from './model-platform.ts'
import { type Fate, type Life, lifeOf, mortalDatabase, mortalPlatform } from './mortal.ts'

const storyKind = defineMessageKind({ kind: 'test', title: 'Test' })

/** What became of the messages of a story, or of many; counted where they stand. */
export interface Tally {
  stories: number
  crashes: number
  freezes: number
  deliveries: number
  posted: number
  /** Given up for a reason that the ledger tells, and nowhere to be seen. */
  dead: number
  /** Teams alone: nobody can look. */
  uncertain: number
  uncertainAndThere: number
  /** What must not be; each with its story. */
  readonly faults: string[]
}

export function emptyTally(): Tally {
  return {
    ...{ stories: 0, crashes: 0, freezes: 0, deliveries: 0 },
    ...{ posted: 0, dead: 0, uncertain: 0, uncertainAndThere: 0 },
    faults: [],
  }
}

const conversations: readonly [Place, ...Place[]] = [
  { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' },
  { platform: 'slack', tenant: 'T1', conversation: 'C2', kind: 'channel' },
  { platform: 'teams', tenant: 'A1', conversation: '19:a', kind: 'channel' },
]

/**
 * One story on an empty ledger: deliveries are decided, several dispatchers send them while platforms fail, each
 * dispatcher dies or freezes at some step, others come, and at last one that lives clears up. Then everything is
 * counted. The fake clock moves in jumps; the database is real.
 */
export async function crashStory(db: Database, seed: number, tally: Tally): Promise<void> {
  const story = new Story(db, seed)
  await db.outboxMessage.deleteMany()
  await story.decideSome()
  const rounds = 2 + story.chance.below(3)
  for (let round = 0; round < rounds; round += 1) await story.round(tally)
  await story.clearUp()
  await story.count(tally)
}

class Story {
  readonly chance: Chance
  readonly #db: Database
  readonly #seed: number
  readonly #platforms: readonly [ModelPlatform, ModelPlatform]
  readonly #frozen: { life: Life; run: Promise<unknown> }[] = []
  readonly #changed = new Map<string, string>()
  #now = new Date('2017-02-27T09:00:00Z')

  constructor(db: Database, seed: number) {
    this.#db = db
    this.#seed = seed
    this.chance = chanceOf(seed)
    this.#platforms = [
      new ModelPlatform('slack', this.chance),
      new ModelPlatform('teams', this.chance),
    ]
  }

  async decideSome(): Promise<void> {
    const many = 2 + this.chance.below(5)
    await inTransaction(this.#db, async (tx) => {
      const roots = new Map<string, string>()
      for (let number = 0; number < many; number += 1) {
        const place = this.chance.pick(conversations)
        const key = `${this.chance.happens(0.1) ? 'poison' : 'k'}${number}`
        const afterKey = this.chance.happens(0.3) ? roots.get(place.conversation) : undefined
        const card = { name: 'notice', data: { words: key } }
        await enqueue(tx, { key, kind: storyKind, place, card, afterKey }, this.#now)
        roots.set(place.conversation, key)
      }
    })
  }

  /** One to four dispatchers at once, most of which come to grief. */
  async round(tally: Tally): Promise<void> {
    for (const platform of this.#platforms) platform.trouble = this.chance.pick([0, 0.2, 0.5])
    const several = Array.from({ length: 1 + this.chance.below(4) }, () => this.#fate())
    await Promise.all(
      several.map(async (fate) => {
        if (fate.what === 'dies') tally.crashes += 1
        if (fate.what === 'freezes') tally.freezes += 1
        const life = lifeOf(fate, this.chance)
        const run = this.#dispatcher(life)
          .dispatchDue()
          .catch(() => {})
        await Promise.race([run, life.died])
        if (life.isFrozen) this.#frozen.push({ life, run })
      }),
    )
    if (this.chance.happens(0.3)) await this.#changeOne()
    this.#pass(this.chance.pick([500, 2_000, 40_000, 2 * leaseMs]))
    if (this.chance.happens(0.3)) await this.#wakeFrozen()
  }

  /** Without trouble, until nothing is left to do. */
  async clearUp(): Promise<void> {
    for (const platform of this.#platforms) platform.trouble = 0
    this.#pass(2 * leaseMs)
    const living = this.#dispatcher(lifeOf({ at: 0, what: 'lives' }, this.chance))
    await living.dispatchDue()
    await this.#wakeFrozen()
    for (let looks = 0; looks < 200 && (await this.#left()) > 0; looks += 1) {
      const next = await living.nextDue(this.#now)
      this.#pass(Math.max(1_000, (next?.getTime() ?? 0) - this.#now.getTime()))
      await living.dispatchDue()
    }
  }

  async count(tally: Tally): Promise<void> {
    tally.stories += 1
    const rows = await this.#db.outboxMessage.findMany({ orderBy: { sequence: 'asc' } })
    for (const row of rows) {
      tally.deliveries += 1
      const platform = this.#platforms[row.platform === 'slack' ? 0 : 1]
      const count = platform.count(row.key)
      tally.posted += Math.min(1, count)
      const fault = (what: string) => {
        tally.faults.push(`seed ${this.#seed}: ${row.platform} ${row.key} ${what}`)
      }
      if (count > 1) fault(`stands there ${count} times`)
      if (row.state === 'sent' && count === 0) fault('counts as sent and is nowhere')
      if (row.state === 'dead' && count > 0) fault('counts as dead and stands there')
      if (row.state === 'waiting' || row.state === 'sending') fault(`is ${row.state} for ever`)
      if (row.state === 'uncertain') {
        tally.uncertain += 1
        tally.uncertainAndThere += count
        if (row.platform === 'slack') fault(`is uncertain: ${row.error}`)
      }
      if (row.state === 'dead') {
        tally.dead += 1
        const isPoison = row.key.startsWith('poison') || row.error?.includes('in whose thread')
        if (!isPoison) fault(`was given up: ${row.error}`)
      }
      const changed = this.#changed.get(row.key)
      const shown = platform.messages.find(({ key }) => key === row.key)
      if (row.state === 'sent' && changed && JSON.stringify(shown?.words) !== changed) {
        fault('does not show what it was changed to')
      }
    }
    this.#countOrder(tally, rows)
  }

  /** What one conversation was told, it was told in the order of decision. */
  #countOrder(tally: Tally, rows: readonly { key: string }[]): void {
    const order = new Map(rows.map(({ key }, index) => [key, index]))
    for (const platform of this.#platforms) {
      const last = new Map<string, number>()
      for (const { key, conversation } of platform.messages) {
        const at = order.get(key) ?? 0
        if (at < (last.get(conversation) ?? -1)) {
          tally.faults.push(`seed ${this.#seed}: ${platform.name} ${key} came after a later one`)
        }
        last.set(conversation, at)
      }
    }
  }

  #fate(): Fate {
    const what = this.chance.pick(['dies', 'dies', 'freezes', 'freezes', 'lives'] as const)
    return { what, at: 3 + this.chance.below(this.chance.pick([6, 12, 30])) }
  }

  #dispatcher(life: Life): Dispatcher {
    const [slack, teams] = this.#platforms
    const quiet = () => {}
    return createDispatcher({
      db: mortalDatabase(this.#db, life),
      platforms: new Map([
        ['slack', mortalPlatform(slack, life)],
        ['teams', mortalPlatform(teams, life)],
      ]),
      clock: { now: () => new Date(this.#now) },
      random: () => this.chance.next(),
      log: { info: quiet, warn: quiet, error: quiet },
      rateLimits: platformRateLimits,
      expand: ({ name }) => ({
        type: 'AdaptiveCard',
        version: '1.5',
        fallbackText: name,
        body: [],
      }),
    })
  }

  /** A message is changed, whatever state it is in. */
  async #changeOne(): Promise<void> {
    const rows = await this.#db.outboxMessage.findMany({ select: { id: true, key: true } })
    const row = rows[this.chance.below(rows.length)]
    if (!row) return
    const data = { words: `${row.key}, corrected` }
    await inTransaction(this.#db, (tx) =>
      editMessage(tx, row.id, { name: 'notice', data }, this.#now),
    )
    this.#changed.set(row.key, JSON.stringify(data))
  }

  async #wakeFrozen(): Promise<void> {
    const woken = this.#frozen.splice(0)
    for (const { life } of woken) life.wake()
    await Promise.all(woken.map(({ run }) => run))
  }

  async #left(): Promise<number> {
    const open = await this.#db.outboxMessage.count({
      where: { state: { in: ['waiting', 'sending'] } },
    })
    const changes = await this.#db.messageEdit.count({
      where: { outboxMessage: { state: 'sent' } },
    })
    return open + changes
  }

  #pass(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms)
  }
}
