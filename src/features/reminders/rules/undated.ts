import { addDays, type CivilDate, civilDate, daysBetween } from '../../../base/dates.ts'
import { onOrAfter, workingDaysFrom } from '../../../base/working-days.ts'
import { remindersSetting } from '../settings.ts'
import { type Finding, graceWorkingDays, type RuleInput } from '../types.ts'
import { isAnsweredBy, stepsCountFrom } from './due-date.ts'

/** Milestones without a date: asked for all together, each so many working days, so that they make one message. */
export function findUndated({
  programme,
  project,
  recipient,
  escalationLevel,
  calendar,
  day,
}: RuleInput): Finding[] {
  const { undated: every } = remindersSetting.of(programme.settings)
  const open = (project?.milestones ?? []).filter(
    (milestone) => milestone.due === null && !isAnsweredBy(milestone, day),
  )
  if (!project || every === null || escalationLevel !== 'lead' || open.length === 0) return []
  const turn = turnContaining(day, every)
  const first = onOrAfter(calendar, turn.from)
  const isDue = first <= day && workingDaysFrom(calendar, first, day) <= graceWorkingDays
  const { since } = recipient
  return open.map((milestone) => {
    const isTheirs = stepsCountFrom(milestone) <= turn.from && (since === null || since <= first)
    const key = `${milestone.id}:undated:${turn.from}`
    const ruleText = `it has no date, which I ask for every ${every} working days`
    return {
      subject: `milestone:${milestone.id}`,
      item: { kind: 'undated', project, milestone },
      triggers: isDue && isTheirs ? [{ key, step: null, ruleText }] : [],
      isListedWhileOpen: false,
      // The next turn asks for it.
      hasBegun: false,
    }
  })
}

/** Any Monday would do: the same for everybody, so that turns fall together. */
const firstMonday = civilDate('1970-01-05')

/** The day on which the turn began that a day belongs to; turns take `every` weekdays. */
function turnContaining(day: CivilDate, every: number): { readonly from: CivilDate } {
  const days = daysBetween(firstMonday, day)
  const weekdays = Math.floor(days / 7) * 5 + Math.min(days % 7, 4)
  const begun = Math.floor(weekdays / every) * every
  return { from: addDays(firstMonday, Math.floor(begun / 5) * 7 + (begun % 5)) }
}
