import { officeMembers } from '../../../authority/programme-roles.ts'
import type { Actor } from '../../../base/actor.ts'
import type { ChatIdentity } from '../../../base/addresses.ts'
import type { Clock } from '../../../base/clock.ts'
import { messageOf } from '../../../base/errors.ts'
import type { Log } from '../../../base/log.ts'
import { noticeCard } from '../../../chat/notice.ts'
import type { UserProfile } from '../../../chat/port.ts'
import { profileInTime } from '../../../chat/profile-lookup.ts'
import { organisationOf } from '../../../domain/organisations/organisations.ts'
import { directPlaceOf } from '../../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../../domain/people/language-of.ts'
import { matchNames, type NamedOwner } from '../../../domain/people/name-match.ts'
import { type Database, inTransaction, type ReadTx, type Tx } from '../../../infra/db.ts'
import { enqueue } from '../../../outbox/outbox.ts'
import { newcomerKeyPrefix, newcomerKind, newcomerName } from './newcomer-messages.ts'

export interface RecognitionParts {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  lookupProfile(identity: ChatIdentity): Promise<UserProfile | undefined>
}

/** An account is not looked up again for so long, however often it writes. */
const rememberedMs = 60 * 60_000

/** Where a name is like more names of a plan, the office would guess as well. */
const maxOwners = 3

const askedText =
  'I do not know this account yet. The plan names somebody who may be you, so I have asked the programme office. I will write to you as soon as they have answered.'

/**
 * Whether somebody unknown who writes may be a person whom a plan names and who has no account: then the office of each
 * such programme is asked, once. Gives what to tell them, which names nobody; undefined where they are like nobody.
 * Never throws.
 */
export function createNewcomerRecognition(
  parts: RecognitionParts,
): (actor: Actor) => Promise<string | undefined> {
  const { clock, log } = parts
  const known = new Map<string, { readonly at: number; readonly text: string | undefined }>()
  return async ({ identity }) => {
    const now = clock.now().getTime()
    for (const [key, { at }] of known) if (now - at >= rememberedMs) known.delete(key)
    const key = newcomerKeyPrefix(identity)
    const remembered = known.get(key)
    if (remembered) return remembered.text
    try {
      const text = (await askOffices(parts, identity)) ? askedText : undefined
      known.set(key, { at: now, text })
      return text
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'It was not found out who somebody new is')
      return undefined
    }
  }
}

/** True where somebody was asked, now or before. */
async function askOffices(
  { db, clock, lookupProfile }: RecognitionParts,
  identity: ChatIdentity,
): Promise<boolean> {
  const owners = await loadUnlinked(db, await organisationOf(db, identity))
  if (owners.length === 0) return false
  const profile = await profileInTime(lookupProfile(identity))
  if (!profile || (profile.standing !== 'employee' && profile.standing !== 'guest')) return false
  const { displayName, names = [displayName], email, standing } = profile
  const member = { names, email, isEmployee: standing === 'employee' }
  const alike = matchNames(owners, [member]).filter(({ kind }) => kind !== 'none')
  if (alike.length === 0 || alike.length > maxOwners) return false
  const account = { ...identity, user: profile.user ?? identity.user }
  return inTransaction(db, async (tx) => {
    let isAsked = false
    for (const { owner } of alike) {
      const question = { account, owner, displayName, isGuest: standing === 'guest' }
      if (await askAbout(tx, question, clock.now())) isAsked = true
    }
    return isAsked
  })
}

/** Everybody in a programme of the organisation that goes on who has no account. */
async function loadUnlinked(tx: ReadTx, organisationId: string | null): Promise<NamedOwner[]> {
  return tx.person.findMany({
    where: {
      ...{ identities: { none: {} }, forgottenAt: null },
      memberships: { some: { programme: { archivedAt: null, organisationId } } },
    },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  })
}

interface NewcomerQuestion {
  readonly account: ChatIdentity
  readonly owner: NamedOwner
  /** What the platform calls the account. */
  readonly displayName: string
  readonly isGuest: boolean
}

async function askAbout(
  tx: Tx,
  { account, owner, displayName, isGuest }: NewcomerQuestion,
  now: Date,
): Promise<boolean> {
  const rows = await tx.programme.findMany({
    where: { archivedAt: null, memberships: { some: { personId: owner.id } } },
    select: { id: true, key: true, title: true },
  })
  let isAsked = false
  for (const { id: programmeId, key: programme, title } of rows) {
    const guest = isGuest
      ? ' They are a guest of your workspace, and would see the whole plan.'
      : ''
    const { platform, tenant, user } = account
    const data = { programme, person: owner.id, platform, tenant, user }
    const question = () =>
      noticeCard({
        heading: `Is this ${owner.name}?`,
        lines: [
          `${displayName} (${tenant}/${user}) has written to me, and I do not know the account. ${title} names ${owner.name}, who has none.${guest}`,
        ],
        buttons: [
          { title: 'Yes, that is them', verb: newcomerName, data: { ...data, answer: 'yes' } },
          { title: 'No', verb: newcomerName, data: { ...data, answer: 'no' } },
        ],
      })
    for (const { personId } of await officeMembers(tx, [programmeId])) {
      const place = await directPlaceOf(tx, personId)
      if (!place) continue
      isAsked = true
      const card = await inLanguageOf(tx, personId, question)
      const message = {
        key: `${newcomerKeyPrefix(account, owner.id)}${programmeId}:${personId}`,
        ...{ kind: newcomerKind, card, place, personId, programmeIds: [programmeId] },
        why: ['You are in the programme office, and somebody unknown may be in your plan.'],
      }
      await enqueue(tx, message, now)
    }
  }
  return isAsked
}
