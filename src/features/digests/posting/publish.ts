import { dateIn } from '../../../base/dates.ts'
import { messageOf } from '../../../base/errors.ts'
import { step } from '../../../base/tracing.ts'
import { programmeCalendar } from '../../../domain/calendars/calendar.ts'
import {
  type ActiveSubscription,
  isRoundOpen,
  loadActiveSubscriptions,
} from '../../../domain/digests/active-subscriptions.ts'
import { loadApprovalState, pendingDecision } from '../../../domain/digests/approval.ts'
import { loadDigestPlan, loadDigestSources } from '../../../domain/digests/audience/load-input.ts'
import { digestSetting } from '../../../domain/digests/settings.ts'
import { dueLooks } from '../../../domain/looks/due-looks.ts'
import { finishLook } from '../../../domain/looks/look-store.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import {
  dueRound,
  lapsedRound,
  nextRound,
  previewMoment,
  type ScheduleRound,
} from '../../../domain/schedule/schedule.ts'
import { type Database, inTransaction, isDatabaseUnavailable } from '../../../infra/db.ts'
import { notifyOffice } from '../approval/notify-office.ts'
import { lapsedNotice } from '../approval/office-notices.ts'
import { notifyPreview } from '../approval/preview.ts'
import { nextDigestLook } from './next-look.ts'
import type { PublishContext, PublishRun } from './publish-context.ts'
import { publishRound } from './publish-round.ts'

/**
 * A function to call each minute, in any number of processes: posts the digests that are due of the programmes that are
 * due for a look (domain/looks). @returns the outbox keys of the new digests.
 * @throws where the database is away; what is due then stays due.
 */
export function createDigestJob(context: PublishContext): () => Promise<string[]> {
  const { db, clock } = context
  return async () => {
    const posted: string[] = []
    for await (const look of dueLooks(db, 'digests', clock)) {
      const found = await step('programme look', {}, () => lookOrLog(context, look.programmeId))
      if (!found) continue
      posted.push(...found.posted)
      await finishLook(db, 'digests', look, found.nextAt)
    }
    return posted
  }
}

/** A programme that fails is logged, keeps no other waiting, and is looked at again when its lease expires. */
async function lookOrLog(context: PublishContext, programmeId: string) {
  const { db, clock, log } = context
  const now = clock.now()
  try {
    const active = await loadActiveSubscriptions(db, programmeId)
    const { posted, isWhole } = await processProgramme(context, active, now)
    // Read again where something was posted: that one is not due any more.
    const after = posted.length > 0 ? await loadActiveSubscriptions(db, programmeId) : active
    return { posted, nextAt: isWhole ? nextDigestLook(after, now) : now }
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    log.error({ programmeId, error: messageOf(error) }, 'A programme’s digests were not decided')
    return undefined
  }
}

/**
 * Posts every digest that is due, of every programme, whether or not it is due for a look; each in a transaction of its
 * own. A round is posted once. The programme office is told once of what is not posted.
 * @returns the outbox keys of the new digests.
 * @throws where the database is away; what is due then stays due.
 */
export async function postDigests(context: PublishContext): Promise<string[]> {
  const now = context.clock.now()
  const active = await loadActiveSubscriptions(context.db)
  const posted: string[] = []
  for (const channels of Map.groupBy(active, ({ programme }) => programme.id).values()) {
    posted.push(...(await processProgramme(context, channels, now)).posted)
  }
  return posted
}

interface ProcessedProgramme {
  /** Keys of the new digests. */
  readonly posted: readonly string[]
  /** False where a channel failed. */
  readonly isWhole: boolean
}

async function processProgramme(
  context: PublishContext,
  [first, ...others]: readonly ActiveSubscription[],
  now: Date,
): Promise<ProcessedProgramme> {
  if (!first) return { posted: [], isWhole: true }
  const run = { now, loadSources: sourcesLoader(context.db, first.programme, now) }
  const posted: string[] = []
  let isWhole = true
  for (const active of [first, ...others]) {
    const outcome = await processOrLog(context, active, run)
    if (outcome === 'failed') isWhole = false
    else if (outcome) posted.push(outcome.key)
  }
  return { posted, isWhole }
}

function sourcesLoader(
  db: Database,
  { id, zone }: Programme,
  now: Date,
): PublishRun['loadSources'] {
  let sources: ReturnType<PublishRun['loadSources']> | undefined
  return () => {
    sources ??= inTransaction(db, async (tx) =>
      loadDigestSources(tx, await loadDigestPlan(tx, id, dateIn(zone, now))),
    )
    return sources
  }
}

/** What was posted, if anything. A channel that fails is logged and keeps no other waiting. @throws where the database is away */
async function processOrLog(
  context: PublishContext,
  active: ActiveSubscription,
  run: PublishRun,
): Promise<{ readonly key: string } | null | 'failed'> {
  try {
    const key = await processSubscription(context, active, run)
    return key === null ? null : { key }
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    const fields = { subscription: active.subscription.id, error: messageOf(error) }
    context.log.error(fields, 'A digest was not decided')
    return 'failed'
  }
}

/** Does what is due for one channel at this minute, most often nothing. Returns the key of what was posted. */
async function processSubscription(
  context: PublishContext,
  active: ActiveSubscription,
  run: PublishRun,
): Promise<string | null> {
  const { subscription, programme } = active
  const { now } = run
  const calendar = programmeCalendar(programme)
  const due = dueRound(subscription, calendar, now)
  if (due && isRoundOpen(active, due)) return publishRound(context, { ...active, round: due }, run)

  const lapsed = lapsedRound(subscription, calendar, now)
  if (lapsed && isRoundOpen(active, lapsed)) await notifyLapsed(context, active, lapsed, now)

  const next = nextRound(subscription, calendar, now)
  const isPreviewDue = previewMoment(subscription, calendar, next) <= now
  if (digestSetting.of(programme.settings).preview && isPreviewDue) {
    await notifyPreview(context, programme, next, run)
  }
  return null
}

/** Tells the programme office that a round was not posted in time, and what it waited for. */
async function notifyLapsed(
  { db, prefix }: PublishContext,
  active: ActiveSubscription,
  round: ScheduleRound,
  now: Date,
): Promise<void> {
  const { programme } = active
  await inTransaction(db, async (tx) => {
    const approval = await loadApprovalState(tx, programme.id, round.day)
    const pending = pendingDecision(approval, digestSetting.of(programme.settings))
    await notifyOffice(tx, programme, lapsedNotice(active, round, pending), { now, prefix })
  })
}
