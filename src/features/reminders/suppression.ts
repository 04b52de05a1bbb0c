import { type CivilDate, dateIn, fullDate, fullMoment, timeIn } from '../../base/dates.ts'
import { type Calendar, workingDaysFrom } from '../../base/working-days.ts'
import { type Finding, graceWorkingDays, type Subject, type Trigger } from './finding.ts'

/** Snoozes and mutes: they change one person's own messages, and nothing else. */

export interface Snooze {
  readonly id: string
  readonly subject: Subject
  /** When it was asked for. */
  readonly at: Date
  readonly until: Date
}

/** A project of which one person gets no reminders. */
export interface Mute {
  readonly id: string
  readonly projectId: string
  readonly at: Date
  /** Its last day. */
  readonly until: CivilDate
  /** When the person ended it before that; null where they did not. */
  readonly endedAt: Date | null
}

/** All snoozes and mutes of one person, oldest first. */
export interface Suppressions {
  readonly snoozes: readonly Snooze[]
  readonly mutes: readonly Mute[]
}

export const noSuppressions: Suppressions = { snoozes: [], mutes: [] }

/** The person's own zone and working days. */
export interface SuppressionContext {
  readonly now: Date
  readonly zone: string
  readonly calendar: Calendar
}

/**
 * A finding as the person is to hear of it: undefined while a snooze or mute lasts; just after it has ended, with one
 * more trigger, so that nothing that fell into it is lost.
 */
export function applySuppression(
  finding: Finding,
  { snoozes, mutes }: Suppressions,
  context: SuppressionContext,
): Finding | undefined {
  const snooze = snoozes.findLast(({ subject }) => subject === finding.subject)
  const mute = mutes.findLast(({ projectId }) => projectId === finding.item.project?.id)
  if (snooze && context.now < snooze.until) return undefined
  if (mute && isMuted(mute, context)) return undefined
  const endTriggers = [
    ...(snooze ? snoozeEndTriggers(snooze, context) : []),
    ...(mute && finding.hasBegun ? muteEndTriggers(mute, finding.subject, context) : []),
  ]
  if (endTriggers.length === 0) return finding
  return { ...finding, triggers: [...finding.triggers, ...endTriggers] }
}

function isMuted({ at, until, endedAt }: Mute, { now, zone }: SuppressionContext): boolean {
  return at <= now && dateIn(zone, now) <= until && (endedAt === null || now < endedAt)
}

function snoozeEndTriggers({ id, at, until }: Snooze, context: SuppressionContext): Trigger[] {
  const { zone } = context
  if (!hasJustEnded(dateIn(zone, until), context)) return []
  const trigger = {
    ...{ key: `snooze:${id}`, step: null },
    ruleText: `you snoozed it until ${formatUntil(until, zone)}`,
  }
  const isSameDay = dateIn(zone, at) === dateIn(zone, until)
  return [isSameDay ? { ...trigger, dailyLimitException: 'hour' } : trigger]
}

function muteEndTriggers(
  { id, until, endedAt }: Mute,
  subject: Subject,
  context: SuppressionContext,
): Trigger[] {
  const lastDay = endedAt ? dateIn(context.zone, endedAt) : until
  if (!hasJustEnded(lastDay, context)) return []
  const ruleText = `you had muted its project until ${fullDate(lastDay)}`
  return [{ key: `mute:${id}:${subject}`, step: null, ruleText }]
}

function hasJustEnded(lastDay: CivilDate, { now, zone, calendar }: SuppressionContext): boolean {
  return workingDaysFrom(calendar, lastDay, dateIn(zone, now)) <= graceWorkingDays
}

/** 'Mon 3 Apr 2017' for the beginning of a day, 'Fri 31 Mar 2017, 10:15' for any other moment. */
export function formatUntil(until: Date, zone: string): string {
  return timeIn(zone, until) === '00:00' ? fullDate(dateIn(zone, until)) : fullMoment(until, zone)
}
