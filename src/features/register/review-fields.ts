import type { QueryContext } from '../../chat/commands.ts'
import type { EditField } from '../../chat/edit-form.ts'
import { namesOf } from '../../domain/people/names.ts'
import { reviewedFieldsOf } from '../../domain/register/as-at.ts'
import type { EntryKind } from '../../domain/register/entry.ts'
import { ownersOf } from '../../domain/register/format.ts'
import type { FoundEntry } from '../../domain/register/lookup.ts'
import { inputsOf, type ReviewInput } from '../../domain/register/review-rules.ts'
import { formatState, schemeOf } from '../../domain/scheme/schemes.ts'

/** The inputs of the form that reviews an entry, with what is saved at present. */
export async function reviewFields(
  { tx }: QueryContext,
  { entry, programme }: FoundEntry,
): Promise<EditField[]> {
  const names = await namesOf(tx, ownersOf([entry]))
  const { states } = schemeOf(programme.settings)
  const { mitigation, state, score, proximity, neededBy, ownerId, reviewOn } =
    reviewedFieldsOf(entry)
  const isOfScale = states.some(({ key }) => key === state)
  const fields: Readonly<Record<ReviewInput, Omit<EditField, 'id'>>> = {
    rating: {
      ...{ label: 'How bad is it?', kind: 'choice', present: isOfScale ? (state ?? '') : '' },
      choices: states.map((one) => ({ title: formatState(one), value: one.key })),
    },
    score: {
      ...{ label: 'Or likelihood × impact, 1 to 5 each', kind: 'text', hint: '4x5' },
      present: score ? `${score.likelihood}x${score.impact}` : '',
    },
    mitigation: { label: mitigationLabel(entry.kind), kind: 'long', present: mitigation ?? '' },
    proximity: {
      ...{ label: 'When may it come?', kind: 'text', present: proximity ?? '' },
      hint: 'within three months',
    },
    owner: {
      ...{ label: 'Whose is it? Their name', kind: 'text' },
      present: (ownerId && names.get(ownerId)) || '',
    },
    date: {
      label: entry.kind === 'action' ? 'By when?' : 'By when is it needed?',
      ...{ kind: 'date', present: neededBy ?? '' },
    },
    review: { label: 'When is it looked at again?', kind: 'date', present: reviewOn ?? '' },
  }
  return inputsOf(entry).map((id) => ({ id, ...fields[id] }))
}

/** How people are asked what is done: of a risk against it, of an issue about it. */
export const mitigationLabel = (kind: EntryKind) =>
  kind === 'issue' ? 'What is done about it?' : 'What is done against it?'
