import { parseCard } from '../../chat/card-schema.ts'
import type { AdaptiveAction, AdaptiveCard, AdaptiveElement } from '../../chat/cards.ts'
import { problemElement, unshownProblems } from '../../chat/form-problems.ts'
import { submitActionOf } from './converter/modal.ts'

/** The few cards that Slack's ways ask for: waiting, opening a form that could not open by itself. */

/** One sentence, which may hold what people wrote. */
export function sentenceCard(text: string, actions: readonly AdaptiveAction[] = []): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: text,
    body: [richTextBlock(text)],
    actions,
  }
}

/** A button that opens this form: a modal needs a press of three seconds ago at most. */
export function openFormCard(form: AdaptiveCard, problems: readonly string[] = []): AdaptiveCard {
  const submit = submitActionOf(parseCard(form))
  const open = {
    type: 'Action.Execute',
    title: 'Open the form',
    style: 'positive',
    verb: `${submit?.verb}:form`,
    data: submit?.data ?? {},
  }
  return sentenceCard([...problems, form.fallbackText].join('\n'), submit ? [open] : [])
}

/** The form with the problems, by input id, that it does not show itself: at its top. */
export function withProblems(
  form: AdaptiveCard,
  problems: Readonly<Record<string, string>>,
): AdaptiveCard {
  return { ...form, body: [...unshownProblems(form, problems).map(problemElement), ...form.body] }
}

function richTextBlock(text: string): AdaptiveElement {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] }
}
