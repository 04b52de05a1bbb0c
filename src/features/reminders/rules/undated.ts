import { addDays, type CivilDate, civilDate, daysBetween } from '../../../base/dates.ts'
import { onOrAfter, workingDaysFrom } from '../../../base/working-days.ts'
import { catchUp, type Finding, type Seen } from '../types.ts'
import { armedOn, isAnsweredBy } from './due-date.ts'

/** Milestones without a date: asked for all together, each so many working days, so that they make one message. */
export function undated({ programme, project, recipient, rung, calendar, day }: Seen): Finding[] {
  const { undated: every } = programme.settings.reminders
  const open = (project?.milestones ?? []).filter(
    (milestone) => milestone.due === null && !isAnsweredBy(milestone, day),
  )
  if (!project || every === null || rung !== 'lead' || open.length === 0) return []
  const turn = turnOn(day, every)
  const first = onOrAfter(calendar, turn.from)
  const isDue = first <= day && workingDaysFrom(calendar, first, day) <= catchUp
  const { since } = recipient
  return open.map((milestone) => {
    const isTheirs = armedOn(milestone) <= turn.from && (since === null || since <= first)
    const key = `${milestone.id}:undated:${turn.from}`
    const rule = `it has no date, which I ask for every ${every} working days`
    return {
      subject: `milestone:${milestone.id}`,
      thing: { kind: 'undated', project, milestone },
      triggers: isDue && isTheirs ? [{ key, step: null, rule }] : [],
      stays: false,
      // The next turn asks for it.
      hasBegun: false,
    }
  })
}

/** Any Monday would do: the same for everybody, so that turns fall together. */
const firstMonday = civilDate('1970-01-05')

/** The day on which the turn began that a day belongs to; turns take `every` weekdays. */
function turnOn(day: CivilDate, every: number): { readonly from: CivilDate } {
  const days = daysBetween(firstMonday, day)
  const weekdays = Math.floor(days / 7) * 5 + Math.min(days % 7, 4)
  const begun = Math.floor(weekdays / every) * every
  return { from: addDays(firstMonday, Math.floor(begun / 5) * 7 + (begun % 5)) }
}
