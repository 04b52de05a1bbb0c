import { fullDate } from '../../../base/dates.ts'
import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, listOf, quoted } from '../../../base/text.ts'
import { parseDeadlines } from '../../../domain/deadlines/deadlines.ts'
import { parseState } from '../cell-parsers.ts'
import { parseDeadlineCell } from '../deadline-cells.ts'
import type { MilestoneCell } from '../parsed-plan.ts'
import { DraftLinker } from './draft-linker.ts'
import { sharedHeadings } from './shared-headings.ts'
import {
  cellOf,
  type Draft,
  headingOf,
  type ParseContext,
  type SheetFormat,
  type Table,
  textOf,
} from './sheet-format.ts'
import { splitOwners, stripHtml } from './split-cells.ts'

/**
 * WOL's list of themes and commitments. A theme is a workstream, a commitment a project, and a date in the commitment
 * ("completion date October 2016") its milestone.
 */
export const commitments: SheetFormat = {
  key: 'commitments',
  description: 'a list of themes with commitments',
  columns: {
    workstream: {
      heading: 'Theme',
      aliases: ['theme', 'themes', 'judgement', ...sharedHeadings.area],
      need: 'must',
    },
    ref: { heading: 'Ref', aliases: sharedHeadings.ref, need: 'may' },
    title: {
      heading: 'Commitment',
      aliases: [
        'commitment',
        'commitments',
        'forward commitment',
        'progress',
        'key area of progress',
        'what we will do',
      ],
      need: 'must',
    },
    deadline: {
      heading: 'By when',
      aliases: [...sharedHeadings.deadline, 'date', 'completion date', 'timescale'],
      isDate: true,
      need: 'may',
    },
    leads: {
      heading: 'Lead',
      aliases: [...sharedHeadings.leads, ...sharedHeadings.owners],
      need: 'may',
    },
    state: {
      heading: 'RAG',
      aliases: [...sharedHeadings.state, 'grade'],
      need: 'may',
    },
    commentary: {
      heading: 'Commentary',
      aliases: [...sharedHeadings.commentary, 'update'],
      need: 'may',
    },
  },
  parse(tables, frame, draft) {
    const linking = new DraftLinker(draft, tables)
    for (const table of tables) {
      draft.generatedRefs.projects ||= !table.columns.has('ref')
      for (const row of table.rows) parseCommitment(row, table, frame, draft, linking)
    }
  },
}

function parseCommitment(
  row: SheetRow,
  table: Table,
  frame: ParseContext,
  draft: Draft,
  linking: DraftLinker,
) {
  const { columns } = table
  // A theme in a row of its own applies to the commitments below it.
  const workstream = linking.findOrAddWorkstream(textOf(row, columns, 'workstream'), row.number)
  const title = collapseWhitespace(stripHtml(cellOf(row, columns, 'title'))).replace(
    /^[-•*·]\s+/,
    '',
  )
  if (title === '') return
  draft.projects.push({
    ref: linking.assignProjectRef(workstream, textOf(row, columns, 'ref')),
    title,
    workstreamRef: workstream,
    row: row.number,
    state: parseState(row, table, 'state', frame, draft).state.key,
    rawState: cellOf(row, columns, 'state'),
    commentary: textOf(row, columns, 'commentary'),
    leads: splitOwners(cellOf(row, columns, 'leads')),
    recommendations: [],
    outcomes: [],
    milestones: milestonesOf(row, title, table, frame, draft),
  })
}

/**
 * The dates of their own column, or else those that the commitment itself names and that lie ahead. A past date may be
 * when the commitment was met: it stays in the text, with a warning.
 */
function milestonesOf(
  row: SheetRow,
  title: string,
  { columns }: Table,
  frame: ParseContext,
  draft: Draft,
): MilestoneCell[] {
  const { asOf } = frame
  const cell = cellOf(row, columns, 'deadline')
  if (cell.trim() !== '') {
    const column = headingOf(columns, 'deadline')
    return parseDeadlineCell(row, columns.get('deadline')?.[0], frame, draft).map((entry) => {
      return { ...entry, about: entry.about || column, row: row.number, column }
    })
  }
  const column = headingOf(columns, 'title')
  const entries = parseDeadlines(title, asOf)
  const past = entries.flatMap(({ due }) => (due && due < asOf ? [fullDate(due)] : []))
  if (past.length > 0) {
    const message = `${quoted(title)} names ${listOf(past)}, before the as-at day: no milestone was made of it. If it is a deadline, put it into a column By when.`
    draft.warnings.push({ row: row.number, column, message })
  }
  return entries
    .filter(({ due, problem }) => (due !== null && due >= asOf) || problem !== null)
    .map((entry) => ({ ...entry, about: entry.about || title, row: row.number, column }))
}
