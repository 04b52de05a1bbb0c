import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, quoted, shorten } from '../../../base/text.ts'
import { lastStageDay } from '../../../domain/measures/staged-target.ts'
import { noteUnreadRow, parseState } from '../cell-parsers.ts'
import { parseDeadlineCell } from '../deadline-cells.ts'
import type { MilestoneCell } from '../parsed-plan.ts'
import { DraftLinker, type RowContext } from './draft-linker.ts'
import { saysImportance } from './importance.ts'
import { doneEntry, doneWithoutDates } from './milestone-dates.ts'
import { sharedHeadings } from './shared-headings.ts'
import { cellOf, filledIn, headingOf, type SheetFormat, textOf } from './sheet-format.ts'
import {
  partByLabel,
  saysTotal,
  splitItems,
  splitMeasures,
  splitNumbers,
  splitOwners,
  splitSemicolons,
  stripHtml,
} from './split-cells.ts'
import { withoutFooter } from './table-footer.ts'
import { parseTargetCells } from './target-cells.ts'

/** SOM's action plan: a row for each action with its priority and section; a cell may hold several items. */
export const actionPlan: SheetFormat = {
  key: 'action-plan',
  description: 'an action plan',
  columns: {
    ref: {
      heading: 'Ref',
      aliases: [...sharedHeadings.ref, 'ref no', 'no', 'number'],
      need: 'may',
    },
    workstream: {
      heading: 'Priority',
      aliases: ['priority', ...sharedHeadings.area, 'priority area', 'objective'],
      need: 'usual',
    },
    section: { heading: 'Section', aliases: ['section', 'sub-section', 'subsection'], need: 'may' },
    recommendations: {
      heading: 'Recommendation',
      aliases: [],
      // "Ofsted 2017 Recommendation number".
      matches: (text) =>
        /^(?:[a-z]+ )?(?:\d{4} )?recommendations?(?: numbers?| no)?\.?$/.test(text),
      need: 'may',
    },
    title: {
      heading: 'Action',
      aliases: ['action', 'actions', 'action required', 'task'],
      need: 'must',
    },
    leads: {
      heading: 'Action Owner',
      aliases: [
        ...['action owner', 'action owners', 'responsible', 'responsible officer', 'by whom'],
        ...sharedHeadings.owners,
        ...sharedHeadings.leads,
      ],
      need: 'should',
    },
    deadline: {
      heading: 'Deadline for Completion',
      aliases: [
        ...['deadline for completion', 'deadlines', 'target date', 'completion date'],
        ...['timescale', 'timescales'],
        ...sharedHeadings.deadline,
      ],
      isDate: true,
      need: 'must',
    },
    state: {
      heading: 'BRAG rating',
      aliases: [...sharedHeadings.state, 'rag status', 'progress rag'],
      need: 'usual',
    },
    commentary: {
      heading: 'Commentary',
      aliases: [...sharedHeadings.commentary, 'progress', 'update', 'progress update'],
      need: 'may',
    },
    measures: {
      heading: 'Key Performance Indicators',
      aliases: [
        ...['key performance indicators', 'key performance indicator', 'measures of success'],
        ...['success measures', ...sharedHeadings.measures],
      ],
      need: 'may',
    },
    target: {
      heading: 'Target',
      aliases: ['target', 'targets', 'kpi target', 'target value', 'success target'],
      need: 'may',
    },
    outcomes: { heading: 'Outcome', aliases: [...sharedHeadings.outcomes, 'impact'], need: 'may' },
  },
  parse(tables, frame, draft) {
    const linking = new DraftLinker(draft, tables)
    for (const whole of tables) {
      const table = whole.columns.has('workstream') ? whole : withoutFooter(whole, draft)
      draft.generatedRefs.projects ||= !table.columns.has('ref')
      const above = { section: '' }
      const isImportance = saysImportance(table, 'workstream')
      for (const row of table.rows) {
        parseAction(row, { table, frame, draft, linking, above, isImportance })
      }
    }
  },
}

interface ActionRowContext extends RowContext {
  /** Values of merged cells that apply to the rows below. */
  readonly above: { section: string }
  /** Priority is High or Low there: a tag, and no workstream. */
  readonly isImportance: boolean
}

function parseAction(row: SheetRow, context: ActionRowContext): void {
  const { table, frame, draft, linking, above, isImportance } = context
  const { columns } = table
  const title = collapseWhitespace(stripHtml(cellOf(row, columns, 'title')))
  const [text = '', ...others] = filledIn(row.cells)
  if (saysTotal(title || text)) {
    noteUnreadRow(row, 'the row is a total', draft)
    return
  }
  if (text !== '' && others.length === 0 && !columns.has('workstream') && columns.size > 2) {
    // A line of its own, in whichever column, names the part of the plan that the rows below belong to.
    linking.findOrAddWorkstream(text, row.number)
    return
  }
  if (title === '') {
    noteUnreadRow(row, 'the row has no action', draft)
    return
  }
  const named = textOf(row, columns, 'workstream')
  const priority = isImportance ? '' : named
  // A section in a row without a priority belongs to the priority above; a new priority ends the section.
  const section = textOf(row, columns, 'section')
  if (section !== '' || priority !== '') above.section = section
  const workstream = linking.findOrAddWorkstream(priority, row.number)
  const ref = linking.assignProjectRef(workstream, textOf(row, columns, 'ref'))
  const outcomes = linking.findOrAddOutcomes(splitItems(cellOf(row, columns, 'outcomes')))
  const { state, isDone } = parseState(row, table, 'state', frame, draft)
  draft.projects.push({
    ref,
    title,
    workstreamRef: workstream,
    row: row.number,
    ...(above.section === '' ? {} : { section: above.section }),
    state: state.key,
    rawState: cellOf(row, columns, 'state'),
    commentary: textOf(row, columns, 'commentary'),
    ...(isImportance && named !== '' ? { tags: [`Priority ${named}`] } : {}),
    leads: splitOwners(cellOf(row, columns, 'leads')),
    recommendations: linking.findOrAddRecommendations(
      splitNumbers(cellOf(row, columns, 'recommendations')),
    ),
    outcomes,
    milestones: doneWithoutDates(
      deadlinesOf(row, title, context).map((one) => doneEntry(one, isDone, frame, draft)),
      ...([
        isDone,
        { row: row.number, column: headingOf(columns, 'state') },
        frame,
        draft,
      ] as const),
    ),
  })
  const titles = splitMeasures(cellOf(row, columns, 'measures'))
  const withTargets = rowsByTarget(row, titles.length, context)
  for (const [at, text] of titles.entries()) {
    const withTarget = withTargets[at]
    const target = withTarget && parseTargetCells(withTarget, context)
    linking.linkMeasure(text, { row: row.number, project: ref, outcomes, ...target })
  }
}

/** The row once for each of its KPIs, with the target of that one alone. Each of several has its own, or none has. */
function rowsByTarget(
  row: SheetRow,
  many: number,
  { table, frame, draft }: RowContext,
): readonly SheetRow[] {
  const cell = table.columns.get('target')?.[0]
  const text = cell ? (row.cells[cell.index] ?? '').trim() : ''
  if (many === 0 || !cell || text === '') return []
  // "80% by June; 90% by December" beside two measures may be the stages of one.
  const isOpen = many > 1 && lastStageDay(text, frame.asOf) !== undefined
  const each = many === 1 || isOpen ? [text] : splitItems(text).flatMap(splitSemicolons)
  if (each.length === many) {
    return each.map((target) => {
      const cells = row.cells.map((one, index) => (index === cell.index ? target : one))
      return { ...row, cells }
    })
  }
  const message = `${quoted(shorten(text, 60))} is no target for each of the row's ${many} measures. Give each measure a row of its own, or accept that they have none.`
  draft.problems.push({ row: row.number, column: cell.heading, message })
  return []
}

/** One milestone for each date in the cell. "b)" refers to part b) of the action, a date alone to the whole action. */
function deadlinesOf(
  row: SheetRow,
  title: string,
  { table: { columns }, frame, draft }: RowContext,
): MilestoneCell[] {
  const column = headingOf(columns, 'deadline')
  const entries = parseDeadlineCell(row, columns.get('deadline')?.[0], frame, draft)
  return entries.map((entry) => {
    const about = partByLabel(title, entry.about) ?? (entry.about === '' ? column : entry.about)
    return { ...entry, about, row: row.number, column }
  })
}
