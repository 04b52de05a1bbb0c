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

export const testKind = defineMessageKind({ kind: 'test', title: 'Test' })

/** Two platforms in memory, a clock to move, and a real database between them. */
export class Scene {
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

  pass(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1_000)
  }

  dispatcher(
    names: ('slack' | 'teams')[] = ['slack', 'teams'],
    clock: Clock = this.clock,
    more: Partial<DispatcherParts> = {},
  ): Dispatcher {
    const line = (...words: unknown[]) => {
      this.logged.push(JSON.stringify(words))
    }
    return createDispatcher({
      db: this.db,
      platforms: new Map(names.map((name) => [name, this[name]])),
      clock,
      random: () => 0.5,
      log: { info: line, warn: line, error: line },
      rateLimits: platformRateLimits,
      expand,
      ...more,
    })
  }

  /** Decides in a transaction of its own. Every delivery has its own conversation unless it is told. */
  async decide(
    key: string,
    more: Partial<NewOutboxMessage> & { in?: string } = {},
  ): Promise<boolean> {
    const { in: conversation = `C-${key}`, ...rest } = more
    const delivery = { key, kind: testKind, place: slack(conversation), card: good, ...rest }
    return inTransaction(this.db, (tx) => enqueue(tx, delivery, this.now))
  }

  async row(key: string) {
    return this.db.outboxMessage.findUniqueOrThrow({ where: { key } })
  }

  async state(key: string): Promise<string> {
    return (await this.row(key)).state
  }
}

export const good: Card = { name: 'good', data: { words: 'a private reason' } }
/** No template can draw it. */
export const poison: Card = { name: 'poison', data: { words: 'a private reason' } }

/** Draws every card but the poisonous one. */
export function expand(card: Card): AdaptiveCard {
  if (card.name === 'poison') throw new TypeError('cannot draw "a private reason"')
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

export const somebody = () => randomUUID()

/** A promise that is kept by hand. */
export function gate(): { open: () => void; opened: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { open: resolve, opened: promise }
}
