import { z } from 'zod'
import type { Card } from '../chat/cards.ts'
import type { Address, Place, PlatformName } from '../chat/request.ts'
import type { Prisma } from '../infra/db.ts'

// Between the ledger's columns and the words of the chat port. JSON and free text columns are parsed both ways.

const json = z.json()
const platform = z.enum(['slack', 'teams'])
const placeKind = z.enum(['direct', 'channel'])

/** Columns that say where a message goes. */
export interface PlaceColumns {
  platform: string
  tenant: string
  conversation: string
  placeKind: string
  via: string | null
}

/** Columns that say where a message stands, once it was sent. */
export interface AddressColumns extends PlaceColumns {
  sentTo: string | null
  sentAs: string | null
}

export function platformOf(row: { platform: string }): PlatformName {
  return platform.parse(row.platform)
}

export function placeOf(row: PlaceColumns): Place {
  return {
    platform: platformOf(row),
    tenant: row.tenant,
    conversation: row.conversation,
    kind: placeKind.parse(row.placeKind),
    via: row.via ?? undefined,
  }
}

/** Undefined until it was sent. */
export function addressOf(row: AddressColumns): Address | undefined {
  if (row.sentTo === null || row.sentAs === null) return undefined
  return { place: { ...placeOf(row), conversation: row.sentTo }, message: row.sentAs }
}

export function cardOf(row: { card: string; data: unknown }): Card {
  return { name: row.card, data: json.parse(row.data) }
}

/** The card's columns. Data is kept as JSON keeps it: undefined is left out, a Date becomes its text. */
export function cardColumns(card: Card): { card: string; data: Prisma.InputJsonObject } {
  const data = z.record(z.string(), json).parse(JSON.parse(JSON.stringify(card.data)))
  return { card: card.name, data: data as Prisma.InputJsonObject }
}
