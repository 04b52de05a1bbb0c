import { fullDate } from '../../base/dates.ts'
import { quoted } from '../../base/text.ts'
import type { DeadlineEntry } from './deadlines.ts'

/** The entries of a cell for a person, one to a line: "By Tue 31 Mar 2020 · Plan agreed". */
export function formatDeadlines(entries: readonly DeadlineEntry[]): string {
  if (entries.length === 0) return 'The text holds no letter and no number: there is no entry.'
  return entries.map(formatDeadline).join('\n')
}

function formatDeadline(entry: DeadlineEntry): string {
  const { about, raw, recurrence, condition, problem } = entry
  return [
    formatDays(entry),
    about || quoted(raw),
    recurrence && `repeats: ${recurrence}`,
    condition && `condition: ${condition}`,
    problem,
  ]
    .filter(Boolean)
    .join(' · ')
}

function formatDays({ earliest, due }: DeadlineEntry): string {
  if (!due) return 'No date'
  if (!earliest) return `By ${fullDate(due)}`
  return earliest === due ? fullDate(due) : `${fullDate(earliest)} to ${fullDate(due)}`
}
