import { addDays, type CivilDate, plainDay, weekdayOf, weekdays } from '../../base/dates.ts'
import { quoted, shorten } from '../../base/text.ts'
import type { HelpLine } from '../../chat/help.ts'

/** The five lines of help that fit who asks: what their roles are there for, with a project of theirs as the example. */

export type HelpRole = 'lead' | 'sponsor' | 'programme_office' | 'viewer'

export interface HelpReader {
  /** In any of their programmes; none for somebody whom no programme knows. */
  readonly roles: ReadonlySet<HelpRole>
  /** One that they lead, or else one that they may read; undefined where there is none. */
  readonly example: ExampleProject | undefined
  readonly today: CivilDate
}

export interface ExampleProject {
  /** As the person would type it. */
  readonly ref: string
  readonly title: string
  /** One that is open. */
  readonly milestone: { readonly position: number; readonly text: string } | undefined
}

export const mostLines = 5
/** A title is named to be recognised. */
const titleLength = 60

/** Somebody with several roles gets the first lines of each in turn. */
export function helpLines(reader: HelpReader): readonly HelpLine[] {
  const { roles } = reader
  if (roles.size === 0) return strangerLines
  const byRole = [
    ...(roles.has('lead') ? [leadLines(reader)] : []),
    ...(roles.has('programme_office') ? [officeLines] : []),
    ...(roles.has('sponsor') ? [readerLines(reader)] : []),
  ]
  const lists = byRole.length > 0 ? byRole : [readerLines(reader)]
  const inTurn = Array.from({ length: mostLines }, (_, at) =>
    lists.flatMap((list) => list[at] ?? []),
  )
  const lines = new Map(inTurn.flat().map((each) => [each.line, each]))
  return [...lines.values()].slice(0, mostLines)
}

const strangerLines: readonly HelpLine[] = [
  { line: 'whoami', summary: 'The name of your account, for your programme office.' },
]

function leadLines({ example, today }: HelpReader): HelpLine[] {
  const monday = nextMonday(today)
  const always: HelpLine[] = [
    { line: 'due', summary: 'What falls due, and what you owe.' },
    {
      line: `away ${plainDay(monday)} to ${plainDay(addDays(monday, 4))}`,
      summary: 'Say when you are on leave; reminders wait until you are back.',
    },
  ]
  if (!example) return always
  const { ref, milestone } = example
  const ofMilestone: HelpLine[] = milestone
    ? [
        {
          line: `done ${ref} ${milestone.position}`,
          summary: `${quoted(milestone.text)} is finished.`,
        },
        {
          line: `move ${ref} ${milestone.position} to ${plainDay(addDays(monday, 28))} because the supplier is late`,
          summary: `${quoted(milestone.text)} gets another day.`,
        },
      ]
    : []
  return [
    { line: `${ref} green`, summary: `Say how ${titleOf(example)} stands.` },
    ...ofMilestone,
    ...always,
  ]
}

const officeLines: readonly HelpLine[] = [
  { line: 'round', summary: 'Who has answered this time, and whom I wait for.' },
  { line: 'digest', summary: 'The digest as it would be posted now.' },
  { line: 'checks', summary: 'What to look at before it is posted.' },
  { line: 'people', summary: 'Projects without a lead, and people without an account.' },
  { line: 'export', summary: 'The plan as a sheet. Change it, and send it to me.' },
]

function readerLines({ example }: HelpReader): HelpLine[] {
  const ofProject: HelpLine[] = example
    ? [
        { line: example.ref, summary: `The page of ${titleOf(example)}.` },
        {
          line: `ask ${example.ref} what has to happen next?`,
          summary: 'Ask whoever leads it; the answer comes to you.',
        },
        { line: `follow ${example.ref}`, summary: 'Hear of each update.' },
      ]
    : []
  return [
    { line: 'status', summary: 'How each workstream stands.' },
    ...ofProject,
    { line: 'due', summary: 'What falls due in the next weeks.' },
  ]
}

const titleOf = ({ title }: ExampleProject) => quoted(shorten(title, titleLength))

function nextMonday(today: CivilDate): CivilDate {
  return addDays(today, 7 - weekdays.indexOf(weekdayOf(today)))
}
