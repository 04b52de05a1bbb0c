import { z } from 'zod'
import { fullDate } from '../../../base/dates.ts'
import { fieldRefusal } from '../../../base/errors.ts'
import { type CommandContext, defineCommand, type QueryContext } from '../../../chat/commands.ts'
import { type EditField, editForm, planEdits, saveEdits } from '../../../chat/edit-form.ts'
import { parseWith } from '../../../chat/fields.ts'
import { slot } from '../../../chat/grammar.ts'
import { noticeCard } from '../../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingQuestion,
  safeguardingSubjectOf,
} from '../../../domain/checks/safeguarding-guard.ts'
import { formatProject, shortMilestoneText } from '../../../domain/plan/format.ts'
import { milestoneHeading, milestoneText } from '../../../domain/plan/milestone-fields.ts'
import {
  type FoundMilestone,
  findEditableMilestone,
  milestoneArgs,
  moveMilestone,
} from '../../../domain/plan/milestones.ts'
import { approvalReasonFor } from '../../../domain/plan/move-governance.ts'
import { validateMove } from '../../../domain/plan/move-rules.ts'
import { hasCompletion } from '../../../domain/plan/plan.ts'
import { applyMilestoneChange, milestoneColumn, milestoneWords } from '../milestone-commands.ts'
import { requireOffice } from '../office-lookup.ts'
import { formArgs } from './args.ts'
import {
  formatChangeAuthor,
  formatLastRevision,
  type SavedField,
  savedFieldsResult,
} from './saved.ts'

const args = formArgs.extend(milestoneArgs.shape)

const wordsArgs = z.object({ about: milestoneWords })
const columnArgs = z.object({ heading: milestoneColumn })

/** What is written beside a new date; it is nothing that others could have changed. */
const reasonInput: EditField = {
  ...{ id: 'reason', label: 'Why does the date move?', kind: 'long', present: '' },
}

/** The form that changes the words and the date of a milestone. A typed line leads to it. */
export const changeMilestone = defineCommand({
  name: 'change-milestone',
  usages: ['change milestone <project> <milestone>'],
  slots: { project: slot.project, milestone: slot.text },
  examples: ['change milestone 2.1 3'],
  authority: ['change plan'],
  summary:
    'A form that changes the words of a milestone and its date, with the reason. For the programme office.',
  args,
  form: async (context, filled) => {
    const values = parseWith(args, filled.values)
    const { found, fields } = await loadForm(context, values)
    const subject = safeguardingSubjectOf(context, found.foundProject)
    const written = [String(values.about ?? ''), String(values.reason ?? '')]
    return editForm(
      {
        ...{ heading: 'Change a milestone', about: headingOf(found), button: 'Save' },
        ...{ verb: 'change-milestone', data: { milestone: found.milestone.id } },
        question: await safeguardingQuestion(context, subject, written),
      },
      [...fields, ...(hasDate(fields) ? [reasonInput] : [])],
      filled,
    )
  },
  run: async (context, values) => {
    const { found, fields } = await loadForm(context, values)
    if (values.seen === undefined) return formOffer(found)
    const plan = await planEdits(fields, values, (field) => lastChange(context, found, field))
    const saved = await saveEdits(context, plan, (one, { id }, typed) => {
      if (id === 'heading') return saveColumn(one, found, typed)
      return id === 'date'
        ? saveDate(one, found, { date: typed, reason: textOf(values.reason) }, values.fine)
        : saveWords(one, found, typed, values.fine)
    })
    return savedFieldsResult(headingOf(found), saved, plan.remarks)
  },
})

const headingOf = ({ project, milestone }: FoundMilestone) =>
  `${formatProject(project)}, milestone ${milestone.number}`

const hasDate = (fields: readonly EditField[]) => fields.some(({ id }) => id === 'date')

const textOf = (value: string | string[] | undefined) =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined

async function loadForm(
  context: QueryContext,
  named: { readonly project?: string | undefined; readonly milestone: string },
): Promise<{ readonly found: FoundMilestone; readonly fields: EditField[] }> {
  const found = await findEditableMilestone(context, named)
  requireOffice(context, found.foundProject)
  const { about, due, heading } = found.milestone
  const words: EditField = { id: 'about', label: 'What it is about', kind: 'long', present: about }
  const date: EditField = { id: 'date', label: 'Due', kind: 'date', present: due ?? '' }
  const column: EditField = {
    ...{ id: 'heading', label: 'Column of your sheet', kind: 'text', present: heading ?? '' },
    hint: 'March',
  }
  return { found, fields: [words, ...(hasCompletion(found.milestone) ? [] : [date]), column] }
}

function formOffer(found: FoundMilestone) {
  const data = { milestone: found.milestone.id }
  const lines = [headingOf(found), shortMilestoneText(found.milestone)]
  const buttons = [{ title: 'Change…', verb: 'change-milestone:form', data }]
  return { card: noticeCard({ heading: 'Change', lines, buttons }) }
}

async function saveWords(
  context: CommandContext,
  found: FoundMilestone,
  typed: string,
  fine: string | undefined,
): Promise<SavedField> {
  const label = 'Words'
  const { about: text } = parseWith(wordsArgs, { about: typed })
  const change = { field: milestoneText, to: text, reason: undefined, fine }
  const revision = await applyMilestoneChange(context, found, change)
  const line = `Words: ${text}, was: ${shortMilestoneText(found.milestone)}`
  return { label, lines: [line], undo: revision === null ? undefined : { revision } }
}

async function saveColumn(
  context: CommandContext,
  found: FoundMilestone,
  typed: string,
): Promise<SavedField> {
  const { heading = null } = parseWith(columnArgs, { heading: typed })
  const change = { field: milestoneHeading, to: heading, reason: undefined, fine: undefined }
  const revision = await applyMilestoneChange(context, found, change)
  const line = `Column: ${heading ?? 'none'}, was ${found.milestone.heading ?? 'none'}`
  return { label: 'Column', lines: [line], undo: revision === null ? undefined : { revision } }
}

async function saveDate(
  context: CommandContext,
  found: FoundMilestone,
  asked: Parameters<typeof validateMove>[1],
  fine: string | undefined,
): Promise<SavedField> {
  const { milestone, foundProject } = found
  const { to, reason } = validateMove(milestone, asked, context.today)
  const subject = safeguardingSubjectOf(context, foundProject)
  await requireSafeguardingAnswer(context, subject, [reason], fine)
  const waits = await approvalReasonFor(context, found, to)
  if (waits) {
    throw fieldRefusal({
      date: `That move waits for the sponsor, because ${waits}. Ask for it: ${context.prefix} move ${found.project.ref} ${milestone.number} to ${fullDate(to)} because …`,
    })
  }
  const move = await moveMilestone(context, found, to, reason)
  const from = milestone.due ? ` from ${fullDate(milestone.due)}` : ''
  const lines = [`Moved${from} to ${fullDate(to)}`, `Reason: ${reason}`]
  return { label: 'Date', lines, undo: { move } }
}

async function lastChange(
  context: QueryContext,
  { milestone }: FoundMilestone,
  { id }: EditField,
): Promise<string | undefined> {
  if (id !== 'date') {
    const field = id === 'heading' ? milestoneHeading : milestoneText
    return formatLastRevision(context, field, milestone.id)
  }
  const last = milestone.moves.at(-1)
  return last && formatChangeAuthor(context, last)
}
