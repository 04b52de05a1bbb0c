import { z } from 'zod'
import { fieldRefusal } from '../../base/errors.ts'
import {
  type CommandContext,
  defineCommand,
  type FormState,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { type EditField, editForm, planEdits } from '../../chat/edit-form.ts'
import { parseWith } from '../../chat/fields.ts'
import { either, oneOf, phrase, precedes, run, slot } from '../../chat/grammar.ts'
import { savedResult, undoButton } from '../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingQuestion,
} from '../../domain/checks/safeguarding-guard.ts'
import { authorName, namesOf } from '../../domain/people/names.ts'
import { entryAsAt } from '../../domain/register/as-at.ts'
import type { Entry } from '../../domain/register/entry.ts'
import { entryName, entryTitle, formatDetails, ownersOf } from '../../domain/register/format.ts'
import { findEntries } from '../../domain/register/load-entries.ts'
import { assertOpen, entryToClose, type FoundEntry } from '../../domain/register/lookup.ts'
import { resolveOwner } from '../../domain/register/owner.ts'
import { applyReview, type ReviewTexts, reviewedKinds } from '../../domain/register/review-rules.ts'
import { reviewEntry } from '../../domain/register/store.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { entryQueryOf } from './entry-fields.ts'
import { reviewFields } from './review-fields.ts'

/** An open entry is looked at again: another rating, owner or day, with the reason. What it was stays in the history. */

const args = z.looseObject({
  entry: optionalText,
  kind: z.string().toLowerCase().pipe(z.enum(reviewedKinds)).optional(),
  number: optionalText,
  rating: z.string().trim().optional(),
  score: z.string().trim().optional(),
  mitigation: z.string().trim().optional(),
  proximity: z.string().trim().optional(),
  owner: z.string().trim().optional(),
  date: z.string().trim().optional(),
  review: z.string().trim().optional(),
  reason: optionalText,
  fine: optionalText,
  seen: z.string().optional(),
})
type ReviewArgs = z.infer<typeof args>

const ratingSlot = either(
  phrase('[1-5]\\s*[x×*]\\s*[1-5]', 3),
  run({ each: /^\D+$/u, most: 5, stop: (words, at) => isNextPart(words, at) }),
)

/** Where a rating ends: "as missed deadline owned by Tom Quill". */
const isNextPart = (words: readonly string[], at: number) =>
  precedes('owned', 'by')(words, at) || precedes('because')(words, at)

export const reviewCommand = defineCommand({
  name: 'review',
  usages: [
    'review <kind> <number> [as <rating>] [owned by <owner>] [due <date>] [review by <review>] [because <reason>]',
  ],
  slots: {
    ...{ kind: oneOf(...reviewedKinds), number: slot.number, rating: ratingSlot },
    ...{ owner: slot.person, date: run({ stop: (words, at) => isNextDay(words, at) }) },
    ...{ review: slot.date, reason: slot.text },
  },
  examples: [
    'review risk 3 as 4x5 because the tender failed',
    'review action 2 due 30 Jun because the printer is late',
    'review issue 1 owned by Tom Quill review by 30 Jun',
  ],
  authority: ['close entry', 'close decision'],
  summary:
    'Look at an open risk, issue, action or decision again: another rating, owner or day, and why. The history keeps what it was.',
  args,
  run: async (context, said) => {
    const found = await entryToReview(context, said)
    const { entry, programme } = found
    const { texts, remarks } = await textsOf(context, found, said)
    const scheme = schemeOf(programme.settings)
    const ownerId = await resolveOwner(context, programme.id, texts.owner)
    const check = { scheme, today: context.today, ownerId, reason: said.reason }
    const result = applyReview(entry, texts, check)
    if (!result.ok) throw fieldRefusal(result.problems)
    const subject = { programmeId: programme.id, project: entry.project }
    const written = [texts.mitigation, texts.proximity, said.reason]
    await requireSafeguardingAnswer(context, subject, written, said.fine)
    const review = await reviewEntry(context, entry.id, result.fields, said.reason ?? null)
    const [stored] = await findEntries(context.tx, { id: entry.id })
    const after = stored ? entryAsAt(stored.entry, context.today) : entry
    const names = await namesOf(context.tx, ownersOf([after]))
    const lines = [
      entryTitle(entry),
      ...(entry.text ? [entry.text] : []),
      ...formatDetails(after, { asAt: context.today, scheme, names }),
      ...(said.reason ? [`Reason: ${said.reason}`] : []),
      ...remarks,
    ]
    return savedResult(lines, `${entryName(entry)} was reviewed.`, [undoButton({ review })])
  },
  form: reviewForm,
})

const isNextDay = (words: readonly string[], at: number) =>
  precedes('review', 'by')(words, at) || precedes('because')(words, at)

async function entryToReview(
  context: QueryContext,
  named: Parameters<typeof entryQueryOf>[0],
): Promise<FoundEntry> {
  const found = await entryToClose(context, entryQueryOf(named))
  assertOpen(found.entry)
  return found
}

/** What was typed in a line; of a form, what its person changed, and what others changed meanwhile. */
async function textsOf(
  context: CommandContext,
  found: FoundEntry,
  said: ReviewArgs,
): Promise<{ readonly texts: ReviewTexts; readonly remarks: readonly string[] }> {
  if (said.seen === undefined) {
    const { rating, score, mitigation, proximity, owner, date, review } = said
    return { texts: { rating, score, mitigation, proximity, owner, date, review }, remarks: [] }
  }
  const fields = await reviewFields(context, found)
  const values = parseWith(z.record(z.string(), z.string()), filledFields(said))
  const plan = await planEdits(fields, values, () => lastReview(context, found.entry))
  return {
    texts: Object.fromEntries(plan.edits.map(({ field, typed }) => [field.id, typed])),
    remarks: plan.remarks,
  }
}

const filledFields = (said: ReviewArgs) =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => typeof value === 'string'))

async function lastReview({ tx }: QueryContext, { reviews }: Entry): Promise<string | undefined> {
  const last = reviews.at(-1)
  return last && authorName(await namesOf(tx, last.byId ? [last.byId] : []), last.byId)
}

const formValues = z.looseObject({
  entry: z.string().optional(),
  kind: z.string().toLowerCase().pipe(z.enum(reviewedKinds)).optional().catch(undefined),
  number: z.string().optional(),
  mitigation: z.string().catch(''),
  proximity: z.string().catch(''),
  reason: z.string().catch(''),
})

const reasonInput: EditField = { id: 'reason', label: 'Why?', kind: 'long', present: '' }

async function reviewForm(context: QueryContext, filled: FormState) {
  const { entry: id, kind, number, ...values } = parseWith(formValues, filled.values)
  const found = await entryToReview(context, { entry: id, kind, number })
  const { entry, programme } = found
  const subject = { programmeId: programme.id, project: entry.project }
  const written = [values.mitigation, values.proximity, values.reason]
  return editForm(
    {
      heading: `Review ${entryName(entry).toLowerCase()}`,
      about: entry.project ? `${entryTitle(entry)}. ${entry.text}` : entry.text,
      ...{ button: 'Save', verb: 'review', data: { entry: entry.id } },
      question: await safeguardingQuestion(context, subject, written),
    },
    [...(await reviewFields(context, found)), reasonInput],
    filled,
  )
}
