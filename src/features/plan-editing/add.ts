import { z } from 'zod'
import { fullDate, isCivilDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { listOf, quoted } from '../../base/text.ts'
import { type CommandContext, defineCommand, optionalText } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import {
  requireSafeguardingAnswer,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { parseDeadlines } from '../../domain/deadlines/deadlines.ts'
import { grantRole } from '../../domain/people/members.ts'
import { projectLeads, projectLife, workstreamRemoval } from '../../domain/plan/fields.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { findEditableProject, findProgrammeTo } from '../../domain/plan/lookup.ts'
import { milestoneRemoval } from '../../domain/plan/milestone-fields.ts'
import { addMilestones } from '../../domain/plan/milestone-store.ts'
import { provenanceOf } from '../../domain/plan/milestones.ts'
import { addProjects, addWorkstreams } from '../../domain/plan/plan-store.ts'
import {
  assertFreeProjectRef,
  assertFreeWorkstreamRef,
  nextProjectRef,
  nextWorkstreamRef,
} from '../../domain/plan/refs.ts'
import { type RevisionDetails, recordAddition } from '../../domain/plan/revise.ts'
import type { FoundWorkstream } from '../../domain/plan/workstream-lookup.ts'
import { lockProgramme } from '../../domain/programme/lock.ts'
import { addMilestoneForm, addProjectForm, addWorkstreamForm } from './forms/add-forms.ts'
import { assertMayAddMilestones, mayAddMilestones } from './lead-milestones.ts'
import { findMembers, formatMembers } from './members.ts'
import { answerRequest, requestArgs, requestMilestone } from './milestone-requests.ts'
import { findWorkstreamForOffice, officeProvenance } from './office-lookup.ts'
import { revisedResult } from './revised-result.ts'

const title = z
  .string()
  .trim()
  .min(1, 'Say what it is called.')
  .max(300, 'A title has at most 300 characters.')

/** Names as typed, or the ids that were chosen in a form. */
const leadsArg = z
  .union([optionalText, z.array(z.string()).transform((ids) => ids.join(', ') || undefined)])
  .optional()

export const addWorkstream = defineCommand({
  name: 'add-workstream',
  usages: ['add workstream <title> [as <number>] [for <programme>]'],
  slots: { title: slot.text, number: slot.word, programme: slot.word },
  examples: ['add workstream Early help', 'add workstream Early help as 7 for W17'],
  authority: ['change plan'],
  summary: 'Add a workstream at the end of the plan. For the programme office.',
  args: z.object({ title, number: optionalText, programme: optionalText }),
  form: addWorkstreamForm,
  run: async (context, args) => {
    const { tx, today } = context
    const { id: programmeId } = await findProgrammeTo(context, 'run programme', args.programme)
    await lockProgramme(tx, programmeId)
    const rows = await tx.workstream.findMany({ where: { programmeId } })
    const ref = args.number
      ? await assertFreeWorkstreamRef(tx, programmeId, args.number)
      : nextWorkstreamRef(rows.map((row) => row.ref))
    const workstream = { ref, title: args.title, position: nextPosition(rows) }
    const [id = ''] = await addWorkstreams(tx, programmeId, [workstream], today)
    const details = { programmeId, reason: null, said: officeProvenance(context) }
    const values = { from: true, to: false }
    const revision = await recordAddition(tx, workstreamRemoval, id, values, details)
    return revisedResult(revision, [`Workstream ${ref} ${args.title} was added.`])
  },
})

const nextPosition = (rows: readonly { readonly position: number }[]) =>
  Math.max(-1, ...rows.map(({ position }) => position)) + 1

export const addProject = defineCommand({
  name: 'add-project',
  usages: ['add project <title> to <workstream> [as <number>] [led by <leads>]'],
  slots: { title: slot.text, workstream: slot.word, number: slot.project, leads: slot.text },
  examples: [
    'add project Practice standards to 2',
    'add project Practice standards to 2 as 2.9 led by Asha Verity and Ben Okoro',
  ],
  authority: ['change plan'],
  summary: 'Add a project to a workstream, with who leads it. For the programme office.',
  args: z.object({ title, workstream: z.string(), number: optionalText, leads: leadsArg }),
  form: addProjectForm,
  run: async (context, args) => {
    const { tx } = context
    const workstream = await findWorkstreamForOffice(context, args.workstream)
    const programmeId = workstream.programme.id
    await lockProgramme(tx, programmeId)
    const remarks: string[] = []
    const noteRemark = (remark: string) => remarks.push(remark)
    const leads = args.leads ? await findMembers(context, programmeId, args.leads, noteRemark) : []
    const details = { programmeId, reason: null, said: officeProvenance(context) }
    const { ref, revision } = await storeProject(context, workstream, args, leads, details)
    const who = leads.length > 0 ? await formatMembers(tx, leads) : 'nobody yet'
    return revisedResult(revision, [`${ref} ${args.title} was added.`, `Leads: ${who}`, ...remarks])
  },
})

interface NewProjectArgs {
  readonly title: string
  readonly number?: string | undefined
}

async function storeProject(
  { tx, today }: CommandContext,
  { id: workstreamId, ref: workstreamRef }: FoundWorkstream,
  { title: named, number }: NewProjectArgs,
  leads: readonly string[],
  details: RevisionDetails,
): Promise<{ readonly ref: string; readonly revision: string }> {
  const { programmeId } = details
  const rows = await tx.project.findMany({ where: { programmeId } })
  const ref = number
    ? await assertFreeProjectRef(tx, programmeId, number)
    : nextProjectRef(
        workstreamRef,
        rows.map((row) => row.ref),
      )
  const position = nextPosition(rows)
  const project = { workstreamId, ref, title: named, section: null, tags: [], position }
  const [id = ''] = await addProjects(tx, programmeId, [project], today)
  if (leads.length > 0) {
    await projectLeads.write(tx, id, leads)
    await grantRole(tx, programmeId, leads, 'lead', details.said)
  }
  const removed = { state: 'removed', onDay: today, reason: null }
  const values = { from: removed, to: null }
  return { ref, revision: await recordAddition(tx, projectLife, id, values, details) }
}

export const addMilestone = defineCommand({
  name: 'add-milestone',
  usages: ['add milestone <project> <text> [words are fine because <fine>]'],
  slots: { project: slot.project, text: slot.text, fine: slot.text },
  examples: ['add milestone 2.1 Publish the new standards by 30 Jun 2017'],
  authority: ['change project'],
  summary:
    'Add a milestone to a project; its date is read from the words. For the programme office, and for leads where it lets them.',
  args: z.object({
    project: z.string(),
    text: z
      .string()
      .trim()
      .min(1, 'Say what is to be done, and by when.')
      .max(500, 'That is longer than 500 characters.'),
    date: optionalText,
    fine: optionalText,
    ...requestArgs,
  }),
  notifies: 'member',
  form: addMilestoneForm,
  run: async (context, args) => {
    const { tx, today } = context
    const found = await findEditableProject(context, args.project)
    assertMayAddMilestones(context, found)
    const subject = safeguardingSubjectOf(context, found)
    await requireSafeguardingAnswer(context, subject, [args.text], args.fine)
    const programmeId = found.programme.id
    await lockProgramme(tx, programmeId)
    const said = provenanceOf(context, found)
    const text = withDate(args.text, args.date)
    const entry = parseEntry(text, today)
    if (mayAddMilestones(context, found) === 'ask') return requestMilestone(context, found, text)
    const { about, raw, precision, recurrence, condition, earliest, due } = entry
    const milestone = {
      ...{ projectId: found.id, about, raw, precision, recurrence, condition, earliest, due },
      ...{ heading: null, baselineDue: due, doneOn: null, addedOn: today, rating: null },
    }
    const [added] = await addMilestones(tx, programmeId, [milestone], said, '')
    if (!added) throw new Error('The milestone was not stored')
    const details = { programmeId, reason: null, said }
    const values = { from: true, to: false }
    const revision = await recordAddition(tx, milestoneRemoval, added.id, values, details)
    const when = due ? `due ${precision === 'day' ? '' : 'by '}${fullDate(due)}` : 'no date yet'
    const line = `Milestone ${added.number} was added: ${about || raw} (${when})`
    const saved = revisedResult(revision, [formatProject(found), line], `${found.ref}: ${line}`)
    if (!args.request) return saved
    await answerRequest(context, found, args, [formatProject(found), line])
    return { ...saved, heardIn: { programmeId } }
  },
})

/** The words with the day that was picked beside them, as somebody would write it. */
const withDate = (text: string, date: string | undefined) =>
  date && isCivilDate(date) ? `${text} by ${fullDate(date)}` : text

/** @throws Refusal for several milestones in one line, or a date that cannot be */
function parseEntry(text: string, today: CommandContext['today']) {
  const [entry, ...more] = parseDeadlines(text, today)
  if (!entry) throw new Refusal('Say what is to be done, and by when. Nothing was saved.')
  if (more.length > 0) {
    const parts = [entry, ...more].map(({ raw }) => quoted(raw.trim()))
    throw new Refusal(
      `That reads as ${parts.length} milestones: ${listOf(parts)}. Add them one at a time. Nothing was saved.`,
    )
  }
  if (entry.problem) throw new Refusal(`${entry.problem} Nothing was saved.`)
  return entry
}
