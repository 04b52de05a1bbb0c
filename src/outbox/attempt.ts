import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { AdaptiveCard, Card } from '../chat/cards.ts'
import type { ChatPlatform } from '../chat/port.ts'
import type { Address, PlatformName } from '../chat/request.ts'
import { type Database, isDatabaseAway } from '../infra/db.ts'
import { type Claim, noteSending } from './claim-store.ts'
import { pictureBytes } from './pictures.ts'
import type { Freshen, Freshened } from './revalidate.ts'
import { outcomeOf, patienceMs } from './send-result.ts'
import {
  afterLook,
  afterSend,
  againAfter,
  begin,
  type LookOutcome,
  type Next,
  type Outcome,
  putOff,
  type Random,
  type RedrawOutcome,
  threadOf,
  tooLate,
} from './state-machine.ts'

/** What a programme wants done with a message that may stand there, or not, where nobody can look. */
export type OnUncertain = (delivery: Claim) => Promise<'leave' | 'again'>

export interface AttemptParts {
  readonly db: Database
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly expand: (card: Card) => AdaptiveCard
  readonly freshen?: Freshen | undefined
  readonly onUncertain?: OnUncertain | undefined
}

/** Told of an attempt's calls as they are made: pacing counts from there, and a platform that fails is left alone. */
export interface Watch {
  sending(): void
  heard(outcome: LookOutcome | RedrawOutcome): void
}

/** One attempt at a delivery in hand: looks for it if it may stand already, then sends it. Gives what comes next. */
export async function attempt(parts: AttemptParts, claim: Claim, watch: Watch): Promise<Next> {
  const platform = parts.platforms.get(claim.place.platform)
  if (!platform)
    throw new Error(`${claim.place.platform} is not set up, yet "${claim.key}" was claimed`)
  const root = threadOf(claim.root)
  if ('state' in root) return root
  const next =
    (await look(parts, platform, claim, root.thread, watch)) ??
    (await send(parts, platform, claim, root.thread, watch))
  if (next.state !== 'uncertain' || claim.again) return next
  const wish = await parts.onUncertain?.(claim)
  return wish === 'again' ? againAfter(next, claim.attempt, parts.clock.now()) : next
}

/** Whether it stands there already, where it may; undefined where it is to be sent. */
async function look(
  { clock, random, log }: AttemptParts,
  platform: ChatPlatform,
  claim: Claim,
  thread: Address | undefined,
  watch: Watch,
): Promise<Next | undefined> {
  const beginning = begin(claim.attempt)
  if (beginning === 'send') return undefined
  if ('state' in beginning) return beginning
  const found = await outcomeOf<LookOutcome>(log, claim, async () => {
    const there = await platform.find(claim.place, claim.key, beginning.look, thread)
    return typeof there === 'string' ? { kind: there } : { kind: 'sent', address: there }
  })
  watch.heard(found)
  const next = afterLook(claim.attempt, found, clock.now(), random)
  return next === 'send' ? undefined : next
}

async function send(
  parts: AttemptParts,
  platform: ChatPlatform,
  claim: Claim,
  thread: Address | undefined,
  watch: Watch,
): Promise<Next> {
  const { clock, random } = parts
  const ready = await prepare(parts, claim)
  if ('state' in ready) return ready

  // A process that was frozen since it claimed this must not send what another has sent meanwhile. A call that is
  // made is over before the claim is, so whoever takes it over afterwards finds what it left behind.
  if (claim.lease.until.getTime() - clock.now().getTime() < patienceMs) {
    return tooLate(claim.attempt, clock.now())
  }
  watch.sending()
  const message = { ...ready, key: claim.key, thread, again: claim.again }
  const sent = await outcomeOf<Outcome>(parts.log, claim, async () => {
    return { kind: 'sent', address: await platform.send(claim.place, message) }
  })
  watch.heard(sent)
  return afterSend(claim.attempt, sent, clock.now(), random)
}

interface Ready {
  readonly card: Card
  readonly picture: Uint8Array | undefined
}

/** All that the database has to do with it. Where that is away nothing was sent, so nobody has to look later. */
async function prepare(parts: AttemptParts, claim: Claim): Promise<Ready | Next> {
  try {
    const decided = drawable(parts, claim.card)
    if ('state' in decided) return decided
    const card = await cardToSend(parts, claim, decided)
    if ('state' in card) return card
    const picture = await pictureBytes(parts.db, claim.pictureId)
    const changed = card === decided ? undefined : card
    const isOurs = await noteSending(parts.db, claim, changed, parts.clock.now())
    return isOurs ? { card, picture } : tooLate(claim.attempt, parts.clock.now())
  } catch (error) {
    if (!isDatabaseAway(error)) throw error
    const reason = 'the database was away when it was to be sent'
    const failed = { kind: 'unavailable', posted: 'no', reason } as const
    return afterSend(claim.attempt, failed, parts.clock.now(), parts.random)
  }
}

/** What it says by now, as a card that can be drawn; or what comes next instead. */
async function cardToSend(parts: AttemptParts, claim: Claim, decided: Card): Promise<Card | Next> {
  const fresh = await freshened(parts, claim, decided)
  if (fresh === 'as it is') return decided
  if ('drop' in fresh) return { state: 'dropped', reason: fresh.drop }
  if ('later' in fresh) return putOff(claim.attempt, fresh.later, fresh.because)
  return drawable(parts, () => fresh.card)
}

/** The fault's own words could quote the card's data, so they are left out. */
function drawable({ expand }: AttemptParts, read: () => Card): Card | Next {
  try {
    const card = read()
    expand(card)
    return card
  } catch (error) {
    const fault = error instanceof Error ? error.name : typeof error
    return { state: 'dead', reason: `its card cannot be drawn from its data (${fault})` }
  }
}

/** Where that cannot be told because of a fault of ours, what was decided is said rather than nothing. */
async function freshened(
  { freshen, log }: AttemptParts,
  claim: Claim,
  card: Card,
): Promise<Freshened> {
  const { id, key, kind, place, says, programmeId, personId, decidedAt } = claim
  const decided = { id, key, kind, place, card, says, programmeId, personId, decidedAt }
  try {
    return (await freshen?.(decided)) ?? 'as it is'
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    log.error({ err: error, delivery: key }, 'Whether it is still so could not be told')
    return 'as it is'
  }
}
