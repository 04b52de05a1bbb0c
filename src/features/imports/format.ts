import { fullDate } from '../../base/dates.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import { plural, quoted, shorten } from '../../base/text.ts'
import { entryKinds } from '../../domain/register/entry.ts'
import { kindNouns } from '../../domain/register/format.ts'
import { builtInSchemes, formatState, rag, stateByKey } from '../../domain/scheme/schemes.ts'
import { isOfRegister, type MissingItem, type PlanAddition, type PlanChange } from './diff-types.ts'
import type { PlanCounts } from './parsed-plan.ts'
import type { ColumnView } from './preview/column-views.ts'
import { formatGroup, groupNotes, groupQuestions } from './preview/grouped-notes.ts'
import { fitPage, type PageSection } from './preview/page.ts'
import type { ImportResult } from './result.ts'

/** An import's result for the person who ran it. */
export function formatImportResult(result: ImportResult): string {
  const { changed, attention, problems, lost, difference, programme, asOf, file, what } = result
  const toRegister = difference.added.filter(isOfRegister)
  const toPlan = difference.added.filter((one) => !isOfRegister(one))
  const alone = (...lines: string[]): PageSection => ({ heading: '', lines, most: lines.length })
  return fitPage([
    alone(
      `${file} as at ${fullDate(asOf)}, programme ${programme}`,
      `Read as ${what} (--shape ${result.shape})`,
    ),
    {
      heading: 'What each column was taken for (correct it with --map "Heading=name")',
      lines: result.columns.map(formatColumn),
      most: 24,
    },
    alone(...formatCounts(result)),
    {
      heading: 'Problems: put them right, or accept them with --accept',
      lines: groupQuestions(problems).map((group) => formatGroup(group)),
      most: 20,
    },
    section('For a person to look at', formatGroups(attention)),
    section('Changed in reading, because it was certain', formatGroups(changed)),
    section('Not kept', formatGroups(lost)),
    ...(lost.length > 0 ? [] : [alone('Nothing is lost: the plan holds the text of every cell.')]),
    section('New in the plan', toPlan.map(formatAddition)),
    section('New in the register', toRegister.map(formatAddition)),
    section('Different from the plan', difference.changed.map(formatChange)),
    section('In the plan but not in the file; kept', difference.missing.map(formatMissing)),
    alone(outcomeText(result)),
  ]).join('\n')
}

const section = (heading: string, lines: readonly string[]): PageSection => ({
  ...{ heading, lines },
  most: 40,
})

function formatCounts({ understood, scheme }: ImportResult): string[] {
  const { workstreams, projects, milestones, measures, readings, outcomes } = understood
  const { withDay, monthOnly, range, undated, states, recommendations } = understood
  const ofRegister = countEntries(understood)
  if (workstreams + projects + measures === 0 && ofRegister.length > 0) {
    return [`Understood: ${ofRegister.join(', ')}`]
  }
  const counted = [
    plural(workstreams, 'workstream'),
    plural(projects, 'project'),
    plural(milestones, 'milestone'),
    ...(measures > 0 ? [plural(measures, 'measure')] : []),
    ...(readings > 0 ? [plural(readings, 'reading')] : []),
    ...(outcomes > 0 ? [plural(outcomes, 'outcome')] : []),
    ...(recommendations > 0 ? [plural(recommendations, 'recommendation')] : []),
    ...ofRegister,
  ]
  const ofScheme = Object.entries(builtInSchemes).find(([key]) => key === scheme)?.[1] ?? rag
  const rated = Object.entries(states)
    .filter(([key]) => key !== 'blank')
    .map(([key, count]) => {
      const state = stateByKey(ofScheme, key)
      return `${state === ofScheme.blank ? key : formatState(state)} ${count}`
    })
  return [
    `Understood: ${counted.join(', ')}`,
    `  milestones: ${withDay} with a day, ${monthOnly} with a month only, ${range} with a range, ${undated} without a date`,
    `  ratings: ${[...rated, `not rated ${states.blank ?? 0}`].join(', ')}`,
  ]
}

/** "12 risks", "1 dependency". */
export const countEntries = ({ entries = {} }: Pick<PlanCounts, 'entries'>): string[] =>
  entryKinds.flatMap((kind) => {
    const count = kind === 'headline' ? 0 : (entries[kind] ?? 0)
    const [one, many] = kindNouns[kind]
    return count > 0 ? [plural(count, one, many)] : []
  })

function outcomeText({ dryRun, stored, difference, problems }: ImportResult): string {
  if (stored) return 'Saved.'
  const something = difference.added.length + difference.changed.length > 0
  if (!dryRun || !something) return 'Nothing is different, so nothing was saved.'
  const without = problems.length > 0 ? ' It would be saved only with --accept.' : ''
  return `A dry run: nothing was saved.${without}`
}

/** One line for each kind of remark, with the rows that it is about: of 10,000 rows a page. */
const formatGroups = (notes: readonly SheetNote[]): string[] =>
  groupNotes(notes).map((group) => formatGroup(group))

function formatColumn({ column, heading, over, meaning, examples }: ColumnView): string {
  const shown = examples.map(({ raw, read }) =>
    read === null ? quoted(shorten(raw, 40)) : `${quoted(shorten(raw, 40))} → ${shorten(read, 40)}`,
  )
  const title = `${column} “${over ? `${over} / ` : ''}${heading}”: ${meaning ?? 'not read'}`
  return shown.length > 0 && meaning !== null ? `${title}. ${shown.join('; ')}` : title
}

/** Actions are long; their beginning identifies them. */
const shortTitle = (title: string): string => shorten(title, 100)

const formatAddition = (one: PlanAddition): string =>
  one.what === 'reading'
    ? `reading of ${quoted(one.title)}: ${quoted(one.reading.raw)} for ${one.reading.period ?? fullDate(one.reading.forDay)}`
    : [one.what, one.ref, shortTitle(one.title)].filter((part) => part !== '').join(' ')

const formatMissing = ({ what, ref, title }: MissingItem): string =>
  `${what} ${ref} ${shortTitle(title)}`

function formatChange(change: PlanChange): string {
  const { what, ref, field, from, to } = change
  const about = change.title === undefined ? '' : ` ${quoted(change.title)}`
  if (field === 'number') return `${what} ${from}${about} is now ${to}`
  const value = (text: string | null) => quoted(shorten(text || 'none', 100))
  return `${what} ${ref}${about}: ${field} was ${value(from)}, now ${value(to)}`
}
