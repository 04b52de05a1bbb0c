import { fullDate } from '../../../base/dates.ts'
import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { listOf, quoted } from '../../../base/text.ts'
import { readDeadlines } from '../../../domain/deadlines/deadlines.ts'
import { readState } from '../cell-parsers.ts'
import type { MilestoneCell } from '../parsed-plan.ts'
import { Linking } from './draft-linker.ts'
import {
  cellOf,
  type Draft,
  type Frame,
  headingOf,
  type Shape,
  type Table,
  textOf,
} from './sheet-format.ts'
import { ownersIn, plainText, tidy } from './split-cells.ts'

/**
 * WOL's list: themes, and under each what was promised. A theme is a workstream, a commitment a project, and what the
 * commitment says of a day ("completion date October 2016") its milestone.
 */
export const commitments: Shape = {
  key: 'commitments',
  what: 'a list of themes with commitments',
  columns: {
    workstream: {
      heading: 'Theme',
      names: ['theme', 'themes', 'area', 'judgement', 'workstream'],
      need: 'must',
    },
    ref: { heading: 'Ref', names: ['ref', 'reference'], need: 'may' },
    title: {
      heading: 'Commitment',
      names: [
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
      names: ['by when', 'deadline', 'date', 'due', 'due date', 'completion date', 'timescale'],
      need: 'may',
    },
    leads: {
      heading: 'Lead',
      names: ['lead', 'leads', 'owner', 'owners', 'lead officer'],
      need: 'may',
    },
    state: {
      heading: 'RAG',
      names: ['rag', 'brag', 'status', 'rag rating', 'brag rating', 'grade'],
      need: 'may',
    },
    commentary: {
      heading: 'Commentary',
      names: ['commentary', 'comment', 'comments', 'update'],
      need: 'may',
    },
  },
  read(tables, frame, draft) {
    const linking = new Linking(draft)
    for (const table of tables) {
      draft.numbered.projects ||= !table.columns.has('ref')
      for (const row of table.rows) readCommitment(row, table, frame, draft, linking)
    }
  },
}

function readCommitment(row: SheetRow, table: Table, frame: Frame, draft: Draft, linking: Linking) {
  const { columns } = table
  // A theme in a row of its own stands over the commitments below it.
  const workstream = linking.workstream(textOf(row, columns, 'workstream'), row.number)
  const title = tidy(plainText(cellOf(row, columns, 'title'))).replace(/^[-•*·]\s+/, '')
  if (title === '') return
  draft.projects.push({
    ref: linking.projectRef(workstream, textOf(row, columns, 'ref')),
    title,
    workstreamRef: workstream,
    row: row.number,
    state: readState(row, table, 'state', frame, draft).state.key,
    rawState: cellOf(row, columns, 'state'),
    commentary: textOf(row, columns, 'commentary'),
    leads: ownersIn(cellOf(row, columns, 'leads')),
    recommendations: [],
    outcomes: [],
    milestones: milestonesOf(row, title, table, frame, draft),
  })
}

/**
 * The days of their column; without such, those that the commitment itself names and that are still to come. A day that
 * has passed may be when it was done: it stays in the words, and a person is told.
 */
function milestonesOf(
  row: SheetRow,
  title: string,
  { columns }: Table,
  { asOf }: Frame,
  draft: Draft,
): MilestoneCell[] {
  const cell = cellOf(row, columns, 'deadline')
  if (cell.trim() !== '') {
    const column = headingOf(columns, 'deadline')
    return readDeadlines(cell, asOf).map((entry) => {
      return { ...entry, about: entry.about || column, row: row.number, column }
    })
  }
  const column = headingOf(columns, 'title')
  const entries = readDeadlines(title, asOf)
  const past = entries.flatMap(({ due }) => (due && due < asOf ? [fullDate(due)] : []))
  if (past.length > 0) {
    const message = `${quoted(title)} names ${listOf(past)}, before the as-at day: no milestone was made of it. If it is a deadline, put it into a column By when.`
    draft.attention.push({ row: row.number, column, message })
  }
  return entries
    .filter(({ due, problem }) => (due !== null && due >= asOf) || problem !== null)
    .map((entry) => ({ ...entry, about: entry.about || title, row: row.number, column }))
}
