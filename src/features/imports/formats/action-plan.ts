import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { readDeadlines } from '../../../domain/deadlines/deadlines.ts'
import { isComplete } from '../../../domain/scheme/schemes.ts'
import { readState, readsDay } from '../cell-parsers.ts'
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
import { itemsIn, numbersIn, ownersIn, partLabelled, plainText, tidy } from './split-cells.ts'

/** SOM's action plan: a row for each action, its priority and section beside it, several of anything in a cell. */
export const actionPlan: Shape = {
  key: 'action-plan',
  what: 'an action plan',
  columns: {
    ref: { heading: 'Ref', names: ['ref', 'reference', 'ref no', 'no', 'number'], need: 'may' },
    workstream: {
      heading: 'Priority',
      names: ['priority', 'workstream', 'priority area', 'area', 'objective'],
      need: 'should',
    },
    section: { heading: 'Section', names: ['section', 'sub-section', 'subsection'], need: 'may' },
    recommendations: {
      heading: 'Recommendation',
      names: [],
      // "Ofsted 2017 Recommendation number".
      matches: (text) =>
        /^(?:[a-z]+ )?(?:\d{4} )?recommendations?(?: numbers?| no)?\.?$/.test(text),
      need: 'may',
    },
    title: {
      heading: 'Action',
      names: ['action', 'actions', 'action required', 'task'],
      need: 'must',
    },
    leads: {
      heading: 'Action Owner',
      names: [
        ...['action owner', 'action owners', 'owner', 'owners', 'lead', 'leads', 'lead officer'],
        ...['responsible', 'responsible officer', 'by whom'],
      ],
      need: 'should',
    },
    start: { heading: 'Start', names: ['start', 'start date', 'starts'], need: 'may' },
    deadline: {
      heading: 'Deadline for Completion',
      names: [
        ...['deadline for completion', 'deadline', 'deadlines', 'due', 'due date', 'by when'],
        ...['target date', 'completion date', 'timescale', 'timescales'],
      ],
      need: 'must',
    },
    state: {
      heading: 'BRAG rating',
      names: ['brag rating', 'brag', 'rag', 'rag rating', 'rag status', 'status', 'progress rag'],
      need: 'should',
    },
    commentary: {
      heading: 'Commentary',
      names: ['commentary', 'comments', 'comment', 'progress', 'update', 'progress update'],
      need: 'may',
    },
    measures: {
      heading: 'Key Performance Indicators',
      names: [
        ...['key performance indicators', 'key performance indicator', 'kpis', 'kpi', 'measures'],
        ...['measure', 'measures of success', 'success measures'],
      ],
      need: 'may',
    },
    outcomes: { heading: 'Outcome', names: ['outcome', 'outcomes', 'impact'], need: 'may' },
  },
  read(tables, frame, draft) {
    const linking = new Linking(draft)
    for (const table of tables) {
      draft.numbered.projects ||= !table.columns.has('ref')
      const above = { section: '' }
      for (const row of table.rows) readAction(row, { table, frame, draft, linking, above })
    }
  },
}

interface Reading {
  readonly table: Table
  readonly frame: Frame
  readonly draft: Draft
  readonly linking: Linking
  /** What stands over the rows below in merged cells. */
  readonly above: { section: string }
}

function readAction(row: SheetRow, reading: Reading): void {
  const { table, frame, draft, linking, above } = reading
  const { columns } = table
  const title = tidy(plainText(cellOf(row, columns, 'title')))
  if (title === '') {
    const text = row.cells.find((cell) => cell.trim() !== '')?.trim() ?? ''
    draft.attention.push({
      row: row.number,
      message: `Not read: the row has no action. It says: ${text}`,
    })
    return
  }
  const priority = textOf(row, columns, 'workstream')
  // A section without its priority repeated stands under the one above; a new priority ends it.
  const section = textOf(row, columns, 'section')
  if (section !== '' || priority !== '') above.section = section
  const workstream = linking.workstream(priority, row.number)
  const ref = linking.projectRef(workstream, textOf(row, columns, 'ref'))
  const start = readsDay(row, table, 'start', frame, draft)
  const outcomes = linking.outcomes(itemsIn(cellOf(row, columns, 'outcomes')))
  const { state } = readState(row, table, 'state', frame, draft)
  // Rule 4 of the domain: an action marked complete has met its deadlines, by the as-at day at the latest.
  const done = isComplete(state) ? { doneOn: frame.asOf } : {}
  draft.projects.push({
    ref,
    title,
    workstreamRef: workstream,
    row: row.number,
    ...(above.section === '' ? {} : { section: above.section }),
    ...(start ? { start } : {}),
    state: state.key,
    rawState: cellOf(row, columns, 'state'),
    commentary: textOf(row, columns, 'commentary'),
    leads: ownersIn(cellOf(row, columns, 'leads')),
    recommendations: linking.recommendations(numbersIn(cellOf(row, columns, 'recommendations'))),
    outcomes,
    milestones: deadlinesOf(row, title, table, frame).map((one) => ({ ...one, ...done })),
  })
  for (const text of itemsIn(cellOf(row, columns, 'measures'))) {
    linking.measure(text, { row: row.number, project: ref, outcomes })
  }
}

/** One milestone for each date in the cell. "b)" is about the part b) of the action, a date alone about the whole. */
function deadlinesOf(
  row: SheetRow,
  title: string,
  { columns }: Table,
  { asOf }: Frame,
): MilestoneCell[] {
  const column = headingOf(columns, 'deadline')
  const entries = readDeadlines(cellOf(row, columns, 'deadline'), asOf)
  return entries.map((entry) => {
    const about = partLabelled(title, entry.about) ?? (entry.about === '' ? column : entry.about)
    return { ...entry, about, row: row.number, column }
  })
}
