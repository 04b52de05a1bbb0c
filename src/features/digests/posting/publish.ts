import type { Clock } from '../../../base/clock.ts'
import { dateIn } from '../../../base/dates.ts'
import { messageOf } from '../../../base/errors.ts'
import type { Log } from '../../../base/log.ts'
import { type Channel, unknownChannel } from '../../../chat/port.ts'
import type { Place, PlatformName } from '../../../chat/request.ts'
import { programmeCalendar } from '../../../domain/calendars/calendar.ts'
import { digestKey, freeze, lastDigestAt } from '../../../domain/digests/archive/digest-store.ts'
import { digestFor } from '../../../domain/digests/audience/compose-for.ts'
import { loadAsked } from '../../../domain/digests/audience/load-input.ts'
import { loadPlan } from '../../../domain/plan/store.ts'
import { nextBoard } from '../../../domain/rounds/board-meetings.ts'
import {
  digestRound,
  lapsedRound,
  nextRound,
  previewMoment,
  type Round,
  roundBefore,
  windowEnd,
} from '../../../domain/schedule/schedule.ts'
import { type Running, runningSubscriptions } from '../../../domain/schedule/subscription-store.ts'
import { type Database, inTransaction, isDatabaseAway, type Tx } from '../../../infra/db.ts'
import { decide } from '../../../outbox/outbox.ts'
import { keepPicture } from '../../../outbox/pictures.ts'
import { directionsOf, waitingFor } from '../approval/approval.ts'
import { tellOffice } from '../approval/notify-office.ts'
import { blockedNews, lapsedNews, waitingNews } from '../approval/office-notices.ts'
import { tellPreview } from '../approval/preview.ts'
import type { Painter } from '../chart/worker.ts'
import { fitDigest } from '../rendering/paginate.ts'
import { type Found, find, obstacleIn } from './channel-visibility.ts'
import { type Illustration, illustrate, isStillSo, withPicture } from './chart-attachment.ts'
import { whyPosted } from './explanation.ts'

export interface DigestParts {
  readonly db: Database
  readonly clock: Clock
  /** How a command begins there: "/rag", "@Milepost". */
  readonly prefix: (platform: PlatformName) => string
  readonly log: Log
  /** Who can read a channel; throws as the port's calls do. Left out: nobody can tell. */
  readonly channel?: (place: Place) => Promise<Channel>
  /** Left out: digests have no pictures. */
  readonly painter?: Painter
}

/**
 * Decides every digest that should have been posted by now; each in a transaction of its own. Runs each minute, in
 * any number of processes: a round is posted once. What is not posted, the programme office is told of, once.
 * Tells the keys of the digests that are new. Throws where the database is away; what was due then stays due.
 */
export async function postDigests(parts: DigestParts): Promise<string[]> {
  const now = parts.clock.now()
  const posted: string[] = []
  for (const running of await runningSubscriptions(parts.db)) {
    try {
      const key = await attend(parts, running, now)
      if (key) posted.push(key)
    } catch (error) {
      if (isDatabaseAway(error)) throw error
      parts.log.error(
        { subscription: running.subscription.id, error: messageOf(error) },
        'A digest was not decided',
      )
    }
  }
  return posted
}

/** What there is to do for one channel at this minute, most often nothing. Gives the key of what was posted. */
async function attend(parts: DigestParts, running: Running, now: Date): Promise<string | null> {
  const { subscription, programme, lastRound } = running
  const calendar = programmeCalendar(programme)
  // A channel that subscribes after this week's hour waits for the next one.
  const isOpen = ({ round, moment }: Round) =>
    moment >= subscription.createdAt && (lastRound === null || lastRound < round)
  const due = digestRound(subscription, calendar, now)
  if (due && isOpen(due)) return postDue(parts, running, due, now)

  const lapsed = lapsedRound(subscription, calendar, now)
  if (lapsed && isOpen(lapsed)) await tell(parts, running, lapsed, now, lapsedNews)

  const next = nextRound(subscription, calendar, now)
  const isShown = previewMoment(subscription, calendar, next) <= now
  if (programme.settings.digest.preview && isShown) {
    await inTransaction(parts.db, (tx) => tellPreview(tx, parts, programme, next, now))
  }
  return null
}

/** Tells the office something that depends on how the round is directed. */
async function tell(
  { db, prefix }: DigestParts,
  running: Running,
  round: Round,
  now: Date,
  newsOf: typeof lapsedNews,
): Promise<void> {
  const { programme } = running
  await inTransaction(db, async (tx) => {
    const directed = await directionsOf(tx, programme.id, round.round)
    const waiting = waitingFor(directed, programme.settings.digest)
    await tellOffice(tx, programme, newsOf(running, round, waiting), { now, prefix })
  })
}

/**
 * For so long we wait for a platform that does not answer who reads a channel: while it is away nothing could be
 * posted there either. Then the digest goes where the office chose to have it: the question guards their choice
 * against what changed since, and a platform that cannot tell (Teams, a missing scope) must not silence a programme.
 */
const askedForMs = 30 * 60_000

async function postDue(
  parts: DigestParts,
  running: Running,
  round: Round,
  now: Date,
): Promise<string | null> {
  const { db, prefix, log } = parts
  const { subscription, programme } = running
  const { place } = subscription
  const telling = { now, prefix }
  const directed = await directionsOf(db, programme.id, round.round)
  const waiting = waitingFor(directed, programme.settings.digest)
  if (waiting) {
    const until = windowEnd(subscription, programmeCalendar(programme), round)
    const news = waitingNews(running, round, waiting, until)
    await inTransaction(db, (tx) => tellOffice(tx, programme, news, telling))
    return null
  }
  const found: Found = parts.channel ? await find(parts.channel(place)) : unknownChannel
  const key = digestKey(programme.id, round.round, subscription.id)
  if (found === 'no answer') {
    if (now.getTime() < round.moment.getTime() + askedForMs) return null
    log.warn({ key }, 'Nobody could tell who reads the channel; its digest is posted as chosen')
  }
  const obstacle = obstacleIn(subscription, found, prefix(place.platform))
  if (obstacle) {
    const news = blockedNews(running, round, obstacle)
    await inTransaction(db, (tx) => tellOffice(tx, programme, news, telling))
    return null
  }
  const { painter } = parts
  const picture =
    painter &&
    (await illustrate({ db, painter, log }, { key, subscription }, async (tx) => {
      const { composed } = await compose(tx, running, round, now)
      return composed
    }))
  const isNew = await inTransaction(db, (tx) => post(tx, parts, running, { round, picture }, now))
  return isNew ? key : null
}

/** What a channel's digest says as at today, before it has a number; `since`: the day it looks back to. */
async function compose(tx: Tx, { subscription, programme }: Running, round: Round, now: Date) {
  const { audience, scope } = subscription
  const { id: programmeId, zone } = programme
  const asAt = dateIn(zone, now)
  const previous = await lastDigestAt(tx, subscription)
  const since = previous?.asAt ?? roundBefore(subscription, asAt)
  const plan = await loadPlan(tx, programmeId, asAt)
  const directed = await directionsOf(tx, programmeId, round.round)
  const asked = await loadAsked(tx, plan, { previous, since })
  const composed = digestFor(asked, { audience, scope, officeHeadline: directed.headline })
  return { composed, since, directed }
}

interface ToPost {
  readonly round: Round
  /** As it was painted a moment ago. */
  readonly picture: Illustration | undefined
}

async function post(
  tx: Tx,
  { prefix, log }: Pick<DigestParts, 'prefix' | 'log'>,
  running: Running,
  { round, picture }: ToPost,
  now: Date,
): Promise<boolean> {
  const { subscription, programme } = running
  const { place } = subscription
  const { id: programmeId, settings } = programme
  const { composed, since, directed } = await compose(tx, running, round, now)
  // Held while its picture was painted: the next minute tells the office that it waits.
  if (waitingFor(directed, settings.digest)) return false
  const isSo = picture !== undefined && (await isStillSo(tx, picture, subscription, composed))
  const meetingOn = nextBoard({ settings }, composed.asAt)?.on ?? null
  const content = await freeze(tx, subscription, round, composed, { from: since, meetingOn, now })
  if (!content) return false
  const key = digestKey(programmeId, round.round, subscription.id)
  const [root, ...more] = fitDigest(content, prefix(place.platform))
  const why = whyPosted(programme, subscription, round)
  const about = { kind: 'digest', place, programmeId, why }
  // A week in which nothing happened is one line, and no picture.
  const shown = isSo && more.length > 0 ? picture : undefined
  if (picture && !isSo) log.warn({ key }, 'The plan changed while its picture was painted')
  if (shown) await keepPicture(tx, { ...shown, programmeId }, now)
  const card = shown ? withPicture(root, shown) : root
  await decide(tx, { ...about, key, card, pictureId: shown?.id }, now)
  for (const [at, card] of more.entries()) {
    await decide(tx, { ...about, key: `${key}:part:${at + 1}`, card, afterKey: key }, now)
  }
  return true
}
