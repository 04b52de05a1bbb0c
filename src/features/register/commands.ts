import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { Refusal, refusalOf } from '../../base/errors.ts'
import { type Command, type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { stored } from '../../chat/notice.ts'
import { askAboutChild } from '../../domain/checks/safeguarding-guard.ts'
import { type Kind, kinds, type Told } from '../../domain/register/entry.ts'
import { detailsOf, nameOf, titleOf } from '../../domain/register/format.ts'
import { entryToClose, type Subject, subjectToAdd } from '../../domain/register/lookup.ts'
import {
  type Checked,
  checkDecision,
  checkDependency,
  checkHeadline,
  checkRisk,
  outcomeProblem,
} from '../../domain/register/rules.ts'
import { addEntry, closeEntry } from '../../domain/register/store.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { addForm, assertOpen, closeForm, namedBy } from './forms.ts'
import { decisions, dependencies, entryShown, headlines, register, risks } from './queries.ts'

/** What people may say of an entry; each kind takes its own part of it. */
const asked = z.object({
  programme: optionalText,
  project: optionalText,
  text: optionalText,
  rating: optionalText,
  mitigation: optionalText,
  whom: optionalText,
  date: optionalText,
  body: optionalText,
  fine: optionalText,
})
type Asked = z.infer<typeof asked>

interface Adding {
  readonly kind: Kind
  readonly usages: readonly string[]
  readonly summary: string
  check(context: Context, args: Asked, subject: Subject): Checked<Told> | Promise<Checked<Told>>
}

function adding({ kind, usages, summary, check }: Adding): Command {
  return defineCommand({
    name: kind,
    usages,
    summary,
    args: asked,
    run: async (context, args) => {
      // A headline is its programme's own, whatever else was filled in.
      const ofProject = kind === 'headline' ? undefined : args.project
      const subject = await subjectToAdd(context, kind, {
        programme: args.programme,
        project: ofProject,
      })
      const checked = await check(context, args, subject)
      if (!checked.ok) throw refusalOf(checked.problems)
      const { programme, project } = subject
      const { told } = checked
      const words = [told.text, told.kind === 'risk' ? told.mitigation : null]
      await askAboutChild(context, { programmeId: programme.id, project }, words, args.fine)
      const entry = await addEntry(context, programme.id, project, told)
      const lines = [
        project ? titleOf(entry) : `${nameOf(entry)}: ${programme.title}`,
        ...(entry.text ? [entry.text] : []),
        ...detailsOf(entry, context.today, schemeOf(programme.settings)),
      ]
      return stored(lines, `${titleOf(entry)} was added.`)
    },
    form: addForm(kind),
  })
}

export const risk = adding({
  kind: 'risk',
  usages: ['risk [<rating>] <project> <text> [mitigated by <mitigation>]'],
  summary: 'Add a risk of a project, with how bad it is and what is done against it.',
  check: (_, args, { programme }) => checkRisk(args, schemeOf(programme.settings)),
})

export const decision = adding({
  kind: 'decision',
  usages: [
    'decision [for <project>] <text> needed from <whom> [by <date>]',
    'decision [for <project>] <text> [needed by <date>]',
  ],
  summary: 'Ask for a decision. It stands in the digest until it is closed.',
  check: ({ today }, args) => checkDecision(args, today),
})

export const dependency = adding({
  kind: 'dependency',
  usages: ['dependency <project> on <body> [because <text>]'],
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

export const headline = adding({
  kind: 'headline',
  usages: ['headline <text>'],
  summary: 'Add a headline for the next digest. For leads of workstreams and the programme office.',
  check: (_, args) => checkHeadline(args),
})

/** Ends what is open, with how it ended; the entry itself stays as it was. */
export const close = defineCommand({
  name: 'close',
  usages: ['close <kind> <number> [because <outcome>]'],
  summary: 'Close a risk, decision, dependency or headline; of a decision, say what was decided.',
  args: z.object({
    entry: optionalText,
    kind: z.string().toLowerCase().pipe(z.enum(kinds)).optional(),
    number: optionalText,
    outcome: optionalText,
    fine: optionalText,
  }),
  run: async (context, args) => {
    const { entry, programme } = await entryToClose(context, namedBy(args))
    assertOpen(entry)
    const problem = outcomeProblem(entry, args.outcome)
    if (problem) throw new Refusal(`${problem} Nothing was stored.`, { outcome: problem })
    const subject = { programmeId: programme.id, project: entry.project }
    await askAboutChild(context, subject, [args.outcome], args.fine)
    const isNew = await closeEntry(context, entry.id, args.outcome ?? null)
    if (!isNew) throw new Refusal(`${nameOf(entry)} is closed already. Nothing was changed.`)
    const line = `${nameOf(entry)} is closed, as at ${fullDate(context.today)}.`
    const ended = entry.kind === 'decision' ? 'Decided' : 'Because'
    const lines = [
      line,
      ...(entry.text ? [entry.text] : []),
      ...(args.outcome ? [`${ended}: ${args.outcome}`] : []),
    ]
    return stored(lines, line)
  },
  form: closeForm,
})

/**
 * What people can tell and ask of a programme's register, in the order the help lists it. "headline 3" asks for the
 * third, so what shows one comes before what adds one.
 */
export const registerCommands: readonly Command[] = [
  ...[register, entryShown],
  ...[risk, decision, dependency, headline, close],
  ...[risks, decisions, dependencies, headlines],
]
