import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { fold } from '../../../base/text.ts'
import { readDeadlines } from '../../../domain/deadlines/deadlines.ts'
import { isComplete } from '../../../domain/scheme/schemes.ts'
import { readState } from '../cell-parsers.ts'
import type { MilestoneCell, ProjectRow } from '../parsed-plan.ts'
import { readRating } from '../rating-parser.ts'
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
import { itemsIn, ownersIn, paragraphsIn, plainText, tidy } from './split-cells.ts'

/**
 * W20's level-2 table: child outcome, project, milestones with their dates and RAG, measure. A project may fill several
 * rows; cells merged over them are empty in all but the first.
 */
export const milestoneTable: Shape = {
  key: 'milestone-table',
  what: 'a milestone table',
  columns: {
    workstream: {
      heading: 'Service',
      names: ['service', 'service area', 'workstream', 'area', 'priority'],
      need: 'may',
    },
    leads: {
      heading: 'Lead',
      names: ['lead', 'leads', 'service lead', 'owner', 'project lead'],
      need: 'may',
    },
    outcomes: {
      heading: 'Child Outcome',
      names: ['child outcome', 'child outcomes', "child's outcome", 'outcome', 'outcomes'],
      need: 'should',
    },
    ref: { heading: 'Ref', names: ['ref', 'reference'], need: 'may' },
    title: { heading: 'Project', names: ['project', 'projects'], need: 'must' },
    milestone: {
      heading: 'Milestone',
      names: ['milestone', 'milestones'],
      matches: (text) => /^milestones? ?\((?:b?rag)\)/.test(text),
      need: 'must',
    },
    date: {
      heading: 'Date',
      names: ['date', 'due', 'due date', 'deadline', 'by when'],
      need: 'may',
    },
    state: {
      heading: 'RAG',
      names: [
        'rag',
        'brag',
        'rag rating',
        'brag rating',
        'status',
        'milestone rag',
        'milestone status',
      ],
      need: 'may',
    },
    measures: { heading: 'Measure', names: ['measure', 'measures', 'kpi', 'kpis'], need: 'should' },
  },
  read(tables, frame, draft) {
    const linking = new Linking(draft)
    draft.numbered.projects = true
    for (const table of tables) {
      if (table.columns.has('ref')) draft.numbered.projects = false
      const reading = { table, frame, draft, linking }
      let above: Above | undefined
      for (const row of table.rows) above = readRow(row, reading, above)
    }
  },
}

interface Reading {
  readonly table: Table
  readonly frame: Frame
  readonly draft: Draft
  readonly linking: Linking
}

/** The project that the rows below belong to while their cells are empty. */
interface Above {
  readonly ref: string
  readonly outcomes: readonly string[]
}

function readRow(row: SheetRow, reading: Reading, above: Above | undefined): Above | undefined {
  const { table, draft, linking } = reading
  const { columns } = table
  const title = tidy(plainText(cellOf(row, columns, 'title')))
  const said = itemsIn(cellOf(row, columns, 'outcomes'))
  const milestones = milestonesOf(row, reading)
  if (title === '' && above === undefined) {
    const text = row.cells.find((cell) => cell.trim() !== '')?.trim() ?? ''
    draft.attention.push({
      row: row.number,
      message: `Not read: the row belongs to no project. It says: ${text}`,
    })
    return undefined
  }
  const workstream = linking.workstream(textOf(row, columns, 'workstream'), row.number)
  const outcomes =
    said.length > 0
      ? linking.outcomes(said)
      : title === ''
        ? (above?.outcomes ?? [])
        : (above?.outcomes ?? [])
  const known = title === '' ? above?.ref : projectOf(draft, workstream, title)?.ref
  const ref = known ?? linking.projectRef(workstream, textOf(row, columns, 'ref'))
  const leads = ownersIn(cellOf(row, columns, 'leads'))
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
  for (const text of itemsIn(cellOf(row, columns, 'measures'))) {
    linking.measure(text, { row: row.number, project: ref, outcomes })
  }
  return { ref, outcomes }
}

function projectOf({ projects }: Draft, workstream: string, title: string): ProjectRow | undefined {
  return projects.find((one) => one.workstreamRef === workstream && fold(one.title) === fold(title))
}

function newProject(ref: string, title: string, workstreamRef: string, row: number): ProjectRow {
  return {
    ...{ ref, title, workstreamRef, row, state: 'blank', rawState: '', commentary: '' },
    ...{ leads: [], recommendations: [], outcomes: [], milestones: [] },
  }
}

/** Each line or paragraph is read on its own: in these tables the date stands at its end. */
function milestonesOf(row: SheetRow, { table, frame, draft }: Reading): MilestoneCell[] {
  const { columns } = table
  const column = headingOf(columns, 'milestone')
  const date = textOf(row, columns, 'date')
  const ofRow = columns.has('state') ? readState(row, table, 'state', frame, draft) : undefined
  const paragraphs = paragraphsIn(cellOf(row, columns, 'milestone'))
  return paragraphs.flatMap((paragraph) => {
    const { text, said } = markedState(paragraph, frame)
    const entries = readDeadlines(date === '' ? text : `${text} - ${date}`, frame.asOf)
    const rating = said === '' ? ofRow : readRating(said, frame.scheme)
    const rawState = said === '' ? textOf(row, columns, 'state') : said
    return entries.map((entry): MilestoneCell => {
      const state = rating ? { state: rating.state.key, rawState } : {}
      // Rule 4: marked complete is complete, by the as-at day at the latest.
      const done = rating && isComplete(rating.state) ? { doneOn: frame.asOf } : {}
      const about = entry.about || tidy(text)
      return { ...entry, about, row: row.number, column, ...state, ...done }
    })
  })
}

/** "(G)", "[Amber]" or a coloured mark before or behind the text says its state; the words stay as they are otherwise. */
function markedState(paragraph: string, { scheme }: Frame): { text: string; said: string } {
  const forms = [
    /^\s*[([](?<said>[^()[\]]{1,60})[)\]]\s*[-–:]?\s*(?<text>.+)$/s,
    /^(?<text>.+?)\s*[([](?<said>[^()[\]]{1,60})[)\]][\s.]*$/s,
    /^\s*(?<said>\p{Extended_Pictographic}\uFE0F?)\s*(?<text>.+)$/su,
  ]
  for (const form of forms) {
    const { said = '', text = '' } = form.exec(paragraph)?.groups ?? {}
    if (said !== '' && readRating(said, scheme).certainty === 'plain') return { text, said }
    if (
      /^\p{Extended_Pictographic}/u.test(said) &&
      readRating(said, scheme).certainty !== 'unknown'
    ) {
      return { text, said }
    }
  }
  return { text: paragraph, said: '' }
}
