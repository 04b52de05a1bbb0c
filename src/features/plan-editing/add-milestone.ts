import { z } from 'zod'
import { fullDate, isCivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { listOf, quoted } from '../../base/text.ts'
import { type CommandContext, defineCommand, optionalText } from '../../chat/commands.ts'
import { phrase, slot } from '../../chat/grammar.ts'
import { savedResult, undoButton } from '../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { type DeadlineEntry, parseDeadlines } from '../../domain/deadlines/deadlines.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { type FoundProject, findEditableProject } from '../../domain/plan/lookup.ts'
import { milestoneRemoval } from '../../domain/plan/milestone-fields.ts'
import { addMilestones } from '../../domain/plan/milestone-store.ts'
import { provenanceOf } from '../../domain/plan/milestones.ts'
import { recordAddition } from '../../domain/plan/revise.ts'
import { lockProgramme } from '../../domain/programme/lock.ts'
import { addMilestoneForm } from './forms/add-forms.ts'
import { assertMayAddMilestones, mayAddMilestones } from './lead-milestones.ts'
import { milestoneColumn } from './milestone-commands.ts'
import { answerRequest, requestArgs, requestMilestone } from './milestone-requests.ts'

export const addMilestone = defineCommand({
  name: 'add-milestone',
  usages: ['add milestone <project> [in column <column>] <text> [words are fine because <fine>]'],
  slots: {
    project: slot.project,
    // "March:", "Quarter 2:".
    column: phrase('[^:]+:', 4),
    text: slot.text,
    fine: slot.text,
  },
  examples: [
    'add milestone 2.1 Publish the new standards by 30 Jun 2017',
    'add milestone 2.1 in column March: 10 Mar - Pages written 31 Mar - Standards published',
  ],
  authority: ['change project'],
  summary:
    'Add a milestone to a project; its date is read from the words. “In column March:” takes a cell of your sheet with all its milestones. For the programme office, and for leads where it lets them.',
  args: z.object({
    project: z.string(),
    text: z
      .string()
      .trim()
      .min(1, 'Say what is to be done, and by when.')
      .max(500, 'That is longer than 500 characters.'),
    date: optionalText,
    column: milestoneColumn,
    fine: optionalText,
    ...requestArgs,
  }),
  notifies: 'member',
  form: addMilestoneForm,
  run: async (context, args) => {
    const { today } = context
    const found = await findEditableProject(context, args.project)
    assertMayAddMilestones(context, found)
    const subject = safeguardingSubjectOf(context, found)
    await requireSafeguardingAnswer(context, subject, [args.text], args.fine)
    const programmeId = found.programme.id
    await lockProgramme(context.tx, programmeId)
    const text = withDate(args.text, args.date)
    const { column } = args
    const entries = parseEntries(text, column, today)
    if (mayAddMilestones(context, found) === 'ask') {
      return requestMilestone(context, found, { text, ...(column && { column }) })
    }
    const added = await storeMilestones(context, found, entries, column ?? null)
    const lines = added.map(({ line }) => line)
    const buttons = added.map(({ revision, number }) => ({
      ...undoButton({ revision }),
      ...(added.length > 1 && { title: `Undo: milestone ${number}` }),
    }))
    const note = `${found.ref}: ${lines.join(' ')}`
    const saved = savedResult([formatProject(found), ...lines], note, buttons)
    if (!args.request) return saved
    await answerRequest(context, found, args, [formatProject(found), ...lines])
    return { ...saved, heardIn: { programmeId } }
  },
})

interface AddedMilestone {
  readonly number: number
  readonly revision: string
  /** "Milestone 3 was added: Publish the standards (due Fri 30 Jun 2017)". */
  readonly line: string
}

async function storeMilestones(
  context: CommandContext,
  found: FoundProject,
  entries: readonly DeadlineEntry[],
  heading: string | null,
): Promise<AddedMilestone[]> {
  const { tx, today: addedOn } = context
  const programmeId = found.programme.id
  const said = provenanceOf(context, found)
  const milestones = entries.map((entry) => {
    const { about, raw, precision, recurrence, condition, earliest, due } = entry
    return {
      ...{ projectId: found.id, about, raw, precision, recurrence, condition, earliest, due },
      ...{ heading, baselineDue: due, doneOn: null, addedOn, rating: null },
    }
  })
  const stored = await addMilestones(tx, programmeId, milestones, said, '')
  const added: AddedMilestone[] = []
  for (const [at, { id, number }] of stored.entries()) {
    const details = { programmeId, reason: null, said }
    const values = { from: true, to: false }
    const revision = await recordAddition(tx, milestoneRemoval, id, values, details)
    added.push({ number, revision, line: addedLine(number, entries[at]) })
  }
  return added
}

function addedLine(number: number, entry: DeadlineEntry | undefined): string {
  if (!entry) throw new Error('A milestone was stored that nobody asked for')
  const { about, raw, due, precision } = entry
  const when = due ? `due ${precision === 'day' ? '' : 'by '}${fullDate(due)}` : 'no date yet'
  return `Milestone ${number} was added: ${about || raw} (${when})`
}

/** The words with the day that was picked beside them, as somebody would write it. */
const withDate = (text: string, date: string | undefined) =>
  date && isCivilDate(date) ? `${text} by ${fullDate(date)}` : text

/**
 * All that stands in a cell of a sheet; of a sentence one. @throws Refusal for several milestones in one sentence, or a
 * date that cannot be
 */
function parseEntries(
  text: string,
  column: string | undefined,
  today: CommandContext['today'],
): DeadlineEntry[] {
  const entries = parseDeadlines(text, today)
  if (entries.length === 0) {
    throw new Refusal('Say what is to be done, and by when. Nothing was saved.')
  }
  if (entries.length > 1 && column === undefined) {
    const parts = entries.map(({ raw }) => quoted(raw.trim()))
    throw new Refusal(
      `That reads as ${parts.length} milestones: ${listOf(parts)}. Add them one at a time. Nothing was saved.`,
    )
  }
  const problem = entries.find((entry) => entry.problem)?.problem
  if (problem) throw new Refusal(`${problem} Nothing was saved.`)
  return entries
}
