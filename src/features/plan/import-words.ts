import { fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { rag, shown } from '../status/schemes.ts'
import type { Added, Changed, Missing } from './difference.ts'
import type { ImportResult } from './import.ts'
import type { Note } from './sheet.ts'

/** An import told to the person who ran it: what was understood, changed, and needs an eye. */
export function importInWords(result: ImportResult): string {
  const { understood, changed, attention, lost, difference, programme, asOf, file } = result
  const { workstreams, projects, milestones, withDay, monthOnly, range, undated, states } =
    understood
  const { added, missing } = difference
  const rated = rag.states.map((state) => `${shown(state)} ${states[state.key] ?? 0}`)
  const lines = [
    `${file} as at ${fullDate(asOf)}, programme ${programme}`,
    `Understood: ${plural(workstreams, 'workstream')}, ${plural(projects, 'project')}, ${plural(milestones, 'milestone')}`,
    `  milestones: ${withDay} with a day, ${monthOnly} with a month only, ${range} with a range, ${undated} without a date`,
    `  ratings: ${rated.join(', ')}, not rated ${states.blank ?? 0}`,
    ...section('Changed in reading, because it was certain', changed.map(noteInWords)),
    ...section('For a person to look at', attention.map(noteInWords)),
    ...(lost.length === 0
      ? ['Nothing is lost: the plan holds the text of every cell.']
      : section('Not kept', lost.map(noteInWords))),
    ...section('New in the plan', added.map(addedInWords)),
    ...section('Different from the plan', difference.changed.map(changedInWords)),
    ...section('In the plan but not in the file; kept', missing.map(missingInWords)),
    outcome(result),
  ]
  return lines.join('\n')
}

function outcome({ dryRun, stored, difference }: ImportResult): string {
  if (stored) return 'Stored.'
  const something = difference.added.length + difference.changed.length > 0
  if (dryRun && something) return 'A dry run: nothing was stored.'
  return 'Nothing is different, so nothing was stored.'
}

const section = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${heading} (${lines.length}):`, ...lines.map((line) => `  ${line}`)]

const noteInWords = ({ row, column, message }: Note): string =>
  `${row > 0 ? `row ${row}` : 'the file'}${column ? `, ${column}` : ''}: ${message}`

const addedInWords = ({ what, ref, title }: Added): string => `${what} ${ref} ${title}`
const missingInWords = ({ what, ref, title }: Missing): string => `${what} ${ref} ${title}`

function changedInWords(change: Changed): string {
  const { what, ref, field, from, to } = change
  const about = change.what === 'milestone' ? ` “${change.title}”` : ''
  return `${what} ${ref}${about}: ${field} was “${from ?? 'none'}”, now “${to ?? 'none'}”`
}
