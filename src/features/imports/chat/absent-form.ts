import { z } from 'zod'
import { fieldRefusal, Refusal } from '../../../base/errors.ts'
import { fold, quoted } from '../../../base/text.ts'
import {
  type Command,
  defineCommand,
  type FormState,
  optionalText,
  type QueryContext,
} from '../../../chat/commands.ts'
import { listProblems } from '../../../chat/form-problems.ts'
import { oneOf, slot } from '../../../chat/grammar.ts'
import { questionMark } from '../../../chat/question-cards.ts'
import { importChoicesFormCard } from '../cards.ts'
import { type AbsentFate, absentFates } from '../drafts/draft.ts'
import { changeDraft } from '../drafts/draft-store.ts'
import { absentProjects } from './absent-projects.ts'
import { importNames } from './buttons.ts'
import { assertNoChildInReason } from './child-in-reason.ts'
import { requirePlacedDraft } from './find-draft.ts'
import { readDraft } from './plan-sheets.ts'
import type { PlacedDraft, SheetKind } from './sheet-kind.ts'
import { showDraft } from './show-preview.ts'

/** What becomes of the projects that a sheet no longer has: kept, unless the person chooses otherwise. */

/** Menus of one form: a request holds at most fifty fields. */
const maxMenus = 40
const menuPrefix = 'project-'
const keep = 'keep'
const fateChoices = [
  { title: 'Keep it as it is', value: keep },
  { title: 'Close it: stopped', value: 'close' },
  { title: 'Put it on hold', value: 'hold' },
]

/** The projects that the sheet lacks. @throws Refusal where it cannot be read */
async function absentIn({ tx }: QueryContext, draft: PlacedDraft) {
  return absentProjects((await readDraft(tx, draft)).result.difference)
}

async function absentForm(context: QueryContext, { values, problems }: FormState) {
  const draft = await requirePlacedDraft(context, z.string().optional().parse(values.draft))
  const absent = await absentIn(context, draft)
  if (absent.length === 0) throw new Refusal('The sheet lacks no project of the plan any more.')
  const { choices } = draft
  return importChoicesFormCard({
    heading: 'Not in the sheet',
    intro:
      'These projects are in the plan, and the sheet no longer has them. What you choose happens when you import.',
    problems: listProblems(problems),
    menus: absent.slice(0, maxMenus).map(({ ref, title }) => {
      const id = `${menuPrefix}${ref}`
      const value = String(values[id] ?? choices.absent[ref] ?? keep)
      return { id, label: `${ref} ${title}`, value, choices: fateChoices }
    }),
    reason: {
      label: 'Why? Needed to close one or to put one on hold',
      value: String(values.reason ?? choices.absentReason ?? ''),
    },
    day: { label: '', value: '' },
    // The preview is a question: the new one takes the place of the one from which the form was opened.
    submit: {
      title: 'Show it again',
      verb: importNames.absent,
      data: { draft: draft.id, ...questionMark },
    },
  })
}

const absentArgs = z.looseObject({
  draft: optionalText,
  reason: optionalText,
  /** Of a typed line. */
  project: optionalText,
  fate: optionalText,
})

const fateSchema = z.enum([...absentFates, keep])

/** By the projects' numbers. */
function fatesIn(args: z.infer<typeof absentArgs>): [ref: string, fate: AbsentFate | 'keep'][] {
  const chosen = Object.entries(args).flatMap(([id, value]) =>
    id.startsWith(menuPrefix)
      ? [[id.slice(menuPrefix.length), fateSchema.parse(value)] as const]
      : [],
  )
  const typed =
    args.project && args.fate ? [[args.project, fateSchema.parse(fold(args.fate))] as const] : []
  return [...chosen, ...typed].map(([ref, fate]) => [ref, fate])
}

export const createAbsentCommand = (kinds: readonly SheetKind[]): Command =>
  defineCommand({
    name: importNames.absent,
    usages: ['import <fate> <project> [because <reason>]'],
    slots: { fate: oneOf('close', 'hold', 'keep'), project: slot.project, reason: slot.text },
    examples: ['import close 2.1 because the service has ended', 'import keep 2.1'],
    authority: ['change plan'],
    summary:
      'Say what becomes of a project that the sheet you sent no longer has: closed, on hold or kept. For the programme office.',
    args: absentArgs,
    form: absentForm,
    run: async (context, args) => {
      const draft = await requirePlacedDraft(context, args.draft)
      const absent = await absentIn(context, draft)
      const fates = fatesIn(args)
      const unknown = fates.find(([ref]) => !absent.some((one) => one.ref === ref))
      if (unknown) {
        throw new Refusal(
          `The sheet does not lack a project ${quoted(unknown[0])}. Nothing was changed.`,
        )
      }
      const { choices } = draft
      const reason = args.reason ?? choices.absentReason
      const chosen = { ...choices.absent, ...Object.fromEntries(fates) }
      const set = Object.entries(chosen).filter(
        (entry): entry is [string, AbsentFate] => entry[1] !== keep,
      )
      if (set.length > 0 && !reason) {
        throw fieldRefusal({ reason: 'Say why, in a few words: “because …”.' })
      }
      await assertNoChildInReason(context, draft, reason)
      const next = { ...choices, absent: Object.fromEntries(set), absentReason: reason }
      await changeDraft(context.tx, draft.id, { choices: next })
      return showDraft(context, kinds, await requirePlacedDraft(context, draft.id))
    },
  })
