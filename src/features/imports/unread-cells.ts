import { columnName } from '../../base/sheets/column-name.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import { fold, shorten } from '../../base/text.ts'
import { isAttributeCell } from './attribute-cells.ts'
import { filledIn, type Table } from './formats/sheet-format.ts'
import { hasContent, stripHtml } from './formats/split-cells.ts'
import type { Headings } from './headings.ts'
import type { MeasureRow, PlanContents, ProjectRow } from './parsed-plan.ts'

/**
 * The cells below the headings whose text did not enter the plan: an independent check of the parsers, cell by cell.
 * Not counted are cells without a letter or digit (a dot, a dash), columns that a person chose not to import, and
 * columns that are kept as a value: a day, a state, a direction.
 */
export function findUnreadCells(
  contents: PlanContents,
  { ignoredColumns, sheetFormat }: Headings,
  tables: readonly Table[],
): SheetNote[] {
  // Of a register, the parser says of each row what its kind has no place for.
  if (sheetFormat.isRegister) return []
  const kept = keptTextsByRow(contents)
  const projectRows = new Set(contents.projects.map(({ row }) => row))
  const parts = contents.workstreams.map(({ title }) => fold(title))
  // "Priority 2: Good schools" in a line of its own, above the rows of that part.
  const namesPart = ([text = '', ...others]: string[]) =>
    others.length === 0 && parts.some((title) => fold(text).endsWith(title))
  return tables.flatMap((table) => {
    const { rows, columns } = table
    const skipped = new Set(ignoredColumns)
    // Trackers have columns of their tool's own; each is named once, as a column that is not read.
    const isNamed = (index: number) =>
      sheetFormat.isFallback && ![...columns.values()].flat().some((one) => one.index === index)
    for (const [meaning, cells] of columns) {
      const isDay = sheetFormat.isFallback && sheetFormat.columns[meaning]?.isDate
      if (sheetFormat.isOwnExport || isDay || typedColumns.includes(meaning))
        for (const { index } of cells) skipped.add(index)
    }
    return rows.flatMap(({ number, cells }) => {
      if (namesPart(filledIn(cells))) return []
      const texts = [...(kept.get(number) ?? [])]
      return cells.flatMap((cell, index) => {
        if (skipped.has(index) || isNamed(index) || !hasContent(cell) || containsCell(texts, cell))
          return []
        // Kept as a value, or noted where it was not understood.
        if (projectRows.has(number) && isAttributeCell(table, index, sheetFormat)) return []
        const message = `Not kept: ${shorten(cell.trim(), 120)}`
        return [{ row: number, column: columnName(index), message }]
      })
    })
  })
}

/** Columns that are kept as days, directions and kinds; a cell that was not understood has a note. */
const typedColumns = [
  ...['next', 'measuredOn', 'targetDay', 'polarity', 'kind', 'baselineState', 'readingState'],
  ...['percent', 'status', 'tags'],
]

/**
 * Whether one text contains the whole cell, or several texts make it up: owners, several measures. Labels and "and"
 * between them do not count.
 */
function containsCell(texts: readonly string[], cell: string): boolean {
  const whole = stripWhitespace(stripHtml(cell))
  if (texts.some((text) => text.includes(whole))) return true
  const rest = texts
    .filter((text) => text !== '')
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, text) => left.replaceAll(text, '\n'), whole)
  const between = rest.replace(
    /(?<![\p{L}\p{N}])(?:[a-z]|[ivx]{2,4}|\d{1,2})[).]|(?<=\n|^)and(?=\n|$)/giu,
    '',
  )
  return !/[\p{L}\p{N}]/u.test(between)
}

const stripWhitespace = (text: string): string => text.replace(/\s+/gu, '')

/** The texts that entered the plan, by row. */
function keptTextsByRow({
  workstreams,
  projects,
  measures,
}: PlanContents): Map<number, Set<string>> {
  const kept = new Map<number, Set<string>>()
  const keep = (row: number, texts: readonly string[]) => {
    const before = kept.get(row) ?? new Set()
    kept.set(row, before)
    for (const text of texts) before.add(stripWhitespace(text))
  }
  const titles = new Map(workstreams.map((one) => [one.ref, titleVariants(one)]))
  for (const one of workstreams) {
    keep(one.row, [
      ...titleVariants(one),
      ...ownerListVariants(one.leads),
      ...ownerListVariants(one.sponsors),
    ])
  }
  const ofProject = Map.groupBy(
    measures.flatMap((measure) => measure.projects.map((ref) => ({ ref, measure }))),
    ({ ref }) => ref,
  )
  for (const project of projects) {
    const linked = (ofProject.get(project.ref) ?? []).map(({ measure }) => measure)
    const texts = [...projectRowTexts(project), ...(titles.get(project.workstreamRef) ?? [])]
    const rows = new Set([project, ...project.milestones, ...linked].map(({ row }) => row))
    for (const row of rows) keep(row, [...texts, ...linked.map(({ title }) => title)])
    for (const [row, cells] of Map.groupBy(project.milestones, (milestone) => milestone.row)) {
      keep(row, [
        ...joinEntries(cells),
        ...cells.flatMap(({ raw, rawState = '' }) => [raw, rawState]),
      ])
    }
  }
  for (const measure of measures) {
    keep(measure.row, [
      ...measureTexts(measure),
      ...(titles.get(measure.workstreamRef ?? '') ?? []),
    ])
  }
  return kept
}

/** "1", "1." and "1. Support our workforce" are one workstream. */
function titleVariants({ ref, title }: { readonly ref: string; readonly title: string }): string[] {
  return [ref, `${ref}.`, title, `${ref}. ${title}`]
}

function projectRowTexts(project: ProjectRow): string[] {
  const { rawState, commentary, section = '', leads, recommendations, outcomes } = project
  const { tags = [], audience = '' } = project
  return [
    ...titleVariants(project),
    ...[rawState, commentary, section],
    ...[...ownerListVariants(leads), ...leads, ...recommendations, ...outcomes, ...tags, audience],
  ]
}

/** The entries of a cell, joined, are the cell. */
function joinEntries(milestones: ProjectRow['milestones']): string[] {
  const columns = Map.groupBy(milestones, ({ column }) => column)
  return [...columns.values()].map((entries) => entries.map(({ raw }) => raw).join(''))
}

function measureTexts(measure: MeasureRow): string[] {
  const { title, baseline, target, frequency, method, projects, readings } = measure
  const texts = [title, baseline, target, frequency, method, ...projects]
  const readingTexts = readings.flatMap(({ raw, direction }) => [raw, direction])
  return [...texts, ...readingTexts].filter((text) => text !== null)
}

/** Owners as a cell may write them, with either separator. */
function ownerListVariants(owners: readonly string[]): string[] {
  return [owners.join(';'), owners.join('/')]
}
