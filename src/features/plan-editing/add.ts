import { z } from 'zod'
import { type CommandContext, defineCommand, optionalText } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { grantRole } from '../../domain/people/members.ts'
import { projectLeads, projectLife, workstreamRemoval } from '../../domain/plan/fields.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import { addProjects, addWorkstreams } from '../../domain/plan/plan-store.ts'
import {
  assertFreeProjectRef,
  assertFreeWorkstreamRef,
  nextProjectRef,
  nextWorkstreamRef,
} from '../../domain/plan/refs.ts'
import { type RevisionDetails, recordAddition } from '../../domain/plan/revise.ts'
import {
  type FoundWorkstream,
  findWorkstreamForOffice,
} from '../../domain/plan/workstream-lookup.ts'
import { lockProgramme } from '../../domain/programme/lock.ts'
import { addProjectForm, addWorkstreamForm } from './forms/add-forms.ts'
import { mentionsOfPicked } from './forms/picked-people.ts'
import { findMembers, formatMembers } from './members.ts'
import { officeProvenance } from './office-lookup.ts'
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
  args: z.object({
    ...{ title, workstream: z.string(), number: optionalText, leads: leadsArg },
    /** Accounts that the platform's picker gave. */
    'leads-others': leadsArg,
  }),
  form: addProjectForm,
  run: async (context, args) => {
    const { tx } = context
    const workstream = await findWorkstreamForOffice(context, args.workstream)
    const programmeId = workstream.programme.id
    await lockProgramme(tx, programmeId)
    const remarks: string[] = []
    const noteRemark = (remark: string) => remarks.push(remark)
    const picked = mentionsOfPicked(context, args['leads-others'])
    const named = [args.leads ?? [], ...picked.map(({ text }) => text)].flat().join(', ')
    const asked = { ...context, mentions: [...context.mentions, ...picked] }
    const leads = named ? await findMembers(asked, programmeId, named, noteRemark) : []
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
