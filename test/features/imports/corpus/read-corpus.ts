import type { CivilDate } from '../../../../src/base/dates.ts'
import { Refusal } from '../../../../src/base/errors.ts'
import { readSheets } from '../../../../src/base/sheets/read-sheet.ts'
import { rag } from '../../../../src/domain/scheme/schemes.ts'
import { chooseSheet } from '../../../../src/features/imports/choose-sheet.ts'
import { type PlanFile, parsePlan } from '../../../../src/features/imports/parse-plan.ts'
import type { SheetAnswers } from '../../../../src/features/imports/settings.ts'
import { type TestCell, workbook } from '../../../base/sheets/workbook-builder.ts'
import { type DateStyle, dateStyles, dayCell } from './date-styles.ts'
import type { Layout } from './layouts.ts'
import { asOf, type SampleTask } from './sample-tasks.ts'

/** The programs that write a file: of text, of a workbook, and how. */
export const writers = {
  'CSV, UTF-8': (rows: TestCell[][]) => Buffer.from(text(rows, ','), 'utf8'),
  'CSV, semicolons': (rows: TestCell[][]) => Buffer.from(`\uFEFF${text(rows, ';')}`, 'utf8'),
  'Unicode text': (rows: TestCell[][]) => Buffer.from(`\uFEFF${text(rows, '\t')}`, 'utf16le'),
  'CSV, pipes': (rows: TestCell[][]) => Buffer.from(text(rows, '|'), 'utf8'),
  'CSV, Windows': (rows: TestCell[][]) =>
    Buffer.from(text(rows, ',').replaceAll('’', '\u0092'), 'latin1'),
  'CSV, Mac': (rows: TestCell[][]) =>
    Buffer.from(text(rows, ',').replaceAll('’', '\u00d5').replaceAll('ë', '\u0091'), 'latin1'),
  workbook: (rows: TestCell[][]) => workbook({ Plan: rows }),
  'workbook with a cover': (rows: TestCell[][]) =>
    workbook(
      {
        Old: [
          ['Ref', 'Action', 'Deadline', 'RAG'],
          ['9', 'Superseded', '01/01/2020', 'R'],
        ],
        Cover: [['Harbour programme'], ['Issued by', 'Kim Ash']],
        Plan: rows,
        Lists: [['RAG'], ['Red'], ['Amber'], ['Green']],
      },
      { hidden: ['Old'] },
    ),
} as const

export type Writer = keyof typeof writers
export const writerNames = Object.keys(writers).filter((name): name is Writer => name in writers)

function text(rows: readonly TestCell[][], separator: string): string {
  const lines = rows.map((cells) =>
    cells
      .map((cell) => String(cell))
      .map((cell) => (/["\n]/.test(cell) || cell.includes(separator) ? `"${cell}"` : cell))
      .join(separator),
  )
  return `${lines.join('\r\n')}\r\n`
}

/** What stands around and between the rows of a table. */
export const frames = {
  nothing: (rows: TestCell[][]) => rows,
  'a title': (rows: TestCell[][]) => [['Harbour programme'], [], ...rows],
  'a block of document control': (rows: TestCell[][]) => [
    ['Title', 'Harbour programme'],
    ['Version', '3.1'],
    ['Issued by', 'Kim Ash'],
    [],
    ...rows,
  ],
  'blank rows between': (rows: TestCell[][]) => rows.flatMap((row) => [row, []]).slice(0, -1),
  'an empty first column': (rows: TestCell[][]) => rows.map((row) => ['', ...row]),
  'a footer': (rows: TestCell[][]) => [...rows, [], ['Printed on 29 November 2026']],
} as const

export type Frame = keyof typeof frames
export const frameNames = Object.keys(frames).filter((name): name is Frame => name in frames)

/** A plan written out by one program in one layout. */
export interface CorpusFile {
  readonly layout: Layout
  readonly writer: Writer
  readonly dates: DateStyle
  /** Left out: nothing. */
  readonly frame?: Frame
  readonly tasks: readonly SampleTask[]
}

export function bytesOf(file: CorpusFile): Uint8Array {
  const { layout, writer, dates, tasks, frame = 'nothing' } = file
  const style = layout.dates ?? dates
  const date = (day: CivilDate): TestCell =>
    writer === 'workbook with a cover' ? dayCell(day) : dateStyles[style](day)
  return writers[writer](frames[frame](layout.rows(tasks, date)))
}

/** What a person is left with: the plan at once, the plan after answers, no plan but a reason, or another plan. */
export type Outcome = 'without help' | 'with answers' | 'refused' | 'wrong'

const most = 3

export const readFile = (file: CorpusFile) => readBytes(bytesOf(file), file)

/** What a file holds, whoever wrote it. */
type FileContents = Pick<CorpusFile, 'dates' | 'tasks'> & {
  readonly layout: Pick<Layout, 'tells' | 'hasNoDates' | 'dates'>
}

export async function readBytes(
  bytes: Uint8Array,
  file: FileContents,
): Promise<{ outcome: Outcome; why: string }> {
  const first = await read(bytes)
  if (first instanceof Refusal) return { outcome: 'refused', why: first.message }
  const questions = first.problems.map(({ message }) => message)
  if (questions.length === 0) {
    const why = differences(first, file).join('; ')
    return { outcome: why === '' ? 'without help' : 'wrong', why }
  }
  const answers = answersTo(questions, file.layout.dates ?? file.dates)
  const second = await read(bytes, answers)
  const why = second instanceof Refusal ? second.message : differences(second, file).join('; ')
  if (second instanceof Refusal) return { outcome: 'refused', why: second.message }
  if (why !== '') return { outcome: 'wrong', why }
  // What is still asked can be accepted as it is, which is one more answer.
  const given = Object.keys(answers.states).length + (answers.dates ? 1 : 0)
  const count = given + (second.problems.length > 0 ? 1 : 0)
  return { outcome: count <= most ? 'with answers' : 'refused', why: questions.join('; ') }
}

async function read(bytes: Uint8Array, answers?: SheetAnswers): Promise<PlanFile | Refusal> {
  try {
    const sheets = await readSheets(bytes, 'plan')
    return parsePlan(chooseSheet(sheets, asOf, {}), asOf, rag, { answers })
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** As a person who knows the plan answers. */
function answersTo(questions: readonly string[], dates: DateStyle): SheetAnswers {
  const words = questions.flatMap((question) => /--state "(.*)=…"/.exec(question)?.[1] ?? [])
  const isOrder = questions.some((question) => question.includes('--dates'))
  return {
    states: Object.fromEntries(words.map((word) => [word, 'not rated'])),
    ...(isOrder ? { dates: dates.startsWith('American') ? 'month first' : 'day first' } : {}),
  }
}

/** What is otherwise in the plan than in the tasks that the file was made of, as far as its layout tells. */
function differences(plan: PlanFile, { layout, tasks }: FileContents): string[] {
  const groups = new Map(plan.workstreams.map(({ ref, title }) => [ref, title]))
  const found = new Map(plan.projects.map((project) => [project.title, project]))
  const extra = plan.projects.length - tasks.length
  return [
    ...(extra === 0 ? [] : [`${extra} projects more`]),
    ...tasks.flatMap(({ title, group, owner, due, state, isDone }) => {
      const project = found.get(title)
      if (!project) return [`${title} is missing`]
      const days = project.milestones.map((one) => one.due)
      const done = project.milestones.some(({ doneOn }) => doneOn !== undefined)
      const { tells, hasNoDates } = layout
      const wanted: [string, unknown, unknown][] = [
        ['due', days.join(), hasNoDates ? '' : due],
        ['owner', project.leads.join(), owner],
        ['group', tells.group && groups.get(project.workstreamRef), tells.group && group],
        ['state', tells.state && project.state, tells.state && state.toLowerCase()],
        ['done', tells.done && done, tells.done && isDone],
      ]
      return wanted.flatMap(([what, is, should]) =>
        is === should ? [] : [`${title}: ${what} is ${is}, not ${should}`],
      )
    }),
  ]
}
