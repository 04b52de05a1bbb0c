import { z } from 'zod'
import { parseCard } from '../../chat/card-schema.ts'
import type { AdaptiveAction, AdaptiveCard, AdaptiveElement } from '../../chat/cards.ts'
import { problemElement, unshownProblems } from '../../chat/form-problems.ts'
import { submitActionOf } from './converter/modal.ts'

const filledInput = z.object({
  type: z.string().startsWith('Input.'),
  id: z.string(),
  value: z.string().min(1),
})

/** Cards that only Slack needs: a plain sentence, and a button for a form that could not open by itself. */

/** One sentence. It may contain text that people wrote, so it is never parsed. */
export function sentenceCard(text: string, actions: readonly AdaptiveAction[] = []): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: text,
    body: [richTextBlock(text)],
    actions,
  }
}

/** Of JSON: Slack's buttons take 2,000 characters. */
const maxButtonDataLength = 1900
/** Longer values than this leave a button that is too big, and are shown in the card to be copied. */
const maxButtonValueLength = 100

/**
 * A button that opens the form with what it holds: a modal needs a trigger_id, which a press gives and which lasts three
 * seconds. What a button cannot carry is shown to be copied.
 */
export function openFormCard(form: AdaptiveCard, problems: readonly string[] = []): AdaptiveCard {
  const submit = submitActionOf(parseCard(form))
  const filled = { ...submit?.data, ...inputValues(form.body) }
  const isLong = JSON.stringify(filled).length > maxButtonDataLength
  const [short, long] = isLong ? splitByLength(filled) : [filled, []]
  const open = {
    type: 'Action.Execute',
    title: 'Open the form',
    style: 'positive',
    verb: `${submit?.verb}:form`,
    data: short,
  }
  const copied =
    long.length > 0 ? ['To copy into the form, this is what you wrote:', ...long.map(String)] : []
  const card = sentenceCard([...problems, form.fallbackText].join('\n'), submit ? [open] : [])
  return { ...card, body: [...card.body, ...copied.map(richTextBlock)] }
}

/** What the inputs of a form hold, by their ids. */
function inputValues(part: unknown): Record<string, unknown> {
  if (typeof part !== 'object' || part === null) return {}
  const input = filledInput.safeParse(part).data
  if (input) return { [input.id]: input.value }
  return Object.assign({}, ...Object.values(part).map(inputValues))
}

function splitByLength(
  values: Readonly<Record<string, unknown>>,
): readonly [Record<string, unknown>, readonly unknown[]] {
  const isShort = ([, value]: readonly [string, unknown]) =>
    JSON.stringify(value).length <= maxButtonValueLength
  const entries = Object.entries(values)
  return [
    Object.fromEntries(entries.filter(isShort)),
    entries.filter((entry) => !isShort(entry)).map(([, value]) => value),
  ]
}

/** Adds the problems, keyed by input id, that the form does not show yet, at its top. */
export function withProblems(
  form: AdaptiveCard,
  problems: Readonly<Record<string, string>>,
): AdaptiveCard {
  return { ...form, body: [...unshownProblems(form, problems).map(problemElement), ...form.body] }
}

function richTextBlock(text: string): AdaptiveElement {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] }
}
