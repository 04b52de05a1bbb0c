import type { Place, Workspace } from '../base/addresses.ts'
import { type Database, inTransaction, type ReadTx, type Tx } from '../infra/db.ts'
import { recordResult } from './claim-results.ts'
import type { Claim } from './claim-store.ts'
import type { Failure } from './error-codes.ts'
import { readdress, type Transition } from './state-machine.ts'

// A message to a person goes where that person is written to at the moment of sending, and to their next address where
// nobody is at the first: accounts are linked, taken off and closed while messages wait.

interface CheckedPlace {
  readonly place: Place
  /** 'theirs', 'gone' where its platform has called them gone from there, or 'moved': another than it was addressed to. */
  readonly standing: 'theirs' | 'gone' | 'moved'
}

/** Where people are written to in private. Handed in: the outbox knows no accounts. */
export interface AddressBook {
  /**
   * The place, if it is still the person's, else the one where they are written to now; undefined where they have no
   * account any more.
   */
  checkDirectPlace(tx: ReadTx, personId: string, place: Place): Promise<CheckedPlace | undefined>
  /** Records that the platform knows nobody at this place. Gives the place to try next; undefined where all were tried. */
  passOver(tx: Tx, personId: string, place: Place, now: Date): Promise<Place | undefined>
  /** Where those of these people who have a living account outside these workspaces are written to. */
  placesElsewhere(
    tx: ReadTx,
    personIds: readonly string[],
    workspaces: readonly Workspace[],
    now: Date,
  ): Promise<ReadonlyMap<string, Place>>
  /** Records that a message reached the person there, whom the platform had called gone. */
  markReached(tx: Tx, personId: string, place: Place): Promise<void>
}

/** A message's person and place. Without a person it belongs to its place, such as a channel. */
type Addressed = Pick<Claim, 'personId' | 'place'>

function checkPlace(
  db: ReadTx,
  addressBook: AddressBook | undefined,
  { personId, place }: Addressed,
): Promise<CheckedPlace | undefined> {
  if (!addressBook || !personId || place.kind !== 'direct') {
    return Promise.resolve({ place, standing: 'theirs' })
  }
  return addressBook.checkDirectPlace(db, personId, place)
}

const movedFailure: Failure = {
  code: 'moved',
  reason: 'the account that it was addressed to is not theirs any more',
}
const noAccountFailure: Failure = {
  code: 'no_account',
  reason: 'they have no account in chat any more',
}

/** Where it goes, and whether its person was gone from there; or what comes next where the place is not theirs any more. */
export async function checkBeforeSend(
  db: ReadTx,
  addressBook: AddressBook | undefined,
  claim: Addressed & Pick<Claim, 'attempt'>,
  now: Date,
): Promise<Transition | { readonly place: Place; readonly wasGone: boolean }> {
  const found = await checkPlace(db, addressBook, claim)
  if (!found) return { state: 'dropped', ...noAccountFailure }
  const { place, standing } = found
  if (standing === 'moved') return readdress(claim.attempt, place, movedFailure, now)
  return { place, wasGone: standing === 'gone' }
}

/** Why a sent message is not edited any more: its reader is not its person. Undefined where it may be. */
export async function checkBeforeEdit(
  db: ReadTx,
  addressBook: AddressBook | undefined,
  message: Addressed,
): Promise<Failure | undefined> {
  const found = await checkPlace(db, addressBook, message)
  return found && found.standing !== 'moved' ? undefined : movedFailure
}

/**
 * Records how an attempt ended, and what that says of the person's address. Gives what was recorded: a message to
 * somebody who is gone from one address waits to be sent to their next. Undefined where the claim was taken over.
 */
export async function recordWithAddress(
  db: Database,
  addressBook: AddressBook | undefined,
  claim: Claim,
  ended: Transition,
  now: Date,
): Promise<Transition | undefined> {
  const record = async (tx: Tx, next: Transition) =>
    (await recordResult(tx, claim, next, now)) ? next : undefined
  const { personId, place } = claim
  if (!addressBook || !personId || place.kind !== 'direct') return record(db, ended)
  if (ended.state === 'sent' && ended.wasGone) {
    return inTransaction(db, async (tx) => {
      await addressBook.markReached(tx, personId, place)
      return record(tx, ended)
    })
  }
  if (ended.state === 'dead' && ended.gone) {
    return inTransaction(db, async (tx) => {
      const next = await addressBook.passOver(tx, personId, place, now)
      return record(tx, next ? readdress(claim.attempt, next, ended, now) : ended)
    })
  }
  return record(db, ended)
}
