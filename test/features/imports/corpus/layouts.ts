import type { CivilDate } from '../../../../src/base/dates.ts'
import { addDays } from '../../../../src/base/dates.ts'
import type { TestCell } from '../../../base/sheets/workbook-builder.ts'
import type { DateStyle } from './date-styles.ts'
import type { SampleTask } from './sample-tasks.ts'

/** One way in which offices and their tools lay out a plan, written for the tests in the manner of each. */
export interface Layout {
  readonly kind: string
  /** Rows of cells: text, and days where the writer has a cell for them. */
  rows(tasks: readonly SampleTask[], date: (day: CivilDate) => TestCell): TestCell[][]
  /** Which of these the layout tells. */
  readonly tells: { readonly group?: true; readonly state?: true; readonly done?: true }
  readonly hasNoDates?: true
  /** Of tools that always write dates in one way. */
  readonly dates?: DateStyle
}

type RowOf = (task: SampleTask, date: (day: CivilDate) => TestCell, at: number) => TestCell[]

/** Headings, and a row for each task. `above`: what stands before them. */
function table(
  kind: string,
  headings: string,
  row: RowOf,
  tells: Layout['tells'],
  { above = [], ...more }: { above?: TestCell[][] } & Partial<Layout> = {},
): Layout {
  return {
    ...{ kind, tells, ...more },
    rows: (tasks, date) => [
      ...above,
      headings.split('|'),
      ...tasks.map((task, at) => row(task, date, at)),
    ],
  }
}

const numbered = (tasks: readonly SampleTask[], { group }: SampleTask) =>
  [...new Set(tasks.map((task) => task.group))].indexOf(group) + 1
const groupNumber = ({ ref }: SampleTask) => ref.split('.')[0] ?? ''
const all = { group: true, state: true } as const
const status = ({ isDone }: SampleTask) => (isDone ? 'Completed' : 'In progress')
const percent = ({ isDone }: SampleTask) => (isDone ? '100%' : '40%')

const groupRows = (kind: string, headings: string, row: RowOf, tells: Layout['tells']): Layout => ({
  ...{ kind, tells: { ...tells, group: true } },
  rows: (tasks, date) => [
    headings.split('|'),
    ...[...Map.groupBy(tasks, ({ group }) => group)].flatMap(([group, inIt]) => [
      [group],
      ...inIt.map((task, at) => row(task, date, at)),
    ]),
  ],
})

export const layouts: readonly Layout[] = [
  table(
    'action plan',
    'Ref|Priority|Action|Action Owner|Deadline|RAG|Progress',
    (task, date) => [
      ...[task.ref, `${groupNumber(task)}. ${task.group}`, task.title, task.owner],
      ...[date(task.due), task.state, 'As planned'],
    ],
    all,
  ),
  table(
    'action plan, numbered 1 to n',
    'No|Workstream|Action|Owner|Due date|RAG',
    (task, date, at) => [
      ...[String(at + 1), task.group, task.title, task.owner, date(task.due), task.state],
    ],
    all,
  ),
  table(
    'action plan with High and Low',
    'Ref|Workstream|Action|Priority|Owner|Due date|RAG',
    (task, date, at) => [
      ...[task.ref, task.group, task.title, at % 2 ? 'High' : 'Low', task.owner],
      ...[date(task.due), task.state],
    ],
    all,
  ),
  table(
    'milestone table',
    'Service|Lead|Outcome|Project|Milestone|Date|RAG|Measure',
    (task, date) => [
      ...[task.group, task.owner, 'We feel safe', task.title, 'Finished', date(task.due)],
      ...[task.state, 'Visits'],
    ],
    { group: true },
  ),
  table(
    'list of commitments',
    'Theme|Commitment|By when|Lead|RAG',
    (task, date) => [task.group, task.title, date(task.due), task.owner, task.state],
    all,
  ),
  table(
    'Planner',
    'Task ID|Task Name|Bucket Name|Progress|Priority|Assigned To|Created By|Due date|Late|Completed Date|Description',
    (task, date, at) => [
      ...[`t${at}x`, task.title, task.group, status(task), 'Medium', task.owner, 'Kim Ash'],
      ...[date(task.due), 'false', task.isDone ? date(task.due) : '', 'From the board'],
    ],
    { group: true, done: true },
    { above: [['Plan name', 'Harbour'], ['Plan ID', 'x1'], ['']] },
  ),
  table(
    'Jira',
    'Summary|Issue key|Issue Type|Status|Project name|Priority|Assignee|Reporter|Due date',
    (task, date, at) => [
      ...[task.title, `HB-${at + 1}`, 'Task', task.isDone ? 'Done' : 'To Do', task.group],
      ...['High', task.owner, 'Kim Ash', date(task.due)],
    ],
    { group: true, done: true },
    { dates: 'Jira' },
  ),
  table(
    'Asana',
    'Task ID|Created At|Completed At|Name|Section/Column|Assignee|Due Date|Tags|Notes|Projects',
    (task, date, at) => [
      ...[String(12_000 + at), date(addDays(task.due, -90)), task.isDone ? date(task.due) : ''],
      ...[task.title, task.group, task.owner, date(task.due), '', 'See the minutes', 'Harbour'],
    ],
    { group: true, done: true },
    { dates: 'ISO' },
  ),
  {
    kind: 'Monday',
    tells: { group: true, done: true },
    rows: (tasks, date) => [
      ['Harbour board'],
      ...[...Map.groupBy(tasks, ({ group }) => group)].flatMap(([group, inIt]) => [
        [group],
        ['Name', 'Person', 'Status', 'Date', 'Priority'],
        ...inIt.map((task) => [
          ...[task.title, task.owner, task.isDone ? 'Done' : 'Not started', date(task.due), 'Low'],
        ]),
      ]),
    ],
  },
  table(
    'Smartsheet',
    'Task Name|Workstream|Assigned To|Start|Finish|% Complete|Status|Health|Comments',
    (task, date) => [
      ...[task.title, task.group, task.owner, date(addDays(task.due, -10)), date(task.due)],
      ...[percent(task), status(task), task.state, 'On site'],
    ],
    { ...all, done: true },
  ),
  {
    kind: 'MS Project',
    tells: { group: true, done: true },
    rows: (tasks, date) => [
      ['ID', 'WBS', 'Task Name', 'Duration', 'Start', 'Finish', 'Resource Names', '% Complete'],
      ...[...Map.groupBy(tasks, groupNumber)].flatMap(([number, inIt]) => [
        ['', number, inIt[0]?.group ?? '', '', '', '', '', ''],
        ...inIt.map((task, at) => [
          ...[String(at), task.ref, task.title, '10 days', date(addDays(task.due, -10))],
          ...[date(task.due), task.owner, percent(task)],
        ]),
      ]),
    ],
  },
  table(
    'GMPP return',
    'GMPP ID Number|Project Name|Department|Description (aims)|Delivery Confidence Assessment|SRO|Project - Start Date|Project - End Date|Commentary on actions',
    (task, date, at) => [
      ...[`HB_${at + 10}`, task.title, task.group, 'A better harbour', task.state, task.owner],
      ...[date(addDays(task.due, -400)), date(task.due), 'No change'],
    ],
    all,
  ),
  table(
    'milestone tracker',
    'Milestone ID|Workstream|Milestone|Owner|Baseline Date|Forecast Date|Actual Date|RAG|Notes',
    (task, date, at) => [
      ...[`M${at + 1}`, task.group, task.title, task.owner, date(addDays(task.due, -30))],
      ...[date(task.due), task.isDone ? date(task.due) : '', task.state, 'Noted'],
    ],
    { ...all, done: true },
  ),
  table(
    'CQC action tracker',
    'CQC key question|Must do / Should do|Action required|Responsible person|Target date|RAG|Status|Evidence',
    (task, date) => [
      ...[task.group, 'Must do', task.title, task.owner, date(task.due), task.state],
      ...[status(task), 'Photograph'],
    ],
    { ...all, done: true },
  ),
  table(
    'highlight report',
    'Ref|Workstream|Deliverable|Lead|Target completion date|RAG status|Comments',
    (task, date) => [
      ...[task.ref, `${groupNumber(task)}. ${task.group}`, task.title, task.owner],
      ...[date(task.due), task.state, 'Fine'],
    ],
    all,
    {
      above: [
        ['Harbour improvement board'],
        ['Document control', 'Version', '1.2'],
        ['Author', 'Kim Ash'],
        [''],
      ],
    },
  ),
  groupRows(
    'sections as rows',
    'Action|Responsible officer|Target date|RAG rating',
    (task, date) => [task.title, task.owner, date(task.due), task.state],
    { state: true },
  ),
  table(
    'task list without dates',
    'Task|Workstream|Owner|Notes',
    (task) => [task.title, task.group, task.owner, 'Soon'],
    { group: true },
    { hasNoDates: true },
  ),
  table(
    'board action log',
    'Action no|Action|Theme|Owner|Due|Status|RAG|Update',
    (task, date, at) => [
      ...[`A${at + 1}`, task.title, task.group, task.owner, date(task.due), status(task)],
      ...[task.state, 'Minuted'],
    ],
    { ...all, done: true },
  ),
  table(
    'deliverables with revised dates',
    'Ref|Theme|Deliverable|Accountable|Original date|Revised date|BRAG',
    (task, date) => [
      ...[task.ref, task.group, task.title, task.owner, date(addDays(task.due, -60))],
      ...[date(task.due), task.state],
    ],
    all,
  ),
  {
    kind: 'workstream, project and milestone',
    tells: all,
    rows: (tasks, date) => [
      ['Workstream', 'Project', 'Milestone', 'Project manager', 'Due date', 'RAG'],
      // Merged over the rows below: the workstream stands once.
      ...tasks.map(({ group, title, owner, due, state }, at) => [
        ...[tasks[at - 1]?.group === group ? '' : group, title, 'Signed off', owner],
        ...[date(due), state],
      ]),
    ],
  },
  {
    kind: 'two rows of headings',
    tells: all,
    rows: (tasks, date) => [
      ['Plan', '', '', 'Delivery', '', ''],
      ['Ref', 'Workstream', 'Action', 'Owner', 'Due date', 'RAG'],
      ...tasks.map((task) => [
        ...[task.ref, `${numbered(tasks, task)}. ${task.group}`, task.title, task.owner],
        ...[date(task.due), task.state],
      ]),
      ['', '', 'Total', String(tasks.length), '', ''],
    ],
  },
]
