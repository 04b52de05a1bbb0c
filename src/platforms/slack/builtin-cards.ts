import { readSubset } from '../../chat/card-schema.ts'
import type { AdaptiveAction, AdaptiveCard, AdaptiveElement } from '../../chat/cards.ts'
import { plainText } from '../../chat/plain-text.ts'
import { submitOf } from './converter/modal.ts'

/** The few cards that Slack's ways ask for: waiting, opening a form that could not open by itself. */

/** One sentence, which may hold what people wrote. */
export function sentence(text: string, actions: readonly AdaptiveAction[] = []): AdaptiveCard {
  return { type: 'AdaptiveCard', version: '1.5', fallbackText: text, body: [words(text)], actions }
}

/** A button that opens this form: a modal needs a press of three seconds ago at most. */
export function opener(form: AdaptiveCard, problems: readonly string[] = []): AdaptiveCard {
  const submit = submitOf(readSubset(form))
  const open = {
    type: 'Action.Execute',
    title: 'Open the form',
    style: 'positive',
    verb: `${submit?.verb}:form`,
    data: submit?.data ?? {},
  }
  return sentence([...problems, form.fallbackText].join('\n'), submit ? [open] : [])
}

/** The form with what is to be mended at its top, as far as the form does not say it itself. */
export function withProblems(form: AdaptiveCard, problems: readonly string[]): AdaptiveCard {
  if (problems.length === 0) return form
  const said = plainText(form)
  const unsaid = problems.filter((problem) => !said.includes(problem))
  return { ...form, body: [...unsaid.map((problem) => words(`⚠ ${problem}`)), ...form.body] }
}

function words(text: string): AdaptiveElement {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] }
}
