import { fold } from '../../base/text.ts'
import {
  type MeasureChange,
  type MeasureField,
  type PlanDiff,
  takenBackField,
} from './diff-types.ts'
import type { MeasureRow, ReadingCell } from './parsed-plan.ts'
import { mostAlike } from './same-text.ts'

/** A measure in the saved plan. What was recorded in chat since is not compared. */
export type StoredMeasure = Omit<MeasureRow, 'row' | 'readings'> & {
  readonly number: number
  /** It was taken out of the plan in chat: a file that has it does not put it back. */
  readonly isRemoved?: boolean
  /** Values of its fields that say nothing new: known-values.ts. Lists joined by "; ". */
  readonly known?: Readonly<Record<string, readonly string[]>>
  /** An import added it and was taken back: a file that has it puts it back. */
  readonly isTakenBack?: boolean
  /** The latest imported reading of each period. */
  readonly readings: readonly StoredReading[]
}

export type StoredReading = Omit<ReadingCell, 'row' | 'column'>

/**
 * Compares the measures of a file and of the plan. Equal titles in one workstream are the same measure, and so are nearly
 * equal ones, unless a person says that the row is new (`newRows`).
 */
export function diffMeasures(
  stored: readonly StoredMeasure[],
  file: readonly MeasureRow[],
  newRows: readonly number[] = [],
): PlanDiff {
  const pairs = pairMeasures(stored, file, newRows)
  const matched = new Set(pairs.values())
  const compared = file.map((after) => {
    const before = pairs.get(after)
    return { before, after, changes: before ? changesOf(before, after) : [] }
  })
  const readings = compared.map(({ before, after }) => newReadings(before, after))
  return {
    added: [
      ...file
        .filter((measure) => !pairs.has(measure))
        .map(({ title }) => ({ what: 'measure' as const, ref: '', title })),
      ...readings.flat(),
    ],
    changed: compared.flatMap(({ changes }) => changes),
    // A sheet without measures says nothing about them.
    missing: (file.length === 0 ? [] : stored)
      .filter((one) => !matched.has(one) && !one.isTakenBack && !one.isRemoved)
      .map(({ number, title }) => ({ what: 'measure', ref: String(number), title })),
    unchanged: compared.filter(({ before, changes }, at) => {
      return before && changes.length === 0 && readings[at]?.length === 0
    }).length,
  }
}

/** The measure of the plan for each row of the file, by the title that it has or had before, at last by one nearly so. */
export function pairMeasures<Row extends Pick<MeasureRow, 'title' | 'workstreamRef' | 'row'>>(
  stored: readonly StoredMeasure[],
  file: readonly Row[],
  newRows: readonly number[] = [],
): Map<Row, StoredMeasure> {
  // Of two with one title, the one that is in the plan.
  const free = new Set(
    stored.toSorted((a, b) => Number(a.isRemoved ?? false) - Number(b.isRemoved ?? false)),
  )
  const pairs = new Map<Row, StoredMeasure>()
  for (const namesOf of [presentTitle, knownTitles]) {
    for (const row of file) {
      if (pairs.has(row)) continue
      const title = fold(row.title)
      const match = [...free].find((one) => namesOf(one).includes(title) && isSamePlace(one, row))
      if (!match) continue
      pairs.set(row, match)
      free.delete(match)
    }
  }
  const open = file.filter((row) => !pairs.has(row) && !newRows.includes(row.row))
  if (open.length * free.size > maxComparisons) return pairs
  for (const row of open) {
    const near = [...free].filter((one) => !one.isRemoved && isSamePlace(one, row))
    const match =
      near.find((one) => unlabelled(one.title) === unlabelled(row.title)) ??
      mostAlike(unlabelled(row.title), near, ({ title }) => unlabelled(title), 'title')
    if (!match) continue
    pairs.set(row, match)
    free.delete(match)
  }
  return pairs
}

/** Of rows with measures: a sheet that is another one altogether has no words in common. */
const maxComparisons = 100_000

/** "1. Staff trained" is "Staff trained". */
const unlabelled = (title: string): string =>
  fold(title).replace(/^\(?(?:\d{1,2}|[a-z])[.)]\s+/, '')

const presentTitle = ({ title }: StoredMeasure) => [fold(title)]
const knownTitles = ({ known }: StoredMeasure) => (known?.title ?? []).map(fold)

function isSamePlace(
  { workstreamRef, known }: StoredMeasure,
  row: Pick<MeasureRow, 'workstreamRef'>,
): boolean {
  if (!workstreamRef || !row.workstreamRef) return true
  return [workstreamRef, ...(known?.workstreamRef ?? [])].includes(row.workstreamRef)
}

const comparedFields: readonly Exclude<
  MeasureField,
  'title' | 'projects' | 'outcomes' | typeof takenBackField
>[] = [
  ...(['kind', 'polarity', 'baseline', 'baselineState', 'target', 'targetOn'] as const),
  ...(['frequency', 'method', 'nextDue', 'workstreamRef'] as const),
]

function changesOf(before: StoredMeasure, after: MeasureRow): MeasureChange[] {
  const about = { what: 'measure', ref: String(before.number), title: after.title } as const
  // An empty cell says nothing.
  const changed = comparedFields
    .filter((field) => after[field] !== null && after[field] !== before[field])
    .map((field) => ({ ...about, field, from: before[field], to: after[field] }))
  const linked = (['projects', 'outcomes'] as const).flatMap((field) => {
    const [from, to] = [before[field], after[field]].map((one) => one.toSorted().join('; '))
    if (from === undefined || to === undefined || to === '' || from === to) return []
    return [{ ...about, field, from, to }]
  })
  const isReworded = ![presentTitle(before), knownTitles(before)].flat().includes(fold(after.title))
  const reworded = isReworded
    ? [{ ...about, field: 'title' as const, from: before.title, to: after.title, row: after.row }]
    : []
  const field: MeasureField = takenBackField
  const back = before.isTakenBack
    ? [{ ...about, field, from: 'taken back', to: 'in the plan' }]
    : []
  const isNew = ({ field: key, to }: MeasureChange) =>
    !(before.known?.[key] ?? []).some((value) => sortedText(value) === sortedText(to ?? ''))
  return [...back, ...reworded, ...[...changed, ...linked].filter(isNew)]
}

/** Links have no order. */
const sortedText = (list: string) => list.split('; ').toSorted().join('; ')

function newReadings(before: StoredMeasure | undefined, { title, readings }: MeasureRow) {
  const ref = before ? String(before.number) : ''
  return readings
    .filter((reading) => !before?.readings.some((one) => isSameReading(one, reading)))
    .map((reading) => ({ what: 'reading' as const, ref, title, reading }))
}

function isSameReading(one: StoredReading, other: StoredReading): boolean {
  return (
    one.forDay === other.forDay &&
    one.raw === other.raw &&
    one.declared === other.declared &&
    one.direction === other.direction
  )
}
