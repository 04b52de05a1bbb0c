import { type CivilDate, dateIn, fullDate, fullMoment, timeIn } from '../../base/dates.ts'
import { type Calendar, workingDaysFrom } from '../../base/working-days.ts'
import { type Finding, graceWorkingDays, type Subject, type Trigger } from './types.ts'

/** What somebody does not want to hear of for a while: their own messages change, and nothing else does. */

/** One thing put off to a moment. */
export interface Snooze {
  readonly id: string
  readonly subject: Subject
  /** When it was asked for. */
  readonly at: Date
  readonly until: Date
}

/** A project of which one person is not reminded. */
export interface Mute {
  readonly id: string
  readonly projectId: string
  readonly at: Date
  /** The last day of it. */
  readonly until: CivilDate
  /** When it was ended before that day was over; null where it was not. */
  readonly endedAt: Date | null
}

/** All that one person has put off, in the order they asked. */
export interface Suppressions {
  readonly snoozes: readonly Snooze[]
  readonly mutes: readonly Mute[]
}

export const noSuppressions: Suppressions = { snoozes: [], mutes: [] }

/** Whose clock and days count. */
export interface SuppressionContext {
  readonly now: Date
  readonly zone: string
  readonly calendar: Calendar
}

/**
 * A finding as one person is to hear of it: nothing while they put it off; when that has ended, once more, so that
 * nothing that was put off is lost.
 */
export function applySuppression(
  finding: Finding,
  { snoozes, mutes }: Suppressions,
  whose: SuppressionContext,
): Finding | undefined {
  const snooze = snoozes.findLast(({ subject }) => subject === finding.subject)
  const mute = mutes.findLast(({ projectId }) => projectId === finding.item.project?.id)
  if (snooze && whose.now < snooze.until) return undefined
  if (mute && isMuted(mute, whose)) return undefined
  const again = [
    ...(snooze ? snoozeEndTriggers(snooze, whose) : []),
    ...(mute && finding.hasBegun ? muteEndTriggers(mute, finding.subject, whose) : []),
  ]
  return again.length > 0 ? { ...finding, triggers: [...finding.triggers, ...again] } : finding
}

export function isMuted(
  { at, until, endedAt }: Mute,
  { now, zone }: Omit<SuppressionContext, 'calendar'>,
) {
  return at <= now && dateIn(zone, now) <= until && (endedAt === null || now < endedAt)
}

function snoozeEndTriggers({ id, at, until }: Snooze, whose: SuppressionContext): Trigger[] {
  if (!isJustOver(dateIn(whose.zone, until), whose)) return []
  const sameDay = dateIn(whose.zone, at) === dateIn(whose.zone, until)
  const trigger = {
    key: `snooze:${id}`,
    step: null,
    ruleText: `you snoozed it until ${formatUntil(until, whose.zone)}`,
  }
  return [sameDay ? { ...trigger, dailyLimitException: 'hour' } : trigger]
}

function muteEndTriggers(
  { id, until, endedAt }: Mute,
  subject: Subject,
  whose: SuppressionContext,
): Trigger[] {
  const last = endedAt ? dateIn(whose.zone, endedAt) : until
  if (!isJustOver(last, whose)) return []
  const rule = `you had muted its project until ${fullDate(last)}`
  return [{ key: `mute:${id}:${subject}`, step: null, ruleText: rule }]
}

function isJustOver(ended: CivilDate, { now, zone, calendar }: SuppressionContext): boolean {
  return workingDaysFrom(calendar, ended, dateIn(zone, now)) <= graceWorkingDays
}

/** 'Mon 3 Apr 2017' for the beginning of a day, 'Fri 31 Mar 2017, 10:15' for any other moment. */
export function formatUntil(until: Date, zone: string): string {
  return timeIn(zone, until) === '00:00' ? fullDate(dateIn(zone, until)) : fullMoment(until, zone)
}
