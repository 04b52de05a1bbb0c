import { Refusal } from '../../../base/errors.ts'
import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { shorten } from '../../../base/text.ts'
import { readDeadlines } from '../../../domain/deadlines/deadlines.ts'
import { noteLetters, readState, readsDay, readsMonth } from '../cell-parsers.ts'
import type { ProjectRow } from '../parsed-plan.ts'
import { checkProject, checkWorkstream } from '../row-checks.ts'
import { cellOf, type Draft, type Frame, type Shape, type Table, textOf } from './sheet-format.ts'
import { ownersIn } from './split-cells.ts'

/**
 * The published W17 sheet: a whole-number REF is a workstream, "n.m" a project of workstream n, every dated entry under
 * a month a milestone.
 */
export const summarySheet: Shape = {
  key: 'summary-sheet',
  what: 'a summary sheet',
  written: true,
  columns: {
    ref: { heading: 'REF', names: ['ref', 'reference', 'ref no'], need: 'must' },
    title: {
      heading: 'WORKSTREAM DETAIL',
      names: ['workstream detail', 'workstream', 'project', 'detail', 'title'],
      need: 'must',
    },
    state: {
      heading: 'RAG',
      names: ['rag', 'rag rating', 'rag status', 'brag', 'brag rating', 'status'],
      need: 'must',
    },
    commentary: {
      heading: 'COMMENTARY',
      names: ['commentary', 'comments', 'comment'],
      need: 'must',
    },
    leads: { heading: 'LEAD', names: ['lead', 'leads', 'lead / leads', 'lead(s)'], need: 'may' },
    sponsors: { heading: 'SPONSOR', names: ['sponsor', 'sponsors', 'sponsor(s)'], need: 'may' },
    start: { heading: 'START', names: ['start', 'start date', 'starts', 'start day'], need: 'may' },
    month: {
      heading: 'a month (such as March)',
      names: [],
      matches: readsMonth,
      need: 'must',
      many: true,
    },
  },
  read(tables, frame, draft) {
    for (const table of tables) {
      for (const row of table.rows) readRow(row, table, frame, draft)
    }
    refuseEmpty(frame, draft)
  },
}

function readRow(row: SheetRow, table: Table, frame: Frame, draft: Draft): void {
  const written = textOf(row, table.columns, 'ref')
  const ref = written.replace(/\.$/, '')
  if (/^\d+$/.test(ref)) readWorkstream(row, ref, table, draft)
  else if (/^\d+\.\d+$/.test(ref)) readProject(row, ref, table, frame, draft)
  else draft.attention.push(unreadRow(row, written))
}

function unreadRow({ number, cells }: SheetRow, ref: string) {
  const text = shorten(cells.filter((cell) => cell.trim() !== '').join(' | '), 120)
  const why = ref === '' ? 'the row has no REF' : `REF "${shorten(ref, 20)}" is not a number`
  return { row: number, message: `Not read: ${why}. It says: ${text}` }
}

function readWorkstream(row: SheetRow, ref: string, { columns }: Table, draft: Draft): void {
  const title = textOf(row, columns, 'title')
  draft.workstreams.push({
    ref,
    title,
    row: row.number,
    sponsors: ownersIn(textOf(row, columns, 'sponsors')),
    leads: ownersIn(textOf(row, columns, 'leads')),
  })
  draft.attention.push(...checkWorkstream(row.number, title))
}

function readProject(row: SheetRow, ref: string, table: Table, frame: Frame, draft: Draft): void {
  const { columns } = table
  const [workstreamRef = ''] = ref.split('.')
  const rating = readState(row, table, 'state', frame, draft, ref)
  const start = readsDay(row, table, 'start', frame, draft)
  const project: ProjectRow = {
    ref,
    title: textOf(row, columns, 'title'),
    workstreamRef,
    row: row.number,
    state: rating.state.key,
    rawState: cellOf(row, columns, 'state'),
    commentary: textOf(row, columns, 'commentary'),
    leads: ownersIn(textOf(row, columns, 'leads')),
    recommendations: [],
    outcomes: [],
    ...(start ? { start } : {}),
    milestones: (columns.get('month') ?? []).flatMap(({ index, heading }) =>
      readDeadlines(row.cells[index] ?? '', frame.asOf).map((entry) => {
        return { ...entry, row: row.number, column: heading }
      }),
    ),
  }
  draft.projects.push(project)
  for (const milestone of project.milestones) noteLetters(ref, milestone, draft)
  const early = !draft.workstreams.some((workstream) => workstream.ref === workstreamRef)
  draft.attention.push(...checkProject(project, row, { table, rating, early, asOf: frame.asOf }))
}

function refuseEmpty({ fileName }: Frame, { workstreams, projects }: Draft): void {
  if (workstreams.length + projects.length > 0) return
  throw new Refusal(
    `${fileName} has headings but no row with a REF such as 1 or 1.1. Nothing was imported; number the rows and try again.`,
  )
}
