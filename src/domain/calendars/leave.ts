import { type CivilDate, daysBetween, fullDate } from '../../base/dates.ts'
import type { Leave, Person } from '../people/person.ts'
import { type DateRange, formatDateRange } from './date-range.ts'

/** Beyond this, somebody else should lead the person's projects. */
const maxDays = 366
const maxLeaves = 24

/** Why a person cannot take leave in a period, and what to do about it; undefined where they can. */
export function leaveProblem(
  { leaves }: Pick<Person, 'leaves'>,
  period: DateRange,
  today: CivilDate,
): string | undefined {
  const ahead = leaves.filter(({ to }) => to >= today)
  const meets = ahead.find(({ from, to }) => from <= period.to && period.from <= to)
  if (meets) {
    return `There is leave from ${formatDateRange(meets)} already. End it with “back” first, or say other days.`
  }
  const days = [...ahead, period].reduce((sum, one) => sum + daysBetween(one.from, one.to) + 1, 0)
  if (days > maxDays || ahead.length >= maxLeaves) {
    return `That is more than a year of leave, or ${maxLeaves} times. Ask your programme office to name another lead meanwhile.`
  }
  return undefined
}

/** Warnings about a deputy: they are away in that period themselves, or have no account. */
export function deputyWarnings(
  person: Pick<Person, 'id'>,
  deputy: Person,
  period: DateRange,
  hasAccount: boolean,
): string[] {
  const away = deputy.leaves.filter(({ from, to }) => from <= period.to && period.from <= to)
  const instead = 'the lead of the workstream gets it instead, or the programme office'
  return [
    ...away.map((leave) => {
      const also = leave.deputyId === person.id ? ', with you as deputy' : ''
      return `${deputy.name} is away, too${also}: ${formatDateRange(leave)}. Meanwhile ${instead}.`
    }),
    ...(hasAccount ? [] : [`${deputy.name} has no account in chat yet. Until then ${instead}.`]),
  ]
}

/** The leave that “back” ends: the current one, else the next one; that of each programme where several say so. */
export function leavesToEnd(leaves: readonly Leave[], today: CivilDate): Leave[] {
  const ahead = leaves.filter(({ to }) => to >= today)
  const current = ahead.filter(({ from }) => from <= today)
  return current.length > 0 ? current : ahead.filter(({ from }) => from === ahead[0]?.from)
}

/** 'Mon 3 Aug 2026 to Fri 14 Aug 2026, deputy Tom Quill'. */
export function formatLeave(leave: Leave, names: ReadonlyMap<string, string>): string {
  const deputy = leave.deputyId && names.get(leave.deputyId)
  return `${formatDateRange(leave)}${deputy ? `, deputy ${deputy}` : ', no deputy'}`
}

/** What became of leave that was ended by “back”. */
export function formatReturn(leave: Leave, today: CivilDate): string {
  return leave.from >= today
    ? `The leave from ${formatDateRange(leave)} is called off.`
    : `The leave that was to last until ${fullDate(leave.to)} ended yesterday.`
}
