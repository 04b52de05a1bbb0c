import { Refusal } from '../../../base/errors.ts'
import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { shorten } from '../../../base/text.ts'
import { parseDeadlines } from '../../../domain/deadlines/deadlines.ts'
import { isMonth, noteLookalikes, parseState } from '../cell-parsers.ts'
import type { ProjectRow } from '../parsed-plan.ts'
import { checkProject, checkWorkstream } from '../row-checks.ts'
import { sharedHeadings } from './shared-headings.ts'
import {
  cellOf,
  type Draft,
  type ParseContext,
  type SheetFormat,
  type Table,
  textOf,
} from './sheet-format.ts'
import { splitOwners } from './split-cells.ts'

/**
 * The published W17 sheet: a whole-number REF is a workstream, "n.m" a project of workstream n, and every dated entry
 * under a month is a milestone.
 */
export const summarySheet: SheetFormat = {
  key: 'summary-sheet',
  description: 'a summary sheet',
  isExportable: true,
  columns: {
    ref: { heading: 'REF', aliases: [...sharedHeadings.ref, 'ref no'], need: 'must' },
    title: {
      heading: 'WORKSTREAM DETAIL',
      aliases: ['workstream detail', 'workstream', 'project', 'detail', 'title'],
      need: 'must',
    },
    state: {
      heading: 'RAG',
      aliases: [...sharedHeadings.state, 'rag status'],
      need: 'must',
    },
    commentary: {
      heading: 'COMMENTARY',
      aliases: sharedHeadings.commentary,
      need: 'must',
    },
    leads: {
      heading: 'LEAD',
      aliases: [...sharedHeadings.leads, 'lead / leads', 'lead(s)'],
      need: 'may',
    },
    sponsors: { heading: 'SPONSOR', aliases: ['sponsor', 'sponsors', 'sponsor(s)'], need: 'may' },
    month: {
      heading: 'a month (such as March)',
      aliases: [],
      matches: isMonth,
      isDate: true,
      need: 'must',
      isRepeatable: true,
    },
  },
  parse(tables, frame, draft) {
    for (const table of tables) {
      for (const row of table.rows) parseRow(row, table, frame, draft)
    }
    assertHasNumberedRows(frame, draft)
  },
}

function parseRow(row: SheetRow, table: Table, frame: ParseContext, draft: Draft): void {
  const written = textOf(row, table.columns, 'ref')
  const ref = written.replace(/\.$/, '')
  if (/^\d+$/.test(ref)) parseWorkstream(row, ref, table, draft)
  else if (/^\d+\.\d+$/.test(ref)) parseProject(row, ref, table, frame, draft)
  else draft.warnings.push(unreadRowNote(row, written))
}

function unreadRowNote({ number, cells }: SheetRow, ref: string) {
  const text = shorten(cells.filter((cell) => cell.trim() !== '').join(' | '), 120)
  const why = ref === '' ? 'the row has no REF' : `REF "${shorten(ref, 20)}" is not a number`
  return { row: number, message: `Not read: ${why}. It says: ${text}` }
}

function parseWorkstream(row: SheetRow, ref: string, { columns }: Table, draft: Draft): void {
  const title = textOf(row, columns, 'title')
  draft.workstreams.push({
    ref,
    title,
    row: row.number,
    sponsors: splitOwners(textOf(row, columns, 'sponsors')),
    leads: splitOwners(textOf(row, columns, 'leads')),
  })
  draft.warnings.push(...checkWorkstream(row.number, title))
}

function parseProject(
  row: SheetRow,
  ref: string,
  table: Table,
  frame: ParseContext,
  draft: Draft,
): void {
  const { columns } = table
  const [workstreamRef = ''] = ref.split('.')
  const rating = parseState(row, table, 'state', frame, draft, ref)
  const project: ProjectRow = {
    ref,
    title: textOf(row, columns, 'title'),
    workstreamRef,
    row: row.number,
    state: rating.state.key,
    rawState: cellOf(row, columns, 'state'),
    commentary: textOf(row, columns, 'commentary'),
    leads: splitOwners(textOf(row, columns, 'leads')),
    recommendations: [],
    outcomes: [],
    milestones: (columns.get('month') ?? []).flatMap(({ index, heading }) =>
      parseDeadlines(row.cells[index] ?? '', frame.asOf, frame.dates.orderAt(index)).map(
        (entry) => {
          return { ...entry, row: row.number, column: heading }
        },
      ),
    ),
  }
  draft.projects.push(project)
  for (const milestone of project.milestones) noteLookalikes(ref, milestone, draft)
  const early = !draft.workstreams.some((workstream) => workstream.ref === workstreamRef)
  draft.warnings.push(
    ...checkProject(project, row, { table, rating, isAboveWorkstream: early, asOf: frame.asOf }),
  )
}

function assertHasNumberedRows({ fileName }: ParseContext, { workstreams, projects }: Draft): void {
  if (workstreams.length + projects.length > 0) return
  throw new Refusal(
    `${fileName} has headings but no row with a REF such as 1 or 1.1. Nothing was imported; number the rows and try again.`,
  )
}
