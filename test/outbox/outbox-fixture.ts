import { randomUUID } from 'node:crypto'
import type { Place } from '../../src/base/addresses.ts'
import type { Clock } from '../../src/base/clock.ts'
import type { AdaptiveCard, Card } from '../../src/chat/cards.ts'
import { type Database, inTransaction } from '../../src/infra/db.ts'
import {
  createDispatcher,
  type Dispatcher,
  type DispatcherParts,
} from '../../src/outbox/dispatcher.ts'
import { defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { enqueue, type NewOutboxMessage } from '../../src/outbox/outbox.ts'
import { platformRateLimits } from '../support/platforms.ts'
import { FakePlatform } from './fake-platform.ts'

export const testKind = defineMessageKind({ kind: 'test', title: 'Test', authority: 'read plan' })

/** A real database, two platforms in memory and a clock that tests move. */
export class OutboxFixture {
  readonly db: Database
  readonly slack = new FakePlatform('slack')
  readonly teams = new FakePlatform('teams')
  /** Every line that was logged, as JSON. */
  readonly logged: string[] = []
  now = new Date('2017-02-27T09:00:00Z')
  readonly clock: Clock = { now: () => new Date(this.now) }

  constructor(db: Database) {
    this.db = db
  }

  /** Moves the clock forward. */
  advance(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1_000)
  }

  dispatcher(
    names: ('slack' | 'teams')[] = ['slack', 'teams'],
    clock: Clock = this.clock,
    more: Partial<DispatcherParts> = {},
  ): Dispatcher {
    const logLine = (...fields: unknown[]) => {
      this.logged.push(JSON.stringify(fields))
    }
    return createDispatcher({
      db: this.db,
      platforms: new Map(names.map((name) => [name, this[name]])),
      clock,
      random: () => 0.5,
      log: { info: logLine, warn: logLine, error: logLine },
      rateLimits: platformRateLimits,
      expand,
      ...more,
    })
  }

  /** Enqueues in a transaction of its own. Each message has its own conversation, unless `in` names one. */
  async enqueue(
    key: string,
    more: Partial<NewOutboxMessage> & { in?: string } = {},
  ): Promise<boolean> {
    const { in: conversation = `C-${key}`, ...rest } = more
    const message = { key, kind: testKind, place: slack(conversation), card: testCard, ...rest }
    return inTransaction(this.db, (tx) => enqueue(tx, message, this.now))
  }

  /** The id of a new person. */
  async person(name: string): Promise<string> {
    const id = randomUUID()
    await this.db.person.create({ data: { id, name, createdAt: this.now } })
    return id
  }

  async row(key: string) {
    return this.db.outboxMessage.findUniqueOrThrow({ where: { key } })
  }

  async state(key: string): Promise<string> {
    return (await this.row(key)).state
  }
}

export const testCard: Card = { name: 'good', data: { words: 'a private reason' } }
/** A card that cannot be expanded. */
export const invalidCard: Card = { name: 'invalid', data: { words: 'a private reason' } }

/** Expands every card except `invalidCard`. */
export function expand(card: Card): AdaptiveCard {
  if (card.name === 'invalid') throw new TypeError('cannot expand "a private reason"')
  return { type: 'AdaptiveCard', version: '1.5', fallbackText: card.name, body: [] }
}

export const slack = (conversation: string): Place => ({
  platform: 'slack',
  tenant: 'T1',
  conversation,
  kind: 'channel',
})

export const teams = (conversation: string): Place => ({
  platform: 'teams',
  tenant: 'A1',
  conversation,
  kind: 'channel',
  serviceUrl: 'https://teams.example/',
})

/** A promise that a test resolves. */
export function gate(): { open: () => void; opened: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { open: resolve, opened: promise }
}
