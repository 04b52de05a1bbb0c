import { unknownChannel } from '../../../chat/port.ts'
import { programmeCalendar } from '../../../domain/calendars/calendar.ts'
import { loadApprovalState, pendingOfPeople } from '../../../domain/digests/approval.ts'
import { correctionsFor } from '../../../domain/digests/archive/corrections.ts'
import { freezeDigest } from '../../../domain/digests/archive/digest-store.ts'
import { digestKey, digestPartKey } from '../../../domain/digests/archive/message-key.ts'
import { composeDigestFor } from '../../../domain/digests/audience/compose-for.ts'
import { digestInput } from '../../../domain/digests/audience/load-input.ts'
import { loadComparison } from '../../../domain/digests/comparison/load-comparison.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import type { DigestInput } from '../../../domain/digests/content/digest-input.ts'
import { digestSetting } from '../../../domain/digests/settings.ts'
import { nextBoardMeeting } from '../../../domain/rounds/board-meetings.ts'
import { scheduleDayBefore, windowEnd } from '../../../domain/schedule/schedule.ts'
import { inTransaction, type Tx } from '../../../infra/db.ts'
import { enqueue } from '../../../outbox/outbox.ts'
import { savePicture } from '../../../outbox/pictures.ts'
import { isLeftAlone } from '../../../outbox/workspace-outages.ts'
import { notifyOffice, type OfficeNotice } from '../approval/notify-office.ts'
import { blockedNotice, waitingNotice } from '../approval/office-notices.ts'
import { digestKind } from '../message-kinds.ts'
import { paginateDigest } from '../rendering/paginate.ts'
import { lookUpChannel, mayHaveOutsiders, postingObstacle } from './channel-visibility.ts'
import { type ChartAttachment, renderChart, withChart } from './chart-attachment.ts'
import { explainPosting } from './explanation.ts'
import { holdIfDoubted } from './hold-doubted.ts'
import type { DueDigest, PublishContext, PublishRun } from './publish-context.ts'

/** Posts the digest of a due round, where nothing is in its way. Returns its key; null where it is not posted now. */
export async function publishRound(
  context: PublishContext,
  due: DueDigest,
  run: PublishRun,
): Promise<string | null> {
  const { db } = context
  const { subscription, programme } = due
  const obstacle =
    (await findPendingDecision(context, due)) ?? (await checkChannel(context, due, run.now))
  if (obstacle) {
    const telling = { now: run.now, prefix: context.prefix }
    if (obstacle !== 'ask again') {
      await inTransaction(db, (tx) => notifyOffice(tx, programme, obstacle, telling))
    }
    return null
  }
  const sources = await run.loadSources()
  const since = scheduleDayBefore(subscription, sources.plan.asAt)
  const compared = await loadComparison(db, sources.plan, subscription, since)
  const corrections = await correctionsFor(db, subscription, compared.previous)
  const input = digestInput(sources, { ...compared, corrections })
  const content = composeDigestFor(input, subscription)
  if (await holdIfDoubted(context, due, { input, content, now: run.now })) return null
  const chart = await drawChart(context, due, content)
  const isNew = await inTransaction(db, (tx) =>
    freezeAndEnqueue(tx, context, due, { input, chart, now: run.now }),
  )
  return isNew ? keyOf(due) : null
}

const keyOf = ({ subscription, programme, round }: DueDigest) =>
  digestKey(programme.id, round.day, subscription.id)

/** What the programme office is told where the digest is held or waits for approval; null where it may go. */
async function findPendingDecision(
  { db }: PublishContext,
  due: DueDigest,
): Promise<OfficeNotice | null> {
  const { subscription, programme, round } = due
  const approval = await loadApprovalState(db, programme.id, round.day)
  const pending = pendingOfPeople(approval, digestSetting.of(programme.settings))
  if (!pending) return null
  const until = windowEnd(subscription, programmeCalendar(programme), round)
  return waitingNotice(due, round, pending, until)
}

/**
 * How long to wait for a platform that does not answer who can read a channel: while it is away nothing could be posted
 * there either. Then the digest goes where the office chose to have it. The question protects that choice against later
 * changes of the channel; a platform that cannot answer (Teams, a missing scope) must not silence a programme.
 */
const channelLookupGraceMs = 30 * 60_000

/** What the programme office is told where the channel is not fit for the digest; null where it is. */
async function checkChannel(
  { db, channel, prefix, platformTitle, log }: PublishContext,
  due: DueDigest,
  now: Date,
): Promise<OfficeNotice | 'ask again' | null> {
  const { subscription, round } = due
  const { place } = subscription
  // Nothing is frozen meanwhile: once it is mended the digest says what is true then, or its time is over.
  if (await isLeftAlone(db, place, now)) return 'ask again'
  const found = channel ? await lookUpChannel(channel(place)) : unknownChannel
  if (found === 'workspace broken') return 'ask again'
  if (found === 'no answer' || mayHaveOutsiders(subscription.audience, found)) {
    if (now.getTime() < round.moment.getTime() + channelLookupGraceMs) return 'ask again'
    log.warn(
      { key: keyOf(due) },
      'Nobody could tell who reads the channel; its digest is posted as chosen',
    )
  }
  const obstacle = postingObstacle(subscription, found, {
    prefix: prefix(place.platform),
    platform: platformTitle(place.platform),
  })
  return obstacle === null ? null : blockedNotice(due, round, obstacle)
}

/** Drawn while no transaction is open: it takes its time. */
async function drawChart(
  { db, chartWorker, log }: PublishContext,
  due: DueDigest,
  content: DigestContent,
): Promise<ChartAttachment | undefined> {
  if (!chartWorker) return undefined
  const { subscription } = due
  return renderChart({ db, chartWorker, log }, { key: keyOf(due), subscription, content })
}

interface ComposedDigest {
  readonly input: DigestInput
  readonly chart: ChartAttachment | undefined
  readonly now: Date
}

/** Freezes the digest and enqueues its messages. False where it is not posted now, or was posted before. */
async function freezeAndEnqueue(
  tx: Tx,
  { prefix, sections }: PublishContext,
  due: DueDigest,
  { input, chart, now }: ComposedDigest,
): Promise<boolean> {
  const { subscription, programme, round } = due
  const { place, audience, scope, boards } = subscription
  const { id: programmeId, settings } = programme
  const approval = await loadApprovalState(tx, programmeId, round.day)
  // Held while its chart was drawn: the next minute tells the office that it waits.
  if (pendingOfPeople(approval, digestSetting.of(settings))) return false
  const target = { audience, scope, boards, officeHeadline: approval.headline }
  const composed = composeDigestFor(input, target)
  const content = await freezeDigest(tx, subscription, round, composed, {
    from: input.since,
    meetingOn: nextBoardMeeting({ settings }, composed.asAt)?.on ?? null,
    now,
  })
  if (!content) return false
  const key = keyOf(due)
  const [root, ...thread] = paginateDigest(content, prefix(place.platform), sections)
  const why = explainPosting(programme, subscription, round)
  const message = { kind: digestKind, place, programmeIds: [programmeId], why }
  await enqueue(tx, { ...message, key, card: root }, now)
  // The chart opens the thread: the first message is read on a phone. A week in which nothing happened has none.
  const shown = thread.length > 0 ? chart : undefined
  if (shown) await savePicture(tx, { ...shown, programmeId }, now)
  for (const [index, part] of thread.entries()) {
    const own = { ...message, key: digestPartKey(key, index + 1), afterKey: key }
    const withPicture = index === 0 && shown
    const card = withPicture ? withChart(part, shown) : part
    await enqueue(tx, { ...own, card, pictureId: withPicture ? shown.id : undefined }, now)
  }
  return true
}
