import { z } from 'zod'
import type { Address, Place } from '../../../src/base/addresses.ts'
import { type Card, expandCard } from '../../../src/chat/cards.ts'
import {
  type ConfiguredPlatform,
  configurePlatform,
  defineEnvironment,
  type PlatformDefinition,
} from '../../../src/chat/platform-definition.ts'
import type { ChatRequestHandler, OutgoingMessage } from '../../../src/chat/port.ts'

/** A message as it stands in a conversation: posted or edited. */
export interface Shown {
  readonly place: Place
  readonly address: Address
  readonly card: Card
  /** All that can be read of it, the picture included. */
  readonly text: string
}

/** Stands for Slack: hands requests in, and keeps what is posted. */
export interface ChatDouble {
  readonly platform: ConfiguredPlatform
  readonly definition: PlatformDefinition
  /** Set once the service has started. */
  handle(): ChatRequestHandler
  /** What was posted and edited since the last call. */
  take(): Shown[]
  /** Called before each post; what it throws is the platform's answer. */
  beforeSend: (place: Place) => void
}

export function createChatDouble(): ChatDouble {
  const shown: Shown[] = []
  let handler: ChatRequestHandler | undefined
  let posted = 0
  const show = (place: Place, address: Address, { card, image }: OutgoingMessage) => {
    const picture = image ? new TextDecoder().decode(image) : ''
    shown.push({ place, address, card, text: `${readable(card)} ${picture}` })
  }
  const definition: PlatformDefinition<object> = {
    ...{ name: 'slack', title: 'Slack' },
    environment: defineEnvironment(z.object({}), {
      isGiven: () => true,
      findMissing: () => [],
      toConfig: () => ({}),
    }),
    rateLimits: { conversation: [{ messages: 1000, perMs: 1 }], workspace: [], edits: [] },
    commandPrefix: (command) => command,
    connectionMode: () => 'socket',
    exposure: () => 'none',
    create: async (_, { handle }) => {
      handler = handle
      return {
        ...{ name: 'slack', routes: [], start: async () => {}, stop: async () => {} },
        send: async (place, message) => {
          double.beforeSend(place)
          posted += 1
          const address = { place, messageId: `m${posted}` }
          show(place, address, message)
          return address
        },
        update: async (address, message) => show(address.place, address, message),
        find: async () => 'not there',
        profile: async ({ user }) => ({ displayName: user }),
        members: async () => 'cannot tell' as const,
        channel: async () => ({ visibility: 'private', isArchived: false, name: 'board' }),
      }
    },
    explain: () => undefined,
    diagnose: async () => [],
    buildManifest: () => ({ manifest: {} }),
  }
  const double: ChatDouble = {
    definition,
    platform: configurePlatform(definition, {}),
    handle: () => {
      if (!handler) throw new Error('The service has not started yet.')
      return handler
    },
    take: () => shown.splice(0),
    beforeSend: () => {},
  }
  return double
}

/** The card's data and what its template makes of it, buttons and inputs included. */
export function readable(card: Card): string {
  return JSON.stringify([card.data, expandCard(card)])
}
