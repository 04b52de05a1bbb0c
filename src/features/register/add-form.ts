import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import type { Card } from '../../chat/cards.ts'
import type { FormState, QueryContext } from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { listProblems } from '../../chat/form-problems.ts'
import { safeguardingQuestion } from '../../domain/checks/safeguarding-guard.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'
import type { EntryKind } from '../../domain/register/entry.ts'
import { addTitles } from '../../domain/register/format.ts'
import { addableProgrammes } from '../../domain/register/lookup.ts'
import { parseScore } from '../../domain/register/risk-score.ts'
import {
  formatState,
  parseState,
  type Scheme,
  type State,
  schemeOf,
} from '../../domain/scheme/schemes.ts'
import { registerFormCard } from './cards.ts'
import { entryFields } from './entry-fields.ts'
import { mitigationLabel } from './review-fields.ts'

const textInput = z.string().catch('')
const addFormValues = z.object(entryFields(textInput))

const fieldLabels: Readonly<Record<EntryKind, { text: string; project: string }>> = {
  risk: {
    text: 'What may go wrong?',
    project: 'Which project? Its number; empty for the whole programme',
  },
  issue: {
    text: 'What has gone wrong?',
    project: 'Which project? Its number; empty for the whole programme',
  },
  action: {
    text: 'What is to be done?',
    project: 'For which project? Its number; empty for the whole programme',
  },
  decision: {
    text: 'What is to be decided?',
    project: 'For which project? Its number; empty for the whole programme',
  },
  dependency: {
    text: 'Why does it wait?',
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
        `Thank you, but ${anyOf(kind)} is added by ${kind === 'headline' ? '' : 'leads of projects, '}leads of workstreams and the programme office. Nothing was saved.`,
      )
    }
    const schemes = programmes.map(({ settings }) => schemeOf(settings))
    const { text: textLabel, project: projectLabel } = fieldLabels[kind]
    const meant = programmes.find(({ id }) => id === values.programme) ?? programmes[0]
    const words = [values.text, values.mitigation, values.proximity]
    const question = meant
      ? await safeguardingQuestion(context, { programmeId: meant.id, project: null }, words)
      : ''
    return registerFormCard({
      kind,
      heading: addTitles[kind],
      textLabel,
      projectLabel,
      mitigationLabel: mitigationLabel(kind),
      dateLabel: kind === 'action' ? 'By when?' : 'By when is it needed?',
      programmes: programmes.map(({ id, key }) => ({ title: key, value: id })),
      states: statesOf(schemes).map((state) => ({ title: formatState(state), value: state.key })),
      values: {
        ...values,
        rating: schemes.flatMap((scheme) => parseState(scheme, values.rating)?.key ?? [])[0] ?? '',
        // "risk 4x5 2.1 …": the rating that was typed may be a score.
        score: values.score || (parseScore(values.rating) ? values.rating : ''),
        // A date picker takes a full date only; what was typed in words stands again if it can be read.
        date: readDate(values.date, today) ?? '',
        review: readDate(values.review, today) ?? '',
      },
      problems: listProblems(filled.problems),
      child: { question, fine },
    })
  }
}

/** 'a risk', 'an action'. */
const anyOf = (kind: EntryKind) => `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`

/** Of several programmes the form offers what any of them rates by; storing asks about what does not fit. */
function statesOf(schemes: readonly Scheme[]): State[] {
  const states = schemes.flatMap((scheme) => scheme.states)
  return [...new Map(states.map((state) => [state.key, state])).values()]
}
