import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, fold } from '../../../base/text.ts'
import { type DeadlineEntry, parseDeadlines } from '../../../domain/deadlines/deadlines.ts'
import { noteUnreadRow, parseState } from '../cell-parsers.ts'
import { parseDeadlineCell } from '../deadline-cells.ts'
import type { MilestoneCell, ProjectRow } from '../parsed-plan.ts'
import { parseRating } from '../rating-parser.ts'
import { DraftLinker, type RowContext } from './draft-linker.ts'
import { sharedHeadings } from './shared-headings.ts'
import {
  cellOf,
  type Draft,
  headingOf,
  newDraft,
  type ParseContext,
  type SheetFormat,
  textOf,
} from './sheet-format.ts'
import {
  splitItems,
  splitMeasures,
  splitOwners,
  splitParagraphs,
  stripHtml,
} from './split-cells.ts'

/**
 * W20's level-2 table: child outcome, project, milestones with their dates and RAG, measure. A project may fill several
 * rows; cells merged over them are empty in all but the first.
 */
export const milestoneTable: SheetFormat = {
  key: 'milestone-table',
  description: 'a milestone table',
  ratesMilestones: true,
  columns: {
    workstream: {
      heading: 'Service',
      aliases: ['service', 'service area', 'priority', ...sharedHeadings.area],
      need: 'may',
    },
    leads: {
      heading: 'Lead',
      aliases: [...sharedHeadings.leads, 'service lead', 'owner', 'project lead'],
      need: 'may',
    },
    outcomes: {
      heading: 'Child Outcome',
      aliases: ['child outcome', 'child outcomes', "child's outcome", ...sharedHeadings.outcomes],
      need: 'usual',
    },
    ref: { heading: 'Ref', aliases: sharedHeadings.ref, need: 'may' },
    title: { heading: 'Project', aliases: ['project', 'projects'], need: 'must' },
    milestone: {
      heading: 'Milestone',
      aliases: ['milestone', 'milestones'],
      matches: (text) => /^milestones? ?\((?:b?rag)\)/.test(text),
      isDate: true,
      need: 'must',
    },
    date: {
      heading: 'Date',
      aliases: ['date', ...sharedHeadings.deadline],
      isDate: true,
      need: 'may',
    },
    state: {
      heading: 'RAG',
      aliases: [...sharedHeadings.state, 'milestone rag', 'milestone status'],
      need: 'may',
    },
    measures: {
      heading: 'Measure',
      aliases: sharedHeadings.measures,
      need: 'usual',
    },
  },
  parse(tables, frame, draft) {
    const linking = new DraftLinker(draft, tables)
    draft.generatedRefs.projects = true
    for (const table of tables) {
      if (table.columns.has('ref')) draft.generatedRefs.projects = false
      const context = { table, frame, draft, linking }
      let above: CurrentProject | undefined
      for (const row of table.rows) above = parseRow(row, context, above)
    }
  },
}

/** The project that the rows below belong to while their cells are empty. */
interface CurrentProject {
  readonly ref: string
  readonly outcomes: readonly string[]
}

function parseRow(
  row: SheetRow,
  context: RowContext,
  above: CurrentProject | undefined,
): CurrentProject | undefined {
  const { table, draft, linking } = context
  const { columns } = table
  const title = collapseWhitespace(stripHtml(cellOf(row, columns, 'title')))
  const named = splitItems(cellOf(row, columns, 'outcomes'))
  const milestones = milestonesOf(row, context)
  if (title === '' && above === undefined) {
    noteUnreadRow(row, 'the row belongs to no project', draft)
    return undefined
  }
  const workstream = linking.findOrAddWorkstream(textOf(row, columns, 'workstream'), row.number)
  const outcomes = named.length > 0 ? linking.findOrAddOutcomes(named) : (above?.outcomes ?? [])
  const known = title === '' ? above?.ref : findDraftProject(draft, workstream, title)?.ref
  const ref = known ?? linking.assignProjectRef(workstream, textOf(row, columns, 'ref'))
  const leads = splitOwners(cellOf(row, columns, 'leads'))
  const at = draft.projects.findIndex((project) => project.ref === ref)
  const before = draft.projects[at] ?? newProject(ref, title, workstream, row.number)
  const project: ProjectRow = {
    ...before,
    leads: [...new Set([...before.leads, ...leads])],
    outcomes: [...new Set([...before.outcomes, ...outcomes])],
    milestones: [...before.milestones, ...milestones],
  }
  if (at === -1) draft.projects.push(project)
  else draft.projects[at] = project
  for (const text of splitMeasures(cellOf(row, columns, 'measures'))) {
    linking.linkMeasure(text, { row: row.number, project: ref, outcomes })
  }
  return { ref, outcomes }
}

function findDraftProject(
  { projects }: Draft,
  workstream: string,
  title: string,
): ProjectRow | undefined {
  return projects.find((one) => one.workstreamRef === workstream && fold(one.title) === fold(title))
}

function newProject(ref: string, title: string, workstreamRef: string, row: number): ProjectRow {
  return {
    ...{ ref, title, workstreamRef, row, state: 'blank', rawState: '', commentary: '' },
    ...{ leads: [], recommendations: [], outcomes: [], milestones: [] },
  }
}

/** Each line or paragraph is read separately: in these tables it ends with its date. */
function milestonesOf(row: SheetRow, context: RowContext): MilestoneCell[] {
  const { table, frame, draft } = context
  const { columns } = table
  const column = headingOf(columns, 'milestone')
  const date = textOf(row, columns, 'date')
  const order = frame.dates.orderAt(columns.get('milestone')?.[0]?.index ?? 0)
  const ofRow = columns.has('state') ? parseState(row, table, 'state', frame, draft) : undefined
  const paragraphs = splitParagraphs(cellOf(row, columns, 'milestone'))
  return paragraphs.flatMap((paragraph) => {
    const { text, said } = splitStateMark(paragraph, frame)
    const entries =
      date === ''
        ? parseDeadlines(text, frame.asOf, order)
        : entriesOfDate(row, text, paragraphs, context)
    const rating = said === '' ? ofRow : parseRating(said, frame.scheme, frame.stateWords)
    const rawState = said === '' ? textOf(row, columns, 'state') : said
    return entries.map((entry): MilestoneCell => {
      const state = rating ? { state: rating.state.key, rawState } : {}
      // Rule 4: marked complete is complete, by the as-at day at the latest.
      const done = rating?.isDone ? ({ doneOn: frame.asOf, isDoneDayUnknown: true } as const) : {}
      const about = entry.about || collapseWhitespace(text)
      return { ...entry, about, row: row.number, column, ...state, ...done }
    })
  })
}

/** With a column for its date, the text of a milestone stays whole. */
function entriesOfDate(
  row: SheetRow,
  text: string,
  paragraphs: readonly string[],
  { table, frame, draft }: RowContext,
): DeadlineEntry[] {
  const [column] = table.columns.get('date') ?? []
  // Noted once, whatever the number of milestones in the row.
  const notes = text === paragraphs[0] ? draft : newDraft()
  return parseDeadlineCell(row, column, frame, notes).map((entry) => ({
    ...entry,
    raw: `${text} - ${entry.raw}`,
    about: [collapseWhitespace(text), entry.about].filter((part) => part !== '').join(' '),
  }))
}

/** Splits off "(G)", "[Amber]" or a coloured mark before or after the text, which gives its state. */
function splitStateMark(
  paragraph: string,
  { scheme }: ParseContext,
): { text: string; said: string } {
  const forms = [
    /^\s*[([](?<said>[^()[\]]{1,60})[)\]]\s*[-–:]?\s*(?<text>.+)$/s,
    /^(?<text>.*\S|\s)\s*[([](?<said>[^()[\]]{1,60})[)\]][\s.]*$/s,
    /^\s*(?<said>\p{Extended_Pictographic}\uFE0F?)\s*(?<text>.+)$/su,
  ]
  for (const form of forms) {
    const { said = '', text = '' } = form.exec(paragraph)?.groups ?? {}
    if (said !== '' && parseRating(said, scheme).certainty === 'plain') return { text, said }
    if (
      /^\p{Extended_Pictographic}/u.test(said) &&
      parseRating(said, scheme).certainty !== 'unknown'
    ) {
      return { text, said }
    }
  }
  return { text: paragraph, said: '' }
}
