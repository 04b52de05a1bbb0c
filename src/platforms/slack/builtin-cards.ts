import { parseCard } from '../../chat/card-schema.ts'
import type { AdaptiveAction, AdaptiveCard, AdaptiveElement } from '../../chat/cards.ts'
import { problemElement, unshownProblems } from '../../chat/form-problems.ts'
import { submitActionOf } from './converter/modal.ts'

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

/** A button that opens the form: a modal needs a trigger_id, which a press gives and which lasts three seconds. */
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
