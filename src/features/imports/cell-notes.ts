import { columnName } from '../../base/sheets/column-name.ts'
import type { SheetNote, SheetRow } from '../../base/sheets/read-sheet.ts'
import { plural, quoted, shorten } from '../../base/text.ts'
import type { Draft, Table } from './formats/sheet-format.ts'

/** Notes and web addresses beside the cells of a sheet: kept with the commentary of their row, not lost with the looks. */

/**
 * Notes on headings, and on what stands above them, may say how a column is meant. They belong to no row of the plan: who
 * imports sees them, and they are not kept.
 */
export function headingNotes(rows: readonly SheetRow[], headingRow: number): SheetNote[] {
  const above = rows.filter(({ number }) => number <= headingRow)
  return above.flatMap(({ number, cells, looks = [] }) =>
    looks.flatMap((look, at): SheetNote[] => {
      if (!look?.note) return []
      const text = cells[at]?.trim() || columnName(at)
      const message = `Note on the heading ${quoted(shorten(text, 40))}, not kept: ${shorten(look.note, 200)}`
      return [{ row: number, column: text, message }]
    }),
  )
}

interface BesideRow {
  readonly row: number
  readonly lines: readonly string[]
  readonly notes: readonly string[]
}

/**
 * Appends them to the commentary of the projects on their rows. Who reads a commentary is not who reads the notes of a
 * workbook, so that notes are one question of the file; addresses are said.
 */
export function keepCellNotes(tables: readonly Table[], draft: Draft): void {
  const beside = tables.flatMap((table) => table.rows.flatMap((row) => besideRow(row, table)))
  if (beside.length === 0) return
  const projectAt = new Map(
    draft.projects.flatMap(({ row, milestones }, at) =>
      [...milestones.map((one) => one.row), row].map((number) => [number, at] as const),
    ),
  )
  const kept: BesideRow[] = []
  for (const one of beside) {
    const at = projectAt.get(one.row)
    const project = at === undefined ? undefined : draft.projects[at]
    if (at === undefined || !project) {
      const message = `Not kept: ${one.lines.join('; ')}`
      draft.warnings.push({ row: one.row, message: shorten(message, 200) })
      continue
    }
    const commentary = [project.commentary, ...one.lines].filter(Boolean).join('\n')
    draft.projects[at] = { ...project, commentary }
    kept.push(one)
  }
  noteKept(kept, draft)
}

function besideRow({ number, cells, looks = [] }: SheetRow, { columns }: Table): BesideRow[] {
  const headings = new Map([...columns.values()].flat().map((one) => [one.index, one.heading]))
  const found = looks.flatMap((look, at) => {
    const where = headings.get(at) ?? 'the row'
    const { note, link } = look ?? {}
    const isNew = link !== undefined && !cells.some((cell) => cell.includes(link))
    return [
      ...(note ? [{ line: `Note on ${where}: ${note}`, note }] : []),
      ...(isNew ? [{ line: `Link at ${where}: ${link}`, note: undefined }] : []),
    ]
  })
  if (found.length === 0) return []
  const notes = found.flatMap(({ note }) => note ?? [])
  return [{ row: number, lines: found.map(({ line }) => line), notes }]
}

function noteKept(kept: readonly BesideRow[], draft: Draft): void {
  const noted = kept.flatMap(({ row, notes }) => notes.map((text) => ({ row, text })))
  const [first] = noted
  if (first) {
    const rows = [...new Set(noted.map(({ row }) => row))].slice(0, 6).join(', ')
    const whose = rows.includes(',') ? 'those rows' : 'that row'
    const message = `${plural(noted.length, 'cell has a note', 'cells have notes')} (${rows.includes(',') ? 'rows' : 'row'} ${rows}), such as ${quoted(shorten(first.text, 80))}: kept in the commentary of ${whose}, for whoever reads that. Take notes out of the sheet, or accept it.`
    draft.problems.push({ row: 0, message })
  }
  const links = kept.filter(({ lines, notes }) => lines.length > notes.length)
  for (const { row } of links) {
    draft.corrections.push({ row, message: 'The address of a link is kept in the commentary.' })
  }
}
