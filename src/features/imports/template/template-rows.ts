import type { SheetRow } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace } from '../../../base/text.ts'

/** The blank sheet to fill in: an action plan (formats/action-plan.ts) with two rows that show how. */

export const templateColumns = [
  'Ref',
  'Workstream',
  'Action',
  'Owner',
  'Deadline',
  'State',
  'Commentary',
  'KPI',
  'Outcome',
] as const
export type TemplateColumn = (typeof templateColumns)[number]

type TemplateRow = Readonly<Record<TemplateColumn, string>>

/** `state`, `other`: labels of states of the programme. */
export const exampleRows = (state: string, other: string): TemplateRow[] => [
  {
    Ref: '1.1',
    Workstream: '1. Practice',
    Action: 'Example: publish the new practice standards',
    Owner: 'Head of Practice',
    Deadline: '31 March 2027',
    State: state,
    Commentary: '',
    KPI: '90% of teams have had the briefing',
    Outcome: 'Children get help that is equally good in every team',
  },
  {
    Ref: '1.2',
    Workstream: '1. Practice',
    Action: 'Example: train all managers in supervision',
    Owner: 'Head of Practice / HR Manager',
    Deadline: 'a) first course 15 January 2027 b) all trained by end of June 2027',
    State: other,
    Commentary: 'The trainer is not booked yet',
    KPI: '',
    Outcome: '',
  },
]

const exampleActions = exampleRows('', '').map(({ Action }) => Action)

/** Whether a row is one of the examples, as the template has it, or with other cells filled in. */
export function isExampleRow({ cells }: SheetRow): boolean {
  return cells.some((cell) => exampleActions.includes(collapseWhitespace(cell)))
}
