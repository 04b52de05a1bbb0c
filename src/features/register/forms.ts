import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import type { Card } from '../../chat/cards.ts'
import type { Context, Filled } from '../../chat/commands.ts'
import { childQuestion } from '../../domain/checks/safeguarding-guard.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'
import { type Entry, type Kind, kinds } from '../../domain/register/entry.ts'
import { adding, detailsOf, nameOf, titleOf } from '../../domain/register/format.ts'
import { entryToClose, programmesToAddTo } from '../../domain/register/lookup.ts'
import {
  type Scheme,
  type State,
  schemeOf,
  shown,
  stateNamed,
} from '../../domain/scheme/schemes.ts'
import { registerCloseFormCard, registerFormCard } from './cards.ts'

const text = z.string().catch('')
const addValues = z.object({
  programme: text,
  project: text,
  text,
  rating: text,
  mitigation: text,
  whom: text,
  date: text,
  body: text,
  fine: text,
})

const labels: Readonly<Record<Kind, { text: string; project: string }>> = {
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
export function addForm(kind: Kind) {
  return async (context: Context, filled: Filled): Promise<Card> => {
    const { tx, actor, today } = context
    const { fine, ...values } = addValues.parse(filled.values)
    const programmes = await programmesToAddTo(tx, actor, kind)
    if (programmes.length === 0) {
      throw new Refusal(
        `Thank you, but a ${kind} is added by ${kind === 'headline' ? '' : 'leads of projects, '}leads of workstreams and the programme office. Nothing was stored.`,
      )
    }
    const schemes = programmes.map(({ settings }) => schemeOf(settings))
    const { text: textLabel, project: projectLabel } = labels[kind]
    const meant = programmes.find(({ id }) => id === values.programme) ?? programmes[0]
    const words = [values.text, values.mitigation]
    const question = meant
      ? await childQuestion(context, { programmeId: meant.id, project: null }, words)
      : ''
    return registerFormCard({
      kind,
      heading: adding[kind],
      textLabel,
      projectLabel,
      programmes: programmes.map(({ id, key }) => ({ title: key, value: id })),
      states: statesOf(schemes).map((state) => ({ title: shown(state), value: state.key })),
      values: {
        ...values,
        rating: schemes.flatMap((scheme) => stateNamed(scheme, values.rating)?.key ?? [])[0] ?? '',
        // A date picker takes a full date only; what was typed in words stands again if it can be read.
        date: readDate(values.date, today) ?? '',
      },
      problems: Object.values(filled.problems).filter((problem) => problem !== question),
      child: { question, fine },
    })
  }
}

/** Of several programmes the form offers what any of them rates by; storing asks about what does not fit. */
function statesOf(schemes: readonly Scheme[]): State[] {
  const states = schemes.flatMap((scheme) => scheme.states)
  return [...new Map(states.map((state) => [state.key, state])).values()]
}

const outcomeLabels: Readonly<Record<Kind, string>> = {
  risk: 'Why is it no longer a risk? (optional)',
  decision: 'What was decided, and by whom?',
  dependency: 'What became of it? (optional)',
  headline: 'Why does it go? (optional)',
}

const closeValues = z.object({ entry: text, kind: text, number: text, outcome: text, fine: text })

/** What names an entry in a button, a form or words. */
export function namedBy(values: {
  readonly entry?: string | undefined
  readonly kind?: Kind | undefined
  readonly number?: string | undefined
}) {
  return { kind: values.kind, number: values.entry || values.number || '' }
}

const kindNamed = z.enum(kinds).optional().catch(undefined)

/** The form that closes an entry, which stands in it whole. */
export async function closeForm(context: Context, filled: Filled): Promise<Card> {
  const values = closeValues.parse(filled.values)
  const kind = kindNamed.parse(values.kind.toLowerCase())
  const { entry, programme } = await entryToClose(context, namedBy({ ...values, kind }))
  assertOpen(entry)
  const subject = { programmeId: programme.id, project: entry.project }
  const question = await childQuestion(context, subject, [values.outcome])
  return registerCloseFormCard({
    entry: entry.id,
    heading: `Close ${nameOf(entry).toLowerCase()}`,
    title: titleOf(entry),
    text: entry.text,
    lines: detailsOf(entry, context.today, schemeOf(programme.settings)),
    label: outcomeLabels[entry.kind],
    outcome: values.outcome,
    problems: Object.values(filled.problems).filter((problem) => problem !== question),
    child: { question, fine: values.fine },
  })
}

/** @throws Refusal */
export function assertOpen({ closing, ...entry }: Entry): void {
  if (!closing) return
  throw new Refusal(`${nameOf(entry)} is closed already. Nothing was changed.`)
}
