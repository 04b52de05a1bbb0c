import { capitalised } from '../../base/text.ts'
import type { ParsedCommand } from '../../chat/commands.ts'
import { farDays, farDayText, tooFarText } from './far-days.ts'
import { inferencesIn, withFullDays } from './inferences.ts'
import { milestoneOf, projectOf } from './project-names.ts'
import { type LineReading, question, type Reading, type UnderstandingContext } from './reading.ts'

/** What would be saved and was not said in so many words is shown as it was read, and saved by one press. */

/** They change when Milepost writes to one person, and nothing of the plan. */
export const unasked: readonly string[] = ['snooze']

/** The reading itself where it may be done at once. */
export function confirmed(
  said: string,
  reading: LineReading,
  { command, raw }: ParsedCommand,
  { today, vocabulary }: UnderstandingContext,
): Reading {
  if (command.isReadOnly || unasked.includes(command.name)) return reading
  const { name } = command
  const { line } = reading
  const args = textArgs(raw)
  const tooFar = Object.values(args).flatMap((text) => tooFarText(text, today) ?? [])
  if (tooFar.length > 0) {
    return question('day', `${tooFar.join(' ')} Which day is meant? Nothing was saved.`)
  }
  const far = farDays(name, args, { today, vocabulary })
  const inferences = inferencesIn(said, { line, command: name, args: raw }, today)
  if (inferences.length + far.length === 0) return reading
  // The form has to be opened for its day in any case, and shows all that was read.
  if (name === 'update' && args.reason && !args.date) return { kind: 'form', command: name, args }
  const lines = shownLines(name, line, args, { today, vocabulary })
  return { kind: 'confirmation', line, shown: [...lines, ...far.map(farDayText)] }
}

const textArgs = (raw: ParsedCommand['raw']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )

/** What each command's arguments are called, where they are shown one by one; others show their line. */
const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  update: {
    state: 'Status',
    reason: 'Why',
    path: 'Path to Green',
    date: 'Back to Green by',
    audience: 'For',
  },
  'no-change': {},
  done: { milestone: 'Done', link: 'Evidence' },
  move: { milestone: 'Milestone', date: 'New day', reason: 'Why' },
  away: { person: 'Who', first: 'Away from', last: 'to', deputy: 'Deputy' },
}

function shownLines(
  command: string,
  line: string,
  args: Readonly<Record<string, string>>,
  { today, vocabulary }: UnderstandingContext,
): string[] {
  const named = labels[command]
  if (!named) return [withFullDays(line, today)]
  const project = args.project === undefined ? undefined : projectOf(args.project, vocabulary)
  const about =
    args.project === undefined ? [] : [[args.project, project?.title].filter(Boolean).join(' ')]
  const milestone = milestoneOf(project, args.milestone ?? '')
  const said = {
    ...args,
    ...(args.state && { state: capitalised(args.state) }),
    ...(milestone && { milestone: `${milestone.position} ${milestone.text}` }),
  }
  const rows = Object.entries(named).flatMap(([name, label]) => {
    const value: string | undefined = said[name as keyof typeof said]
    return value ? [`${label}: ${withFullDays(value, today)}`] : []
  })
  return [...about, ...(command === 'no-change' ? ['No change'] : rows)]
}
