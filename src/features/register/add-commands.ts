import { z } from 'zod'
import { fieldRefusal } from '../../base/errors.ts'
import {
  type Command,
  type CommandContext,
  type CommandDefinition,
  defineCommand,
  optionalText,
} from '../../chat/commands.ts'
import { phrase, precedes, run, slot } from '../../chat/grammar.ts'
import { savedResult } from '../../chat/notice.ts'
import { requireSafeguardingAnswer } from '../../domain/checks/safeguarding-guard.ts'
import { namesOf } from '../../domain/people/names.ts'
import type { EntryDetails, EntryKind } from '../../domain/register/entry.ts'
import {
  checkAction,
  checkDecision,
  checkDependency,
  checkHeadline,
  checkIssue,
  checkRisk,
  type ValidationResult,
} from '../../domain/register/entry-rules.ts'
import { entryName, entryTitle, formatDetails, ownersOf } from '../../domain/register/format.ts'
import { type EntrySubject, resolveSubject } from '../../domain/register/lookup.ts'
import { resolveOwner } from '../../domain/register/owner.ts'
import { addEntry } from '../../domain/register/store.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { addForm } from './add-form.ts'
import { entryFields } from './entry-fields.ts'

/** Each kind of entry takes its own part of them. */
const entryArgs = z.object(entryFields(optionalText))
type EntryArgs = z.infer<typeof entryArgs>

/** What is checked beside what was said. */
interface CheckedSubject extends EntrySubject {
  readonly ownerId: string | null
}

interface AddCommandOptions
  extends Pick<
    CommandDefinition<EntryArgs>,
    'usages' | 'slots' | 'examples' | 'authority' | 'summary'
  > {
  readonly kind: EntryKind
  check(
    context: CommandContext,
    args: EntryArgs,
    subject: CheckedSubject,
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
      const named = { programme: args.programme, project: ofProject }
      const subject = await resolveSubject(context, kind, named)
      const { programme, project } = subject
      const ownerId = await resolveOwner(context, programme.id, args.owner)
      const checked = await check(context, args, { ...subject, ownerId })
      if (!checked.ok) throw fieldRefusal(checked.problems)
      const { details } = checked
      const about = { programmeId: programme.id, project }
      await requireSafeguardingAnswer(context, about, textsOf(details), args.fine)
      const entry = await addEntry(context, programme.id, project, details)
      const names = await namesOf(context.tx, ownersOf([entry]))
      const scheme = schemeOf(programme.settings)
      const lines = [
        project ? entryTitle(entry) : `${entryName(entry)}: ${programme.title}`,
        ...(entry.text ? [entry.text] : []),
        ...formatDetails(entry, { asAt: context.today, scheme, names }),
      ]
      return savedResult(lines, `${entryTitle(entry)} was added.`)
    },
    form: addForm(kind),
  })
}

/** What people wrote in their own words. */
function textsOf(details: EntryDetails): (string | null)[] {
  if (details.kind === 'risk') return [details.text, details.mitigation, details.proximity]
  return [details.text, details.kind === 'issue' ? details.mitigation : null]
}

/** "4x5", in front of the number of a project. */
const scoreSlot = phrase('[1-5]\\s*[x×*]\\s*[1-5]', 3)

const ofProject = ['change project', 'add to programme'] as const

export const addRisk = defineAddCommand({
  kind: 'risk',
  usages: [
    'risk <score> <project> <text> [mitigated by <mitigation>] [owned by <owner>] [review by <review>]',
    'risk [<rating>] <project> <text> [mitigated by <mitigation>] [owned by <owner>] [review by <review>]',
  ],
  slots: {
    ...{
      score: scoreSlot,
      rating: slot.words,
      project: slot.project,
      text: slot.text,
      mitigation: slot.text,
    },
    ...{ owner: slot.person, review: slot.date },
  },
  examples: [
    'risk red 2.1 no provider mitigated by a second tender',
    'risk 4x5 2.1 no provider owned by Tom Quill review by 30 Jun',
  ],
  authority: ofProject,
  summary:
    'Add a risk of a project, with how bad it is (a colour, or likelihood × impact: 4x5), what is done against it, whose it is and when it is looked at again.',
  check: ({ today }, args, { programme, ownerId }) =>
    checkRisk(args, { scheme: schemeOf(programme.settings), today, ownerId }),
})

export const addIssue = defineAddCommand({
  kind: 'issue',
  usages: ['issue [<rating>] <project> <text> [owned by <owner>] [review by <review>]'],
  slots: {
    ...{ rating: slot.words, project: slot.project, text: slot.text },
    ...{ owner: slot.person, review: slot.date },
  },
  examples: ['issue amber 2.1 the provider has left owned by Tom Quill review by 30 Jun'],
  authority: ofProject,
  summary: 'Add an issue of a project: what has gone wrong, how bad it is, and whose it is.',
  check: ({ today }, args, { programme, ownerId }) =>
    checkIssue(args, { scheme: schemeOf(programme.settings), today, ownerId }),
})

export const addAction = defineAddCommand({
  kind: 'action',
  usages: ['action [for <project>] <text> [owned by <owner>] [due <date>]'],
  slots: { project: slot.project, text: slot.text, owner: slot.person, date: slot.date },
  examples: ['action for 2.1 order the signs owned by Tom Quill due 30 Jun'],
  authority: ofProject,
  summary: 'Add an action, with its owner and its day. Its owner is reminded until it is closed.',
  check: ({ today }, args, { ownerId }) => checkAction(args, { today, ownerId }),
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
  authority: ofProject,
  summary: 'Ask for a decision. It stands in the digest until it is closed.',
  check: ({ today }, args) => checkDecision(args, today),
})

export const addDependency = defineAddCommand({
  kind: 'dependency',
  usages: ['dependency <project> on <body> [because <text>]'],
  slots: { project: slot.project, body: slot.text, text: slot.text },
  examples: ['dependency 2.1 on 3.2 because it uses the same building'],
  authority: ofProject,
  summary: 'Say that a project waits for another one, or for a body outside the programme.',
  check: async ({ tx }, args, { programme, project }) => {
    const projects = await tx.project.findMany({
      where: { programmeId: programme.id },
      select: { id: true, ref: true },
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
