import {
  type FormSheet,
  formWorkbook,
  type OfferedList,
} from '../../../base/sheets/write-form-xlsx.ts'
import { planOrder } from '../../../domain/plan/plan-order.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { schemeOf } from '../../../domain/scheme/schemes.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { exampleRows, type TemplateColumn, templateColumns } from './template-rows.ts'

/** What the template offers in its lists. */
export interface TemplateLists {
  /** Labels of the programme's states, worst first. */
  readonly states: readonly string[]
  /** As the sheet names them: "1. Practice". */
  readonly workstreams: readonly string[]
  readonly people: readonly string[]
  /** What the column of the states is called. */
  readonly stateHeading: string
}

/** A blank sheet for a programme: its states, workstreams and people are offered as lists. */
export async function buildTemplate(tx: ReadTx, programme: Programme): Promise<Uint8Array> {
  const { id: programmeId, settings } = programme
  const scheme = schemeOf(settings)
  const workstreams = await tx.workstream.findMany({
    where: { programmeId, isRemoved: false },
    orderBy: planOrder,
    select: { ref: true, title: true },
  })
  const people = await tx.person.findMany({
    where: { memberships: { some: { programmeId } }, forgottenAt: null },
    orderBy: { name: 'asc' },
    select: { name: true },
  })
  return formWorkbook(
    templateSheets({
      states: scheme.states.map(({ label }) => label),
      workstreams: workstreams.map(({ ref, title }) => `${ref}. ${title}`),
      people: people.map(({ name }) => name),
      stateHeading:
        scheme.key === 'rag' || scheme.key === 'brag' ? scheme.key.toUpperCase() : 'Status',
    }),
  )
}

const listsName = 'Lists'
const widths: Readonly<Record<TemplateColumn, number>> = {
  ...{ Ref: 8, Workstream: 24, Action: 48, Owner: 26, Deadline: 30, State: 14 },
  ...{ Commentary: 40, KPI: 36, Outcome: 40 },
}

/** The plan to fill in, how to do it, and the lists that its cells offer. */
export function templateSheets(lists: TemplateLists): FormSheet[] {
  const { states, workstreams, people, stateHeading } = lists
  const headings = templateColumns.map((column) => (column === 'State' ? stateHeading : column))
  const best = states.at(-1) ?? ''
  const examples = exampleRows(best, states[1] ?? best)
  const offered = [states, workstreams, people]
  const longest = Math.max(...offered.map(({ length }) => length))
  return [
    {
      name: 'Plan',
      rows: [headings, ...examples.map((row) => templateColumns.map((column) => row[column]))],
      widths: templateColumns.map((column) => widths[column]),
      hasHeadings: true,
      lists: listsOf(lists),
    },
    {
      name: 'How to fill it in',
      rows: instructions(stateHeading).map((line) => [line]),
      widths: [110],
    },
    {
      name: listsName,
      rows: Array.from({ length: longest }, (_, at) => offered.map((list) => list[at] ?? '')),
      widths: [24, 40, 30],
    },
  ]
}

function listsOf({ states, workstreams, people }: TemplateLists): OfferedList[] {
  const list = (
    of: TemplateColumn,
    column: number,
    { length: count }: readonly string[],
    isStrict: boolean,
    prompt: string,
  ): OfferedList => ({
    column: templateColumns.indexOf(of),
    from: { sheet: listsName, column, count },
    ...{ isStrict, prompt },
  })
  return [
    list('State', 0, states, true, 'Choose a state, or leave it empty: not rated.'),
    list('Workstream', 1, workstreams, false, 'Choose a workstream, or type a new one: 3. Housing'),
    list(
      'Owner',
      2,
      people,
      false,
      'Choose a person, or type a name or post. Separate several with /',
    ),
  ]
}

const instructions = (stateHeading: string): string[] => [
  'How to fill in the sheet "Plan"',
  'One row for each action. Delete the two rows that begin with "Example:"; they are left out in any case.',
  'Ref: a number such as 1.1, which people type in chat. Leave it empty and Milepost gives one.',
  'Workstream: its number and title, such as 1. Practice. An empty cell means the one above.',
  'Action: what is to be done, in a sentence. It needs this and a deadline column.',
  'Owner: a name or a post. Several are separated by / as in Head of Practice / HR Manager.',
  'Deadline: a day such as 31 March 2027, a month, or TBC. Several in one cell: a) 15 January 2027 b) 30 June 2027.',
  `${stateHeading}: choose from the list. Empty means not rated, which never counts as good.`,
  'Commentary: why it is not on track, and what is done about it. Name no child and describe no case.',
  'KPI and Outcome: what is measured and what children will notice; leave them empty if you have none.',
  'When it is filled in, save it and drop it into your direct message with Milepost. Nothing is saved before you press Import.',
]
