import { z } from 'zod'
import type { Address, Place } from '../base/addresses.ts'
import type { Card } from '../chat/cards.ts'
import { Prisma } from '../infra/db.ts'
import type { Failure } from './error-codes.ts'

// Between the columns of the outbox and the types of the chat port. Free text is parsed both ways; a column of JSON holds
// nothing else, and parsing all of a card again took a thirtieth of a morning.

export type DeliveryState = 'waiting' | 'sending' | 'sent' | 'uncertain' | 'dead' | 'dropped'

const jsonObject = z.record(z.string(), z.unknown())
const placeKindSchema = z.enum(['direct', 'channel'])

/** Columns that say where a message goes. */
export interface PlaceColumns {
  platform: string
  tenant: string
  conversation: string
  placeKind: string
  isPerson: boolean | null
  serviceUrl: string | null
}

/** Columns that say where a sent message is. */
export interface AddressColumns extends PlaceColumns {
  sentTo: string | null
  messageId: string | null
}

export function placeOf(row: PlaceColumns): Place {
  return {
    platform: row.platform,
    tenant: row.tenant,
    conversation: row.conversation,
    kind: placeKindSchema.parse(row.placeKind),
    isPerson: row.isPerson ?? undefined,
    serviceUrl: row.serviceUrl ?? undefined,
  }
}

export function placeColumns(place: Place): PlaceColumns {
  const { platform, tenant, conversation, kind, isPerson = null, serviceUrl = null } = place
  return { platform, tenant, conversation, placeKind: kind, isPerson, serviceUrl }
}

/** Columns that say which programmes a message tells of. The previous version fills in the first alone. */
export interface ProgrammeColumns {
  programmeId: string | null
  programmeIds: readonly string[]
}

/** programmeIdsOf in SQL, of a row by its alias. */
export const programmeIdsIn = (alias: string): Prisma.Sql => {
  const [ids, first] = [Prisma.raw(`${alias}."programmeIds"`), Prisma.raw(`${alias}."programmeId"`)]
  return Prisma.sql`CASE WHEN cardinality(${ids}) > 0 OR ${first} IS NULL THEN ${ids} ELSE ARRAY[${first}] END`
}

export function programmeIdsOf({ programmeId, programmeIds }: ProgrammeColumns): readonly string[] {
  return programmeIds.length > 0 || programmeId === null ? programmeIds : [programmeId]
}

/** Undefined until it was sent. */
export function addressOf(row: AddressColumns): Address | undefined {
  if (row.sentTo === null || row.messageId === null) return undefined
  const place = { ...placeOf(row), conversation: row.sentTo, isPerson: false }
  return { place, messageId: row.messageId }
}

export function cardOf(row: { card: string; data: unknown }): Card {
  return { name: row.card, data: row.data }
}

export function failureColumns({ code, reason }: Failure): { errorCode: string; error: string } {
  return { errorCode: code, error: reason }
}

/** The card's columns. Data is kept as JSON keeps it: undefined is left out, a Date becomes its text. */
export function cardColumns(card: Card): { card: string; data: Prisma.InputJsonObject } {
  const data = jsonObject.parse(JSON.parse(JSON.stringify(card.data)))
  return { card: card.name, data: data as Prisma.InputJsonObject }
}
