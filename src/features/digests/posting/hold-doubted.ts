import { programmeCalendar } from '../../../domain/calendars/calendar.ts'
import { addDoubts, loadApprovalState } from '../../../domain/digests/approval.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import type { DigestInput } from '../../../domain/digests/content/digest-input.ts'
import { windowEnd } from '../../../domain/schedule/schedule.ts'
import { inTransaction } from '../../../infra/db.ts'
import { notifyOffice } from '../approval/notify-office.ts'
import { doubtedNotice } from '../approval/office-notices.ts'
import { checkDigest, formatFinding } from '../fact-check/check-digest.ts'
import { paginateDigest } from '../rendering/paginate.ts'
import type { DueDigest, PublishContext } from './publish-context.ts'

/** A digest as it would be posted, and what it was composed of. */
interface ComposedContent {
  readonly input: DigestInput
  readonly content: DigestContent
}

/**
 * Reads a digest again before it is posted. Where a sentence does not follow from the plan, and the office has not let
 * it go all the same, it is held: the office is told which and why, once for each.
 * @returns whether it is held.
 */
export async function holdIfDoubted(
  context: PublishContext,
  due: DueDigest,
  { now, ...composed }: ComposedContent & { readonly now: Date },
): Promise<boolean> {
  const doubts = findDoubts(context, due, composed)
  if (doubts.length === 0) return false
  const { subscription, programme, round } = due
  const about = { programmeId: programme.id, round: round.day }
  return inTransaction(context.db, async (tx) => {
    const { doubts: known } = await loadApprovalState(tx, about.programmeId, about.round)
    const isReleased = (text: string) => known.some((one) => one.text === text && one.isReleased)
    if (doubts.every(isReleased)) return false
    const fresh = doubts.filter((text) => known.every((one) => one.text !== text))
    if (fresh.length > 0) {
      await addDoubts(tx, about, fresh, now)
      const until = windowEnd(subscription, programmeCalendar(programme), round)
      const notice = doubtedNotice(due, round, fresh, { known: known.length, until })
      await notifyOffice(tx, programme, notice, { now, prefix: context.prefix })
    }
    return true
  })
}

function findDoubts(
  { prefix, sections }: PublishContext,
  { subscription }: DueDigest,
  { input, content }: ComposedContent,
): string[] {
  const cards = paginateDigest(content, prefix(subscription.place.platform), sections)
  return checkDigest({ content, cards, input, target: subscription }).map(formatFinding)
}
