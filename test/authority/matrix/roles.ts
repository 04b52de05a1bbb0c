import { z } from 'zod'
import type { ChatIdentity, Place } from '../../../src/base/addresses.ts'
import { erasePerson } from '../../../src/features/people/erase.ts'
import { withdrawPerson } from '../../../src/features/people/withdraw-person.ts'
import { type Database, inTransaction } from '../../../src/infra/db.ts'
import { storePerson } from '../../support/programme.ts'
import type { RowChange, RowChanges } from '../../support/row-changes.ts'
import { storeThings } from './programmes.ts'
import { type Members, type StoredThings, today } from './things.ts'

/** Those who are not in the programme they ask about. */
export const outsiders = [
  'unknown',
  'guest',
  'other tenant',
  'erased',
  'withdrawn',
  'stranger',
  'office elsewhere',
] as const
export type Outsider = (typeof outsiders)[number]

/** Those who are, with what they are in project 2.1 and its programme. */
export const insiders = [
  'viewer',
  'other lead',
  'workstream lead',
  'lead',
  'deputy',
  'sponsor',
  'office',
] as const
export type Insider = (typeof insiders)[number]
export type Role = Outsider | Insider

/** Who asks, and where they do unless a request says otherwise. */
export interface Asker {
  readonly identity: ChatIdentity
  readonly place: Place
}

/** A programme, and the ids of all its rows, its people included. */
export interface KnownThings extends StoredThings {
  readonly ids: readonly string[]
}

/** Two programmes that have nobody in common, and everybody who may ask about the first. */
export interface Cast {
  readonly north: KnownThings
  readonly south: KnownThings
  readonly askers: Readonly<Record<Role, Asker>>
}

/** `changes` notes what is stored. */
export async function storeCast(db: Database, changes: RowChanges): Promise<Cast> {
  // Numbers of messages that stand nowhere else, to be found in answers.
  await db.$executeRaw`ALTER SEQUENCE "OutboxMessage_sequence_seq" RESTART WITH 700001`
  const north = { ...(await storeThings(db, 'Kestrel', 'C1')), ids: idsIn(await changes.take()) }
  const south = { ...(await storeThings(db, 'Puffin', 'C2')), ids: idsIn(await changes.take()) }
  const stranger = await storePerson(db, 'Nobody Special', 'U-stranger')
  const { erased, withdrawn } = north.members
  const { programme: programmeId } = north.things
  const now = new Date('2017-02-28')
  await inTransaction(db, (tx) => withdrawPerson(tx, { personId: withdrawn.id, programmeId, now }))
  await inTransaction(db, (tx) => erasePerson(tx, erased, now, []))
  // Everybody has written in private that day: that an account is in use is news once a day.
  await db.$executeRaw`
    UPDATE "Identity" SET "conversationId" = 'D' || "user", "lastActiveAt" = ${`${today}T11:00:00Z`}::timestamptz`
  await changes.take()
  const { channel } = north.things
  const account = (user: string, tenant = 'T1') => ({ platform: 'slack', tenant, user })
  return {
    north,
    south,
    askers: {
      unknown: inPrivate(account('U-unknown')),
      // Somebody of another organisation who is in the channel too.
      guest: { identity: { ...account('U-guest', 'T9'), displayName: 'Gus' }, place: channel },
      'other tenant': inPrivate(account(north.members.lead.identity.user, 'T2')),
      erased: inPrivate(erased.identity),
      withdrawn: inPrivate(withdrawn.identity),
      stranger: inPrivate(stranger.identity),
      'office elsewhere': inPrivate(south.members.office.identity),
      ...insidersOf(north.members),
    },
  }
}

const idsIn = (changes: readonly RowChange[]): string[] =>
  changes.flatMap(({ after }) => z.object({ id: z.string() }).safeParse(after).data?.id ?? [])

function insidersOf(members: Members): Record<Insider, Asker> {
  return {
    viewer: inPrivate(members.viewer.identity),
    'other lead': inPrivate(members.otherLead.identity),
    'workstream lead': inPrivate(members.workstreamLead.identity),
    lead: inPrivate(members.lead.identity),
    deputy: inPrivate(members.deputy.identity),
    sponsor: inPrivate(members.sponsor.identity),
    office: inPrivate(members.office.identity),
  }
}

const inPrivate = (identity: ChatIdentity): Asker => ({
  identity,
  place: {
    ...{ platform: identity.platform, tenant: identity.tenant, kind: 'direct' },
    conversation: `D${identity.user}`,
  },
})
