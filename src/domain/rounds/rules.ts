import { addDays, type CivilDate, dateIn, momentAt } from '../../base/dates.ts'
import { type Calendar, onOrAfter, onOrBefore, workingDaysBefore } from '../../base/working-days.ts'
import { calendarOf, programmeCalendar } from '../calendars/calendar.ts'
import { firstSendingTime, officeHours, sendingHours } from '../calendars/hours.ts'
import type { Person } from '../people/person.ts'
import type { Programme } from '../programme/programme.ts'
import { roundOf, type Schedule, scheduleDays } from '../schedule/schedule.ts'
import { boardsSetting, type RoundMoment, roundSetting } from './settings.ts'

/** When leads are asked for their updates, for one digest or one board meeting. */
export interface UpdateRound {
  /** The scheduled day of the digest or meeting it serves; it identifies the round, whenever that is published. */
  readonly round: CivilDate
  /** When the round before it closed. Updates after that count for this one. */
  readonly countsFrom: Date
  readonly opens: Date
  readonly nudges: Date
  /** Updates up to this moment count for it, later ones for the next. */
  readonly closes: Date
  /** When the digest or the papers go out: it cannot stay open longer. */
  readonly issuedAt: Date
  /** When the programme office nudged everybody by hand; null where it did not. */
  readonly nudgedAt: Date | null
}

/** An action of the programme office on a round. */
export interface RoundChange {
  readonly round: CivilDate
  readonly kind: 'nudged' | 'closed' | 'extended' | 'opened'
  /** The new closing time; null for the kinds 'nudged' and 'closed'. */
  readonly until: Date | null
  readonly byId: string | null
  readonly at: Date
}

/** Everything needed to compute the rounds of a programme. */
export interface RoundInputs {
  readonly programme: Pick<Programme, 'settings' | 'zone'>
  /** When its digest goes out; Mondays at 09:00 while no channel gets one. */
  readonly schedule: Schedule
  /** Oldest first. */
  readonly changes: readonly RoundChange[]
}

/** The rounds at a point in time. */
export interface CurrentRounds {
  readonly open: UpdateRound | undefined
  /** The first round that opens later. Undefined where rounds serve boards and no later meeting is entered. */
  readonly next: UpdateRound | undefined
  /** The last closed round. */
  readonly last: UpdateRound | undefined
}

/** A council may close for 92 days on end: within this many days there is always a round on either side. */
const nearDays = 16 * 7

/** The open, the next and the last round, with the office's changes up to `now`. */
export function roundsAt(inputs: RoundInputs, now: Date): CurrentRounds {
  const today = dateIn(inputs.programme.zone, now)
  const changes = inputs.changes.filter(({ at }) => at <= now)
  const rounds = roundsBetween(
    { ...inputs, changes },
    addDays(today, -nearDays),
    addDays(today, nearDays),
  )
  return {
    open: rounds.find(({ opens, closes }) => opens <= now && now <= closes),
    next: rounds.find(({ opens }) => now < opens),
    last: rounds.findLast(({ closes }) => closes < now),
  }
}

/** The round for which an update made now counts: the open round, else the next. */
export function countingRound({ open, next }: CurrentRounds): UpdateRound | undefined {
  return open ?? next
}

/**
 * The rounds that serve the days from `from` to `to`, in order. Rounds never overlap: a round that would open while the
 * one before is still open, opens when that one closes.
 */
export function roundsBetween(inputs: RoundInputs, from: CivilDate, to: CivilDate): UpdateRound[] {
  const calendar = programmeCalendar(inputs.programme)
  const rounds: UpdateRound[] = []
  for (const day of daysServed(inputs, calendar, from, to)) {
    rounds.push(roundServing(inputs, calendar, day, rounds.at(-1)?.closes))
  }
  return rounds.filter(({ round }) => round >= from)
}

/**
 * The days to serve, and the day before them: the closing of its round is where the first round begins to count. Where
 * two days are issued on the same working day, because nobody works in between, the later one serves both, as digests do.
 */
function daysServed(
  { programme, schedule }: RoundInputs,
  calendar: Calendar,
  from: CivilDate,
  to: CivilDate,
): CivilDate[] {
  const { settings } = programme
  const all =
    roundSetting.of(settings).serves === 'board'
      ? boardsSetting.of(settings).map(({ on }) => on)
      : scheduleDays(schedule, addDays(from, -nearDays), addDays(to, nearDays))
  const issued = (day: CivilDate | undefined) => day && onOrBefore(calendar, day)
  const days = all.filter((day, at) => issued(day) !== issued(all[at + 1]))
  const before = days.findLast((day) => day < from)
  return [...(before ? [before] : []), ...days.filter((day) => day >= from && day <= to)]
}

/** In days. Updates older than this are no early answers to a programme's first round. */
const firstCountsDays = 28

function roundServing(
  { programme, schedule, changes }: RoundInputs,
  calendar: Calendar,
  round: CivilDate,
  closedBefore: Date | undefined,
): UpdateRound {
  const { zone } = programme
  const plan = roundSetting.of(programme.settings)
  const planned = ({ daysBefore, at }: RoundMoment) =>
    momentAt(workingDaysBefore(calendar, round, daysBefore), at, zone)
  const changesOfRound = changes.filter((change) => change.round === round)
  const closing = changesOfRound.findLast(({ kind }) => kind !== 'nudged')
  const { moment: issued } = roundOf(schedule, calendar, round)
  const countsFrom = closedBefore ?? momentAt(addDays(round, -firstCountsDays), '00:00', zone)
  const closes = clamp(
    closing ? (closing.until ?? closing.at) : planned(plan.closes),
    countsFrom,
    issued,
  )
  const opens = clamp(planned(plan.opens), countsFrom, closes)
  return {
    round,
    countsFrom,
    opens,
    nudges: clamp(planned(plan.nudges), opens, closes),
    closes,
    issuedAt: issued,
    nudgedAt: changesOfRound.find(({ kind }) => kind === 'nudged')?.at ?? null,
  }
}

/** Limits a time to these bounds, so that a change of settings cannot make rounds overlap. */
function clamp(moment: Date, earliest: Date, latest: Date): Date {
  if (moment > latest) return latest
  return moment < earliest ? earliest : moment
}

/** A message about a round to a person who owes an update: one when it opens, one before it closes. */
export interface RoundStep {
  /** Stored as a topic of the sent message, so that a person gets each step once. */
  readonly key: string
  readonly step: 'opened' | 'nudged'
}

/**
 * The messages about a round that a person who owes an update should have had by `now`. A step that would reach them only after
 * the round has closed (they do not work that day, or have quiet hours or another zone that morning) moves to their last
 * working day before it, even before the round opens: an early answer counts. A nudge by the programme office replaces
 * the planned one, or follows it: a round nudges once by itself and at most once by hand.
 */
export function stepsOf(
  { round, nudgedAt, ...times }: UpdateRound,
  programme: Pick<Programme, 'id' | 'zone' | 'settings'>,
  person: Person | null,
  now: Date,
): RoundStep[] {
  if (now > times.closes) return []
  const inTime = moveBeforeClosing(times.closes, programme, person)
  const planned = inTime(times.nudges)
  const isInstead = nudgedAt !== null && nudgedAt < planned
  const steps: (Pick<RoundStep, 'step'> & { at: Date; name: string })[] = [
    { at: inTime(times.opens), step: 'opened', name: 'opened' },
    { at: isInstead ? nudgedAt : planned, step: 'nudged', name: 'nudged' },
  ]
  if (nudgedAt && !isInstead) steps.push({ at: nudgedAt, step: 'nudged', name: 'nudged by hand' })
  return steps
    .filter(({ at }) => times.countsFrom < at && at <= now && at < times.closes)
    .map(({ step, name }) => ({ key: `round:${programme.id}:${round}:${name}`, step }))
}

/**
 * Returns a function that moves a time to the person's last working day before the round closes, where they do not work
 * between that time and the closing.
 */
function moveBeforeClosing(
  closes: Date,
  programme: Pick<Programme, 'id' | 'zone' | 'settings'>,
  person: Person | null,
): (moment: Date) => Date {
  const calendar = calendarOf(person, programme)
  const zone = person?.zone ?? programme.zone
  const quiet = person?.quiet ?? null
  const lastMinute = sendingHours(officeHours, quiet).at(-1)?.until ?? officeHours.until
  const morning = (day: CivilDate) => momentAt(day, firstSendingTime(quiet), zone)
  const evening = (day: CivilDate) => momentAt(day, lastMinute, zone)
  const closesOn = dateIn(zone, closes)
  const lastDay = onOrBefore(
    calendar,
    morning(closesOn) < closes ? closesOn : addDays(closesOn, -1),
  )
  return (moment) => {
    const today = dateIn(zone, moment)
    const next = onOrAfter(calendar, moment < evening(today) ? today : addDays(today, 1))
    const isInTime = moment >= closes || morning(next) < closes
    return isInTime ? moment : momentAt(lastDay, '00:00', zone)
  }
}
