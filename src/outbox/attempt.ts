import type { Address, Place, PlatformName } from '../base/addresses.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { AdaptiveCard, Card } from '../chat/cards.ts'
import type { ChatPlatform, OutgoingFile } from '../chat/port.ts'
import { type Database, isDatabaseUnavailable } from '../infra/db.ts'
import type { Random } from './backoff.ts'
import { markSending } from './claim-results.ts'
import type { Claim } from './claim-store.ts'
import { fileOf } from './files.ts'
import { type AddressBook, checkBeforeSend } from './person-address.ts'
import { pictureBytes } from './pictures.ts'
import type { RevalidationResult, Revalidator } from './revalidate.ts'
import { callPlatform, callTimeoutMs } from './send-result.ts'
import {
  afterLookup,
  afterSend,
  defer,
  type EditResult,
  type FailedCall,
  firstStep,
  type LookupResult,
  leaseExpired,
  resendOnce,
  type SendResult,
  type Transition,
} from './state-machine.ts'
import { threadOf } from './thread-root.ts'

/** What a programme wants for a message that may have been sent, where nobody can look: a gap or a repeat. */
export type ResendPolicy = (claim: Claim) => Promise<'leave' | 'again'>

export interface AttemptParts {
  readonly db: Database
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly expand: (card: Card) => AdaptiveCard
  readonly revalidate?: Revalidator | undefined
  readonly resendPolicy?: ResendPolicy | undefined
  /** Absent: a message goes where it was addressed to. */
  readonly addressBook?: AddressBook | undefined
}

/** Called as an attempt's calls are made: the rate limiter counts from there, and the circuit breaker by the result. */
export interface AttemptObserver {
  onSending(): void
  /** Gives the result as it is to be taken: what a broken workspace says may concern the recipient after all. */
  onResult<Result extends LookupResult | EditResult>(result: Result): Result | FailedCall
}

/** One attempt at a claimed message: looks for it if it may have been sent, then sends it. Returns what comes next. */
export async function attemptSend(
  parts: AttemptParts,
  claim: Claim,
  observer: AttemptObserver,
): Promise<Transition> {
  const platform = parts.platforms.get(claim.place.platform)
  if (!platform)
    throw new Error(`${claim.place.platform} is not set up, yet "${claim.key}" was claimed`)
  const root = threadOf(claim.root)
  if ('state' in root) return root
  const next =
    (await findEarlierSend(parts, platform, claim, root.thread, observer)) ??
    (await send(parts, platform, claim, root.thread, observer))
  if (next.state !== 'uncertain' || claim.isResend) return next
  const policy = await parts.resendPolicy?.(claim)
  return policy === 'again' ? resendOnce(next, claim.attempt, parts.clock.now()) : next
}

/** Looks for a message that may have been sent by an earlier attempt; undefined where it is to be sent now. */
async function findEarlierSend(
  { clock, random, log }: AttemptParts,
  platform: ChatPlatform,
  claim: Claim,
  thread: Address | undefined,
  observer: AttemptObserver,
): Promise<Transition | undefined> {
  const step = firstStep(claim.attempt)
  if (step.kind === 'send') return undefined
  if (step.kind === 'stop') return step.transition
  const { key, place } = claim
  const about = { key, platform: place.platform }
  const found = await callPlatform<LookupResult>(log, about, async () => {
    const there = await platform.find(place, key, step.since, thread)
    return typeof there === 'string' ? { kind: there } : { kind: 'sent', address: there }
  })
  const next = afterLookup(claim.attempt, observer.onResult(found), clock.now(), random)
  return next === 'send' ? undefined : next
}

async function send(
  parts: AttemptParts,
  platform: ChatPlatform,
  claim: Claim,
  thread: Address | undefined,
  observer: AttemptObserver,
): Promise<Transition> {
  const { clock, random } = parts
  const ready = await prepare(parts, claim)
  if ('state' in ready) return ready

  // A process that was frozen since it claimed this must not send what another has sent meanwhile. A call ends before
  // the lease does, so a process that takes the message over can find what the call posted.
  if (claim.lease.expiresAt.getTime() - clock.now().getTime() < callTimeoutMs) {
    return leaseExpired(claim.attempt, clock.now())
  }
  observer.onSending()
  const { place, wasGone, ...content } = ready
  const message = { ...content, key: claim.key, thread, isResend: claim.isResend }
  const about = { key: claim.key, platform: place.platform }
  const sent = await callPlatform<SendResult>(parts.log, about, async () => {
    return { kind: 'sent', address: await platform.send(place, message) }
  })
  const next = afterSend(claim.attempt, observer.onResult(sent), clock.now(), random)
  return next.state === 'sent' && wasGone ? { ...next, wasGone } : next
}

interface PreparedMessage {
  readonly card: Card
  readonly image: Uint8Array | undefined
  readonly file: OutgoingFile | undefined
  readonly place: Place
  /** The platform has called its person gone from where it goes. */
  readonly wasGone: boolean
}

/** Everything that needs the database. Where it is away nothing was sent, so nobody has to look later. */
async function prepare(parts: AttemptParts, claim: Claim): Promise<PreparedMessage | Transition> {
  try {
    const address = await checkBeforeSend(parts.db, parts.addressBook, claim, parts.clock.now())
    if ('state' in address) return address
    const enqueued = validateCard(parts, claim.parseCard)
    if ('state' in enqueued) return enqueued
    const card = await cardToSend(parts, claim, enqueued)
    if ('state' in card) return card
    const image = await pictureBytes(parts.db, claim.pictureId)
    const file = claim.hasFile ? await fileOf(parts.db, claim.id) : undefined
    if (claim.hasFile && !file) return fileNotKept
    const replaced = card === enqueued ? undefined : card
    const isHeld = await markSending(parts.db, claim, replaced, parts.clock.now())
    return isHeld
      ? { card, image, file, ...address }
      : leaseExpired(claim.attempt, parts.clock.now())
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error
    const reason = 'the database was away when it was to be sent'
    const code = 'database_unavailable'
    const failed = { kind: 'unavailable', posted: 'no', code, reason } as const
    return afterSend(claim.attempt, failed, parts.clock.now(), parts.random)
  }
}

const fileNotKept: Transition = {
  state: 'dropped',
  code: 'outdated',
  reason: 'the file that it was to bring is not kept any more',
}

/** The card after revalidation, checked that it can be rendered; or what comes next instead of sending. */
async function cardToSend(
  parts: AttemptParts,
  claim: Claim,
  enqueued: Card,
): Promise<Card | Transition> {
  const result = await revalidateClaim(parts, claim, enqueued)
  if (result === 'unchanged') return enqueued
  if ('dropReason' in result) {
    return { state: 'dropped', code: 'outdated', reason: result.dropReason }
  }
  if ('deferUntil' in result) return defer(claim.attempt, result.deferUntil, result.reason)
  return validateCard(parts, () => result.card)
}

/** The message of the error could quote the card's data, so only its name is kept. */
function validateCard({ expand }: AttemptParts, read: () => Card): Card | Transition {
  try {
    const card = read()
    expand(card)
    return card
  } catch (error) {
    const fault = error instanceof Error ? error.name : typeof error
    const reason = `its card cannot be drawn from its data (${fault})`
    return { state: 'dead', code: 'card_invalid', reason }
  }
}

/** Where revalidation itself fails, the message is sent as it was enqueued rather than not at all. */
async function revalidateClaim(
  { revalidate, log }: AttemptParts,
  claim: Claim,
  card: Card,
): Promise<RevalidationResult> {
  const { id, key, kind, place, topics, programmeIds, personId, enqueuedAt } = claim
  const pending = { id, key, kind, place, card, topics, programmeIds, personId, enqueuedAt }
  try {
    return (await revalidate?.(pending)) ?? 'unchanged'
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    log.error(
      { err: error, delivery: key },
      'A message could not be revalidated and is sent as it was enqueued',
    )
    return 'unchanged'
  }
}
