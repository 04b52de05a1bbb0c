import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import {
  type Command,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  optionalText,
} from '../../chat/commands.ts'
import { oneOf, precedes, run, slot } from '../../chat/grammar.ts'
import { savedResult } from '../../chat/notice.ts'
import { requireSafeguardingAnswer } from '../../domain/checks/safeguarding-guard.ts'
import { type EntryDetails, type EntryKind, entryKinds } from '../../domain/register/entry.ts'
import { entryName, entryTitle, formatDetails } from '../../domain/register/format.ts'
import {
  assertOpen,
  type EntrySubject,
  entryToClose,
  resolveSubject,
} from '../../domain/register/lookup.ts'
import {
  checkDecision,
  checkDependency,
  checkHeadline,
  checkRisk,
  outcomeProblem,
  type ValidationResult,
} from '../../domain/register/rules.ts'
import { addEntry, closeEntry } from '../../domain/register/store.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { entryFields } from './entry-fields.ts'
import { addForm, closeForm, entryQueryOf } from './forms.ts'

/** Each kind of entry takes its own part of them. */
const entryArgs = z.object(entryFields(optionalText))
type EntryArgs = z.infer<typeof entryArgs>

interface AddCommandOptions
  extends Pick<
    CommandDefinition<EntryArgs>,
    'usages' | 'slots' | 'examples' | 'authority' | 'summary'
  > {
  readonly kind: EntryKind
  check(
    context: CommandContext,
    args: EntryArgs,
    subject: EntrySubject,
  ): ValidationResult<EntryDetails> | Promise<ValidationResult<EntryDetails>>
}

function defineAddCommand({ kind, check, ...declared }: AddCommandOptions): Command {
  return defineCommand({
    ...declared,
    name: kind,
    args: entryArgs,
    run: async (context, args) => {
      // A headline is its programme's own, whatever else was filled in.
      const ofProject = kind === 'headline' ? undefined : args.project
      const subject = await resolveSubject(context, kind, {
        programme: args.programme,
        project: ofProject,
      })
      const checked = await check(context, args, subject)
      if (!checked.ok) throw fieldRefusal(checked.problems)
      const { programme, project } = subject
      const { details } = checked
      const words = [details.text, details.kind === 'risk' ? details.mitigation : null]
      await requireSafeguardingAnswer(
        context,
        { programmeId: programme.id, project },
        words,
        args.fine,
      )
      const entry = await addEntry(context, programme.id, project, details)
      const lines = [
        project ? entryTitle(entry) : `${entryName(entry)}: ${programme.title}`,
        ...(entry.text ? [entry.text] : []),
        ...formatDetails(entry, context.today, schemeOf(programme.settings)),
      ]
      return savedResult(lines, `${entryTitle(entry)} was added.`)
    },
    form: addForm(kind),
  })
}

export const addRisk = defineAddCommand({
  kind: 'risk',
  usages: ['risk [<rating>] <project> <text> [mitigated by <mitigation>]'],
  slots: { rating: slot.words, project: slot.project, text: slot.text, mitigation: slot.text },
  examples: ['risk red 2.1 no provider mitigated by a second tender'],
  authority: ['change project', 'add to programme'],
  summary: 'Add a risk of a project, with how bad it is and what is done against it.',
  check: (_, args, { programme }) => checkRisk(args, schemeOf(programme.settings)),
})

export const addDecision = defineAddCommand({
  kind: 'decision',
  usages: [
    'decision [for <project>] <text> needed from <whom> [by <date>]',
    'decision [for <project>] <text> [needed by <date>]',
  ],
  slots: {
    project: slot.project,
    text: slot.text,
    // The last "needed from" counts: "whether money needed from reserves is spent needed from the Cabinet".
    whom: run({ stop: precedes('needed', 'from') }),
    date: slot.date,
  },
  examples: [
    'decision for 2.1 which site needed from the Cabinet by 30 Jun',
    'decision which site to close needed by 30 Jun',
  ],
  authority: ['change project', 'add to programme'],
  summary: 'Ask for a decision. It stands in the digest until it is closed.',
  check: ({ today }, args) => checkDecision(args, today),
})

export const addDependency = defineAddCommand({
  kind: 'dependency',
  usages: ['dependency <project> on <body> [because <text>]'],
  slots: { project: slot.project, body: slot.text, text: slot.text },
  examples: ['dependency 2.1 on 3.2 because it uses the same building'],
  authority: ['change project', 'add to programme'],
  summary: 'Say that a project waits for another one, or for a body outside the programme.',
  check: async ({ tx }, args, { programme, project }) => {
    const projects = await tx.project.findMany({
      where: { programmeId: programme.id },
      select: { ref: true },
    })
    if (project) return checkDependency(args, project, projects)
    return { ok: false, problems: { project: 'Say which project waits, by its number.' } }
  },
})

export const addHeadline = defineAddCommand({
  kind: 'headline',
  usages: ['headline <text>'],
  slots: { text: slot.text },
  examples: ['headline The new centre has opened'],
  authority: ['add to programme'],
  summary: 'Add a headline for the next digest. For leads of workstreams and the programme office.',
  check: (_, args) => checkHeadline(args),
})

/** Ends what is open, with how it ended; the entry itself stays as it was. */
export const closeCommand = defineCommand({
  name: 'close',
  usages: ['close <kind> <number> [because <outcome>]'],
  slots: { kind: oneOf(...entryKinds), number: slot.number, outcome: slot.text },
  examples: ['close decision 2 because the Cabinet chose option B'],
  authority: ['close entry', 'close decision'],
  summary: 'Close a risk, decision, dependency or headline; of a decision, say what was decided.',
  args: z.object({
    entry: optionalText,
    kind: z.string().toLowerCase().pipe(z.enum(entryKinds)).optional(),
    number: optionalText,
    outcome: optionalText,
    fine: optionalText,
  }),
  run: async (context, args) => {
    const { entry, programme } = await entryToClose(context, entryQueryOf(args))
    assertOpen(entry)
    const problem = outcomeProblem(entry, args.outcome)
    if (problem) throw fieldRefusal({ outcome: problem })
    const subject = { programmeId: programme.id, project: entry.project }
    await requireSafeguardingAnswer(context, subject, [args.outcome], args.fine)
    const isNew = await closeEntry(context, entry.id, args.outcome ?? null)
    if (!isNew) throw new Refusal(`${entryName(entry)} is closed already. Nothing was changed.`)
    const line = `${entryName(entry)} is closed, as at ${fullDate(context.today)}.`
    const ended = entry.kind === 'decision' ? 'Decided' : 'Because'
    const lines = [
      line,
      ...(entry.text ? [entry.text] : []),
      ...(args.outcome ? [`${ended}: ${args.outcome}`] : []),
    ]
    return savedResult(lines, line)
  },
  form: closeForm,
})
