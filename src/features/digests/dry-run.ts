import { type CivilDate, fullMoment, momentAt } from '../../base/dates.ts'
import type { Calendar } from '../../base/working-days.ts'
import { expandCard } from '../../chat/cards.ts'
import { renderPlainText } from '../../chat/plain-text.ts'
import { programmeCalendar } from '../../domain/calendars/calendar.ts'
import { loadDigestPlan } from '../../domain/digests/audience/load-input.ts'
import { defaultSchedule, nextRound, type Schedule } from '../../domain/schedule/schedule.ts'
import { formatScope } from '../../domain/schedule/scope.ts'
import { loadSubscriptions } from '../../domain/schedule/subscription-store.ts'
import type { ReadTx } from '../../infra/db.ts'
import { previewDigest } from './approval/preview.ts'
import { formatReaders } from './format.ts'
import { formatCount } from './rendering/format.ts'
import { paginateDigest } from './rendering/paginate.ts'

export interface DryRunRequest {
  readonly programmeId: string
  readonly asAt: CivilDate
  /** How a command begins where it is posted. */
  readonly prefix?: string
}

export type DigestDryRun = Awaited<ReturnType<typeof dryRunDigest>>

/**
 * The digest for the command line: what would be posted as at a day, to whom and when; nothing is posted.
 * @throws Refusal where there is no such programme.
 */
export async function dryRunDigest(tx: ReadTx, asked: DryRunRequest) {
  const { programmeId, asAt, prefix = '/rag' } = asked
  const plan = await loadDigestPlan(tx, programmeId, asAt)
  const known = plan.programme
  const calendar = programmeCalendar(known)
  const content = await previewDigest(tx, plan)
  const running = await loadSubscriptions(tx, programmeId)
  const sendTo = running.map(({ place, weekday, time, zone, audience, scope, boards }) => ({
    platform: place.platform,
    tenant: place.tenant,
    conversation: place.conversation,
    ...{ weekday, time, zone, audience, boards },
    ...scope,
  }))
  const schedules = running.length > 0 ? running : [defaultSchedule(known.zone)]
  const { programme, asAt: _, counts, snapshot: __, ...rest } = content
  return {
    programme: { key: programme.key, title: programme.title },
    asAt,
    when: schedules.map((schedule) => nextPosting(schedule, calendar, asAt)),
    sendTo,
    note:
      running.length > 0
        ? ''
        : `No channel gets this digest yet. In the channel that should, type: ${prefix} digest here weekly monday 09:00`,
    counts: Object.fromEntries(counts.map(({ state, count }) => [state, count])),
    countsInWords: counts.map(formatCount),
    ...rest,
    messages: paginateDigest(content, prefix).map((card) => ({
      card: card.name,
      plainText: renderPlainText(expandCard(card)),
    })),
  }
}

/** The first posting on that day or after it. */
function nextPosting(schedule: Schedule, calendar: Calendar, asAt: CivilDate) {
  const { zone } = schedule
  const { day, moment } = nextRound(schedule, calendar, momentAt(asAt, '00:00', zone))
  return { round: day, at: moment.toISOString(), localTime: fullMoment(moment, zone), zone }
}

/** The same for people. */
export function formatDryRun({ when, sendTo, note, messages }: DigestDryRun): string {
  const next = when.map(({ localTime, zone }) => `Next posting: ${localTime} (${zone})`)
  const channels = sendTo.map(
    ({ platform, conversation, audience, boards, ...scope }) =>
      `To ${conversation} on ${platform}, ${formatReaders({ audience, boards })}, about ${formatScope(scope)}`,
  )
  const texts = messages.map(({ plainText }) => plainText)
  return [[...next, ...channels, note].filter(Boolean).join('\n'), ...texts].join('\n\n----\n\n')
}
