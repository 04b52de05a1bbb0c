import type { Address, PlatformName } from '../base/addresses.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { AdaptiveCard, Card } from '../chat/cards.ts'
import type { ChatPlatform } from '../chat/port.ts'
import { type Database, isDatabaseUnavailable } from '../infra/db.ts'
import { type Claim, markSending } from './claim-store.ts'
import { pictureBytes } from './pictures.ts'
import type { RevalidationResult, Revalidator } from './revalidate.ts'
import { callPlatform, callTimeoutMs } from './send-result.ts'
import {
  afterLookup,
  afterSend,
  defer,
  type EditResult,
  firstStep,
  type LookupResult,
  leaseExpired,
  type Random,
  resendOnce,
  type SendResult,
  type Transition,
  threadOf,
} from './state-machine.ts'

/** What a programme wants done with a message that may stand there, or not, where nobody can look. */
export type ResendPolicy = (delivery: Claim) => Promise<'leave' | 'again'>

export interface AttemptParts {
  readonly db: Database
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly expand: (card: Card) => AdaptiveCard
  readonly revalidate?: Revalidator | undefined
  readonly resendPolicy?: ResendPolicy | undefined
}

/** Told of an attempt's calls as they are made: pacing counts from there, and a platform that fails is left alone. */
export interface AttemptObserver {
  onSending(): void
  onResult(outcome: LookupResult | EditResult): void
}

/** One attempt at a delivery in hand: looks for it if it may stand already, then sends it. Gives what comes next. */
export async function attemptSend(
  parts: AttemptParts,
  claim: Claim,
  watch: AttemptObserver,
): Promise<Transition> {
  const platform = parts.platforms.get(claim.place.platform)
  if (!platform)
    throw new Error(`${claim.place.platform} is not set up, yet "${claim.key}" was claimed`)
  const root = threadOf(claim.root)
  if ('state' in root) return root
  const next =
    (await findEarlierSend(parts, platform, claim, root.thread, watch)) ??
    (await send(parts, platform, claim, root.thread, watch))
  if (next.state !== 'uncertain' || claim.isResend) return next
  const wish = await parts.resendPolicy?.(claim)
  return wish === 'again' ? resendOnce(next, claim.attempt, parts.clock.now()) : next
}

/** Whether it stands there already, where it may; undefined where it is to be sent. */
async function findEarlierSend(
  { clock, random, log }: AttemptParts,
  platform: ChatPlatform,
  claim: Claim,
  thread: Address | undefined,
  watch: AttemptObserver,
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
  watch.onResult(found)
  const next = afterLookup(claim.attempt, found, clock.now(), random)
  return next === 'send' ? undefined : next
}

async function send(
  parts: AttemptParts,
  platform: ChatPlatform,
  claim: Claim,
  thread: Address | undefined,
  watch: AttemptObserver,
): Promise<Transition> {
  const { clock, random } = parts
  const ready = await prepare(parts, claim)
  if ('state' in ready) return ready

  // A process that was frozen since it claimed this must not send what another has sent meanwhile. A call that is
  // made is over before the claim is, so whoever takes it over afterwards finds what it left behind.
  if (claim.lease.expiresAt.getTime() - clock.now().getTime() < callTimeoutMs) {
    return leaseExpired(claim.attempt, clock.now())
  }
  watch.onSending()
  const message = { ...ready, key: claim.key, thread, isResend: claim.isResend }
  const { key, place } = claim
  const about = { key, platform: place.platform }
  const sent = await callPlatform<SendResult>(parts.log, about, async () => {
    return { kind: 'sent', address: await platform.send(place, message) }
  })
  watch.onResult(sent)
  return afterSend(claim.attempt, sent, clock.now(), random)
}

interface PreparedMessage {
  readonly card: Card
  readonly image: Uint8Array | undefined
}

/** All that the database has to do with it. Where that is away nothing was sent, so nobody has to look later. */
async function prepare(parts: AttemptParts, claim: Claim): Promise<PreparedMessage | Transition> {
  try {
    const decided = validateCard(parts, claim.parseCard)
    if ('state' in decided) return decided
    const card = await cardToSend(parts, claim, decided)
    if ('state' in card) return card
    const image = await pictureBytes(parts.db, claim.pictureId)
    const changed = card === decided ? undefined : card
    const isOurs = await markSending(parts.db, claim, changed, parts.clock.now())
    return isOurs ? { card, image } : leaseExpired(claim.attempt, parts.clock.now())
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error
    const reason = 'the database was away when it was to be sent'
    const code = 'database_unavailable'
    const failed = { kind: 'unavailable', posted: 'no', code, reason } as const
    return afterSend(claim.attempt, failed, parts.clock.now(), parts.random)
  }
}

/** What it says by now, as a card that can be drawn; or what comes next instead. */
async function cardToSend(
  parts: AttemptParts,
  claim: Claim,
  decided: Card,
): Promise<Card | Transition> {
  const fresh = await revalidateClaim(parts, claim, decided)
  if (fresh === 'unchanged') return decided
  if ('dropReason' in fresh) return { state: 'dropped', code: 'outdated', reason: fresh.dropReason }
  if ('deferUntil' in fresh) return defer(claim.attempt, fresh.deferUntil, fresh.reason)
  return validateCard(parts, () => fresh.card)
}

/** The fault's own words could quote the card's data, so they are left out. */
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

/** Where that cannot be told because of a fault of ours, what was decided is said rather than nothing. */
async function revalidateClaim(
  { revalidate, log }: AttemptParts,
  claim: Claim,
  card: Card,
): Promise<RevalidationResult> {
  const { id, key, kind, place, topics, programmeId, personId, enqueuedAt } = claim
  const pending = { id, key, kind, place, card, topics, programmeId, personId, enqueuedAt }
  try {
    return (await revalidate?.(pending)) ?? 'unchanged'
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    log.error({ err: error, delivery: key }, 'Whether it is still so could not be told')
    return 'unchanged'
  }
}
