import type { Place, PlatformName } from '../../../base/addresses.ts'
import type { Clock } from '../../../base/clock.ts'
import { dateIn } from '../../../base/dates.ts'
import { messageOf } from '../../../base/errors.ts'
import type { Log } from '../../../base/log.ts'
import { type Channel, unknownChannel } from '../../../chat/port.ts'
import { programmeCalendar } from '../../../domain/calendars/calendar.ts'
import { freezeDigest, previousDigest } from '../../../domain/digests/archive/digest-store.ts'
import { digestKey, digestPartKey } from '../../../domain/digests/archive/message-key.ts'
import { composeDigestFor } from '../../../domain/digests/audience/compose-for.ts'
import { loadDigestInput } from '../../../domain/digests/audience/load-input.ts'
import { digestSetting } from '../../../domain/digests/settings.ts'
import { loadPlan } from '../../../domain/plan/store.ts'
import { nextBoardMeeting } from '../../../domain/rounds/board-meetings.ts'
import {
  dueRound,
  lapsedRound,
  nextRound,
  previewMoment,
  type ScheduleRound,
  scheduleDayBefore,
  windowEnd,
} from '../../../domain/schedule/schedule.ts'
import {
  type ActiveSubscription,
  loadActiveSubscriptions,
} from '../../../domain/schedule/subscription-store.ts'
import { type Database, inTransaction, isDatabaseUnavailable, type Tx } from '../../../infra/db.ts'
import { enqueue } from '../../../outbox/outbox.ts'
import { savePicture } from '../../../outbox/pictures.ts'
import { loadApprovalState, pendingDecision } from '../approval/approval.ts'
import { notifyOffice } from '../approval/notify-office.ts'
import { blockedNotice, lapsedNotice, waitingNotice } from '../approval/office-notices.ts'
import { notifyPreview } from '../approval/preview.ts'
import { type ChannelLookup, lookUpChannel, postingObstacle } from '../channel-visibility.ts'
import type { ChartWorker } from '../chart/worker.ts'
import { paginateDigest } from '../rendering/paginate.ts'
import { type ChartAttachment, isChartCurrent, renderChart, withChart } from './chart-attachment.ts'
import { explainPosting } from './explanation.ts'

export interface PublishContext {
  readonly db: Database
  readonly clock: Clock
  /** How a command begins there: "/rag", "@Milepost". */
  readonly prefix: (platform: PlatformName) => string
  /** A platform as people know it: "Slack". */
  readonly platformTitle: (platform: PlatformName) => string
  readonly log: Log
  /** Who can read a channel; throws as the port's calls do. Left out: nobody can tell. */
  readonly channel?: (place: Place) => Promise<Channel>
  /** Left out: digests have no pictures. */
  readonly chartWorker?: ChartWorker
}

/**
 * Decides every digest that should have been posted by now; each in a transaction of its own. Runs each minute, in
 * any number of processes: a round is posted once. What is not posted, the programme office is told of, once.
 * Tells the keys of the digests that are new. Throws where the database is away; what was due then stays due.
 */
export async function postDigests(parts: PublishContext): Promise<string[]> {
  const now = parts.clock.now()
  const posted: string[] = []
  for (const running of await loadActiveSubscriptions(parts.db)) {
    try {
      const key = await processSubscription(parts, running, now)
      if (key) posted.push(key)
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error
      parts.log.error(
        { subscription: running.subscription.id, error: messageOf(error) },
        'A digest was not decided',
      )
    }
  }
  return posted
}

/** What there is to do for one channel at this minute, most often nothing. Gives the key of what was posted. */
async function processSubscription(
  parts: PublishContext,
  running: ActiveSubscription,
  now: Date,
): Promise<string | null> {
  const { subscription, programme, lastRound } = running
  const calendar = programmeCalendar(programme)
  // A channel that subscribes after this week's hour waits for the next one.
  const isOpen = ({ day, moment }: ScheduleRound) =>
    moment >= subscription.createdAt && (lastRound === null || lastRound < day)
  const due = dueRound(subscription, calendar, now)
  if (due && isOpen(due)) return publishDueRound(parts, running, due, now)

  const lapsed = lapsedRound(subscription, calendar, now)
  if (lapsed && isOpen(lapsed)) await notifyOfRound(parts, running, lapsed, now, lapsedNotice)

  const next = nextRound(subscription, calendar, now)
  const isShown = previewMoment(subscription, calendar, next) <= now
  if (digestSetting.of(programme.settings).preview && isShown) {
    await inTransaction(parts.db, (tx) => notifyPreview(tx, parts, programme, next, now))
  }
  return null
}

/** Tells the office something that depends on how the round is directed. */
async function notifyOfRound(
  { db, prefix }: PublishContext,
  running: ActiveSubscription,
  round: ScheduleRound,
  now: Date,
  newsOf: typeof lapsedNotice,
): Promise<void> {
  const { programme } = running
  await inTransaction(db, async (tx) => {
    const directed = await loadApprovalState(tx, programme.id, round.day)
    const waiting = pendingDecision(directed, digestSetting.of(programme.settings))
    await notifyOffice(tx, programme, newsOf(running, round, waiting), { now, prefix })
  })
}

/**
 * For so long we wait for a platform that does not answer who reads a channel: while it is away nothing could be
 * posted there either. Then the digest goes where the office chose to have it: the question guards their choice
 * against what changed since, and a platform that cannot tell (Teams, a missing scope) must not silence a programme.
 */
const channelLookupGraceMs = 30 * 60_000

async function publishDueRound(
  parts: PublishContext,
  running: ActiveSubscription,
  round: ScheduleRound,
  now: Date,
): Promise<string | null> {
  const { db, prefix, log } = parts
  const { subscription, programme } = running
  const { place } = subscription
  const telling = { now, prefix }
  const directed = await loadApprovalState(db, programme.id, round.day)
  const waiting = pendingDecision(directed, digestSetting.of(programme.settings))
  if (waiting) {
    const until = windowEnd(subscription, programmeCalendar(programme), round)
    const news = waitingNotice(running, round, waiting, until)
    await inTransaction(db, (tx) => notifyOffice(tx, programme, news, telling))
    return null
  }
  const found: ChannelLookup = parts.channel
    ? await lookUpChannel(parts.channel(place))
    : unknownChannel
  const key = digestKey(programme.id, round.day, subscription.id)
  if (found === 'no answer') {
    if (now.getTime() < round.moment.getTime() + channelLookupGraceMs) return null
    log.warn({ key }, 'Nobody could tell who reads the channel; its digest is posted as chosen')
  }
  const obstacle = postingObstacle(subscription, found, {
    prefix: prefix(place.platform),
    platform: parts.platformTitle(place.platform),
  })
  if (obstacle) {
    const news = blockedNotice(running, round, obstacle)
    await inTransaction(db, (tx) => notifyOffice(tx, programme, news, telling))
    return null
  }
  const { chartWorker } = parts
  const picture =
    chartWorker &&
    (await renderChart({ db, chartWorker, log }, { key, subscription }, async (tx) => {
      const { composed } = await composeForChannel(tx, running, round, now)
      return composed
    }))
  const isNew = await inTransaction(db, (tx) =>
    freezeAndEnqueue(tx, parts, running, { round, chart: picture }, now),
  )
  return isNew ? key : null
}

/** What a channel's digest says as at today, before it has a number; `since`: the day it looks back to. */
async function composeForChannel(
  tx: Tx,
  { subscription, programme }: ActiveSubscription,
  round: ScheduleRound,
  now: Date,
) {
  const { audience, scope } = subscription
  const { id: programmeId, zone } = programme
  const asAt = dateIn(zone, now)
  const previous = await previousDigest(tx, subscription)
  const since = previous?.asAt ?? scheduleDayBefore(subscription, asAt)
  const plan = await loadPlan(tx, programmeId, asAt)
  const directed = await loadApprovalState(tx, programmeId, round.day)
  const asked = await loadDigestInput(tx, plan, { previous, since })
  const composed = composeDigestFor(asked, { audience, scope, officeHeadline: directed.headline })
  return { composed, since, directed }
}

interface PublishOptions {
  readonly round: ScheduleRound
  /** As it was painted a moment ago. */
  readonly chart: ChartAttachment | undefined
}

async function freezeAndEnqueue(
  tx: Tx,
  { prefix, log }: Pick<PublishContext, 'prefix' | 'log'>,
  running: ActiveSubscription,
  { round, chart }: PublishOptions,
  now: Date,
): Promise<boolean> {
  const { subscription, programme } = running
  const { place } = subscription
  const { id: programmeId, settings } = programme
  const { composed, since, directed } = await composeForChannel(tx, running, round, now)
  // Held while its picture was painted: the next minute tells the office that it waits.
  if (pendingDecision(directed, digestSetting.of(settings))) return false
  const isSo = chart !== undefined && (await isChartCurrent(tx, chart, subscription, composed))
  const meetingOn = nextBoardMeeting({ settings }, composed.asAt)?.on ?? null
  const content = await freezeDigest(tx, subscription, round, composed, {
    from: since,
    meetingOn,
    now,
  })
  if (!content) return false
  const key = digestKey(programmeId, round.day, subscription.id)
  const [root, ...more] = paginateDigest(content, prefix(place.platform))
  const why = explainPosting(programme, subscription, round)
  const about = { kind: 'digest', place, programmeId, why }
  // A week in which nothing happened is one line, and no picture.
  const shown = isSo && more.length > 0 ? chart : undefined
  if (chart && !isSo) log.warn({ key }, 'The plan changed while its picture was painted')
  if (shown) await savePicture(tx, { ...shown, programmeId }, now)
  const card = shown ? withChart(root, shown) : root
  await enqueue(tx, { ...about, key, card, pictureId: shown?.id }, now)
  for (const [at, card] of more.entries()) {
    await enqueue(tx, { ...about, key: digestPartKey(key, at + 1), card, afterKey: key }, now)
  }
  return true
}
