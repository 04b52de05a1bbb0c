import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import type { Card } from '../../chat/cards.ts'
import type { FormState, QueryContext } from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { listProblems } from '../../chat/form-problems.ts'
import { safeguardingQuestion } from '../../domain/checks/safeguarding-guard.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'
import { type EntryKind, entryKinds } from '../../domain/register/entry.ts'
import { addTitles, entryName, entryTitle, formatDetails } from '../../domain/register/format.ts'
import { addableProgrammes, assertOpen, entryToClose } from '../../domain/register/lookup.ts'
import {
  formatState,
  parseState,
  type Scheme,
  type State,
  schemeOf,
} from '../../domain/scheme/schemes.ts'
import { registerCloseFormCard, registerFormCard } from './cards.ts'
import { entryFields } from './entry-fields.ts'

const textInput = z.string().catch('')
const addFormValues = z.object(entryFields(textInput))

const fieldLabels: Readonly<Record<EntryKind, { text: string; project: string }>> = {
  risk: {
    text: 'What may go wrong?',
    project: 'Which project? Its number; empty for the whole programme',
  },
  decision: {
    text: 'What is to be decided?',
    project: 'For which project? Its number; empty for the whole programme',
  },
  dependency: {
    text: 'Why does it wait? (optional)',
    project: 'Which project waits? Its number',
  },
  headline: { text: 'The headline', project: '' },
}

/** The form that adds an entry of a kind, with what was typed already. */
export function addForm(kind: EntryKind) {
  return async (context: QueryContext, filled: FormState): Promise<Card> => {
    const { today } = context
    const { fine, ...values } = parseWith(addFormValues, filled.values)
    const programmes = await addableProgrammes(context, kind)
    if (programmes.length === 0) {
      throw new Refusal(
        `Thank you, but a ${kind} is added by ${kind === 'headline' ? '' : 'leads of projects, '}leads of workstreams and the programme office. Nothing was saved.`,
      )
    }
    const schemes = programmes.map(({ settings }) => schemeOf(settings))
    const { text: textLabel, project: projectLabel } = fieldLabels[kind]
    const meant = programmes.find(({ id }) => id === values.programme) ?? programmes[0]
    const words = [values.text, values.mitigation]
    const question = meant
      ? await safeguardingQuestion(context, { programmeId: meant.id, project: null }, words)
      : ''
    return registerFormCard({
      kind,
      heading: addTitles[kind],
      textLabel,
      projectLabel,
      programmes: programmes.map(({ id, key }) => ({ title: key, value: id })),
      states: statesOf(schemes).map((state) => ({ title: formatState(state), value: state.key })),
      values: {
        ...values,
        rating: schemes.flatMap((scheme) => parseState(scheme, values.rating)?.key ?? [])[0] ?? '',
        // A date picker takes a full date only; what was typed in words stands again if it can be read.
        date: readDate(values.date, today) ?? '',
      },
      problems: listProblems(filled.problems),
      child: { question, fine },
    })
  }
}

/** Of several programmes the form offers what any of them rates by; storing asks about what does not fit. */
function statesOf(schemes: readonly Scheme[]): State[] {
  const states = schemes.flatMap((scheme) => scheme.states)
  return [...new Map(states.map((state) => [state.key, state])).values()]
}

const outcomeLabels: Readonly<Record<EntryKind, string>> = {
  risk: 'Why is it no longer a risk? (optional)',
  decision: 'What was decided, and by whom?',
  dependency: 'What became of it? (optional)',
  headline: 'Why does it go? (optional)',
}

const closeFormValues = z.object({
  entry: textInput,
  kind: textInput,
  number: textInput,
  outcome: textInput,
  fine: textInput,
})

/** What names an entry in a button, a form or words. */
export function entryQueryOf(values: {
  readonly entry?: string | undefined
  readonly kind?: EntryKind | undefined
  readonly number?: string | undefined
}) {
  return { kind: values.kind, number: values.entry || values.number || '' }
}

const optionalKind = z.enum(entryKinds).optional().catch(undefined)

/** The form that closes an entry, which stands in it whole. */
export async function closeForm(context: QueryContext, filled: FormState): Promise<Card> {
  const values = parseWith(closeFormValues, filled.values)
  const kind = optionalKind.parse(values.kind.toLowerCase())
  const { entry, programme } = await entryToClose(context, entryQueryOf({ ...values, kind }))
  assertOpen(entry)
  const subject = { programmeId: programme.id, project: entry.project }
  const question = await safeguardingQuestion(context, subject, [values.outcome])
  return registerCloseFormCard({
    entry: entry.id,
    heading: `Close ${entryName(entry).toLowerCase()}`,
    title: entryTitle(entry),
    text: entry.text,
    lines: formatDetails(entry, context.today, schemeOf(programme.settings)),
    label: outcomeLabels[entry.kind],
    outcome: values.outcome,
    problems: listProblems(filled.problems),
    child: { question, fine: values.fine },
  })
}
