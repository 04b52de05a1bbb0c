import type { CivilDate } from '../../base/dates.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import { quoted } from '../../base/text.ts'
import type { PlanAttribute } from '../../domain/plan/attributes/attribute.ts'
import { dateText } from './deadline-cells.ts'
import {
  type Draft,
  headingOf,
  type ParseContext,
  type SheetFormat,
  type Table,
  textOf,
} from './formats/sheet-format.ts'

/**
 * The format with a column for each attribute of a project. A heading that the format itself knows keeps its meaning there,
 * and so does the name of a meaning: the forecast of a tracker is a day, and that of money has another name beside it.
 */
export function withAttributeColumns(
  format: SheetFormat,
  attributes: readonly PlanAttribute[],
): SheetFormat {
  if (format.hasNoProjects) return format
  const columns = attributes.map(({ key, column, headings, isDay }) => {
    const names = { heading: column, aliases: headings, attribute: key }
    const meaning = key in format.columns ? `project ${key}` : key
    return [meaning, { ...names, need: 'may' as const, isDate: isDay }] as const
  })
  return { ...format, columns: { ...format.columns, ...Object.fromEntries(columns) } }
}

/** The attributes that a format has columns of, with their meanings there. */
const attributesIn = ({ columns }: Pick<SheetFormat, 'columns'>, all: readonly PlanAttribute[]) =>
  Object.entries(columns).flatMap(([meaning, { attribute: key }]) =>
    all.filter((one) => one.key === key).map((attribute) => ({ meaning, attribute })),
  )

/** Reads the attributes of the projects in a draft from the projects' own rows. */
export function parseAttributes(
  tables: readonly Table[],
  format: SheetFormat,
  { asOf, dates }: ParseContext,
  draft: Draft,
  attributes: readonly PlanAttribute[],
): void {
  const parse = format.isOwnExport ? parseSavedCell : parseCell
  const projectAt = new Map(draft.projects.map(({ row }, at) => [row, at]))
  for (const { columns, rows } of tables) {
    const present = attributesIn(format, attributes).filter(({ meaning }) => columns.has(meaning))
    for (const row of rows) {
      const at = projectAt.get(row.number)
      const project = at === undefined ? undefined : draft.projects[at]
      if (at === undefined || !project) continue
      const values = present.flatMap(({ meaning, attribute }) => {
        const cell = textOf(row, columns, meaning)
        const order = dates.orderAt(columns.get(meaning)?.[0]?.index ?? 0)
        const text = attribute.isDay && !format.isOwnExport ? dateText(cell, order) : cell
        const place = { row: row.number, column: headingOf(columns, meaning) }
        const value = text === '' ? null : parse(text, attribute, asOf, draft, place)
        return value === null ? [] : [[attribute.key, value] as const]
      })
      if (values.length > 0)
        draft.projects[at] = { ...project, attributes: Object.fromEntries(values) }
    }
  }
}

/** Whether the cell of a row holds an attribute of the project on that row. */
export function isAttributeCell({ columns }: Table, index: number, format: SheetFormat): boolean {
  return [...columns].some(
    ([meaning, [first]]) =>
      first?.index === index && format.columns[meaning]?.attribute !== undefined,
  )
}

type Place = Pick<SheetNote, 'row' | 'column'>

/** In our own sheet a value is written as it is saved: nothing has to be guessed. */
function parseSavedCell(
  text: string,
  { noun, example, parse }: PlanAttribute,
  asOf: CivilDate,
  draft: Draft,
  place: Place,
): string | null {
  if (parse(text, asOf).value === text) return text
  const message = `${quoted(text)} is no ${noun}. Write it as ${example}, or accept that it is left out.`
  draft.problems.push({ ...place, message })
  return null
}

function parseCell(
  text: string,
  { noun, parse }: PlanAttribute,
  asOf: CivilDate,
  draft: Draft,
  place: Place,
): string | null {
  const { value, problem } = parse(text, asOf)
  if (problem !== null) {
    const message = `${quoted(text)}: ${problem} Put the ${noun} right, or accept that it is left out.`
    draft.problems.push({ ...place, message })
  } else if (value === null) {
    draft.warnings.push({ ...place, message: `No ${noun} in ${quoted(text)}.` })
  }
  return value
}
