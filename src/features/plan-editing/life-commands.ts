import { z } from 'zod'
import { type CivilDate, fullDate } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { capitalised, quoted } from '../../base/text.ts'
import {
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
} from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { unchangedResult } from '../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { parseDateArg } from '../../domain/deadlines/date-args.ts'
import { benefitStandings } from '../../domain/measures/benefits.ts'
import { loadMeasures } from '../../domain/measures/store.ts'
import { projectLife } from '../../domain/plan/fields.ts'
import { formatProject } from '../../domain/plan/format.ts'
import {
  type Ending,
  formatLife,
  type Life,
  parseLife,
  type SetAside,
} from '../../domain/plan/life.ts'
import { type FoundProject, findProject } from '../../domain/plan/lookup.ts'
import { provenanceOf } from '../../domain/plan/milestones.ts'
import { assertProjectsHaveWorkstreams } from '../../domain/plan/placement.ts'
import { reviseField } from '../../domain/plan/revise.ts'
import { loadRecentProject } from '../../domain/plan/store.ts'
import { lockProgramme } from '../../domain/programme/lock.ts'
import { keepsTheirs, lifeForm, lifeFormArgs } from './forms/life-form.ts'
import { findProjectForOffice } from './office-lookup.ts'
import { revisedResult } from './revised-result.ts'

/** Where a project stands in its life: only live ones are chased and counted. All of it is for the programme office. */

const reasonText = 'Say why, in a few words: “because …”.'
const project = z.string()
const common = { project, reason: optionalText, fine: optionalText, ...lifeFormArgs }

interface LifeArgs {
  readonly project: string
  readonly reason?: string | undefined
  readonly fine?: string | undefined
  readonly seen?: string | undefined
  readonly choice?: string | undefined
}

interface LifeChange {
  readonly args: LifeArgs
  /** A return to live needs no reason. */
  readonly needsReason: boolean
  to(found: FoundProject, before: Life): Promise<Life> | Life
}

async function changeLife(context: CommandContext, change: LifeChange): Promise<CommandResult> {
  const { tx } = context
  const { args } = change
  const found = await findProjectForOffice(context, args.project)
  if (await keepsTheirs(context, found, args)) {
    return unchangedResult([formatProject(found), lifeLine(found.life)])
  }
  const { reason = null } = args
  if (change.needsReason && reason === null) throw fieldRefusal({ reason: reasonText })
  const subject = safeguardingSubjectOf(context, found)
  await requireSafeguardingAnswer(context, subject, [reason], args.fine)
  const programmeId = found.programme.id
  await lockProgramme(tx, programmeId)
  const before = parseLife(await projectLife.read(tx, found.id))
  const to = await change.to(found, before)
  const said = provenanceOf(context, found)
  const revision = await reviseField(tx, projectLife, found.id, to, { programmeId, reason, said })
  await assertProjectsHaveWorkstreams(tx, programmeId)
  const line = lifeLine(to)
  if (revision === null) return unchangedResult([formatProject(found), line])
  const why = reason === null ? [] : [`Reason: ${reason}`]
  const asked = to?.state === 'closed' ? await benefitQuestions(context, found) : []
  const lines = [formatProject(found), line, ...why, ...asked]
  return revisedResult(revision, lines, `${found.ref}: ${line}`)
}

/** A project that ends is asked whether it moved what it was to move. */
async function benefitQuestions(
  { tx, today, prefix }: CommandContext,
  { id, programme }: FoundProject,
): Promise<string[]> {
  const project = await loadRecentProject(tx, id, today)
  if (project.attributes.benefits === undefined) return []
  const measures = await loadMeasures(tx, programme.id, today)
  return benefitStandings(project, measures, today).map(
    ({ benefit, told }) =>
      `Did it move measure ${benefit.measure} by ${benefit.by}? ${told} Record a reading: ${prefix} kpi ${benefit.measure} …`,
  )
}

function lifeLine(life: Life): string {
  if (!life) return 'It is live: it is asked about and counted.'
  const line = `${capitalised(formatLife(life))}.`
  return life.state === 'removed'
    ? line
    : `${line} Nobody is asked about it, and it does not count.`
}

export const hold = defineCommand({
  name: 'hold',
  usages: ['hold <project> [until <date>] [because <reason>]'],
  slots: { project: slot.project, date: slot.date, reason: slot.text },
  examples: ['hold 2.1 until 1 Sep 2017 because the grant is not decided'],
  authority: ['change plan'],
  summary:
    'Put a project on hold, with the reason and a day to look at it again. For the programme office.',
  args: z.object({ ...common, date: optionalText }),
  form: lifeForm({
    ...{ heading: 'Put on hold', button: 'Put on hold', verb: 'hold' },
    inputs: [{ id: 'date', label: 'Look at it again on', kind: 'date', present: '' }],
  }),
  run: async (context, args) => {
    const { today } = context
    const reviewOn = args.date ? parseReviewDay(args.date, today) : null
    return changeLife(context, {
      ...{ args, needsReason: true },
      to: () => ({ state: 'on hold', onDay: today, reason: args.reason ?? null, reviewOn }),
    })
  },
})

function parseReviewDay(text: string, today: CivilDate): CivilDate {
  const day = parseDateArg(text, today)
  if (day > today) return day
  throw fieldRefusal({ date: `${fullDate(day)} is not in the future.` })
}

export const pipeline = defineCommand({
  name: 'pipeline',
  usages: ['pipeline <project> [because <reason>]'],
  slots: { project: slot.project, reason: slot.text },
  examples: ['pipeline 2.1 because it begins in the next year'],
  authority: ['change plan'],
  summary: 'Say that a project has not begun: nobody is asked about it. For the programme office.',
  args: z.object(common),
  form: lifeForm({
    ...{ heading: 'Not begun yet', button: 'Into the pipeline', verb: 'pipeline' },
    inputs: [],
  }),
  run: (context, args) =>
    changeLife(context, {
      ...{ args, needsReason: false },
      to: () => ({ state: 'pipeline', onDay: context.today, reason: args.reason ?? null }),
    }),
})

export const closeProject = defineCommand({
  name: 'close-project',
  usages: [
    'close <project> [as <ending>] [because <reason>]',
    'close <project> as merged into <into> [because <reason>]',
  ],
  slots: {
    project: slot.project,
    ending: oneOf('finished', 'stopped'),
    into: slot.project,
    reason: slot.text,
  },
  examples: [
    'close 2.1 as finished because the service runs itself',
    'close 2.1 as merged into 2.4 because both do the same',
  ],
  authority: ['change plan'],
  summary: 'Close a project as finished, stopped or merged. For the programme office.',
  args: z.object({
    ...common,
    ending: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['finished', 'stopped', 'merged']))
      .optional(),
    into: optionalText,
  }),
  form: lifeForm({
    ...{ heading: 'Close a project', button: 'Close it', verb: 'close-project' },
    inputs: [
      {
        ...{ id: 'ending', label: 'How did it end?', kind: 'choice', present: 'finished' },
        choices: [
          { title: 'Finished', value: 'finished' },
          { title: 'Stopped', value: 'stopped' },
          { title: 'Merged into another project', value: 'merged' },
        ],
      },
      { id: 'into', label: 'Merged into: its number', kind: 'text', present: '', hint: '2.4' },
    ],
  }),
  run: (context, args) =>
    changeLife(context, {
      ...{ args, needsReason: true },
      to: (found) => closing(context, found, args),
    }),
})

async function closing(
  context: CommandContext,
  found: FoundProject,
  args: {
    readonly ending?: Ending | undefined
    readonly into?: string | undefined
    readonly reason?: string | undefined
  },
): Promise<SetAside> {
  const closed = { state: 'closed' as const, onDay: context.today, reason: args.reason ?? null }
  if (!args.into) {
    const { ending = 'finished' } = args
    if (ending === 'merged') throw fieldRefusal({ into: 'Say which project it went into.' })
    return { ...closed, ending, into: null }
  }
  const into = await findProject(context, args.into)
  if (into.programme.id !== found.programme.id || into.id === found.id) {
    throw new Refusal(
      `${quoted(args.into)} is no other project of ${found.programme.title}. Nothing was saved.`,
    )
  }
  return { ...closed, ending: 'merged', into: into.ref }
}

export const resume = defineCommand({
  name: 'resume',
  usages: ['resume <project> [because <reason>]'],
  slots: { project: slot.project, reason: slot.text },
  examples: ['resume 2.1 because the grant was decided'],
  authority: ['change plan'],
  summary:
    'Make a project live again that was on hold, closed or in the pipeline. For the programme office.',
  args: z.object(common),
  form: lifeForm({
    ...{ heading: 'Resume a project', button: 'Resume', verb: 'resume' },
    inputs: [],
  }),
  run: (context, args) =>
    changeLife(context, {
      ...{ args, needsReason: false },
      to: () => null,
    }),
})

export const removeProject = defineCommand({
  name: 'remove-project',
  usages: ['remove project <project> [because <reason>]'],
  slots: { project: slot.project, reason: slot.text },
  examples: ['remove project 2.1 because it stands in the plan twice'],
  authority: ['change plan'],
  summary:
    'Take a project out that is in the plan by mistake. Earlier days keep it, and Undo brings it back. For the programme office.',
  args: z.object(common),
  form: lifeForm({
    ...{ heading: 'Take out a project', button: 'Take it out', verb: 'remove-project' },
    inputs: [],
  }),
  run: (context, args) =>
    changeLife(context, {
      ...{ args, needsReason: true },
      to: () => ({ state: 'removed', onDay: context.today, reason: args.reason ?? null }),
    }),
})
