import { z } from 'zod'
import type { AdaptiveCard, AdaptiveElement } from './cards.ts'

/**
 * A form that is shown again after a refusal says what is wrong. A card shows a problem where it fits, in an element with
 * the id `problem-<input id>`; the platform adds whatever problem has no such element.
 */

/** A problem in the data of a card that lists its problems in one place. */
export const formProblemSchema = z.object({ id: z.string(), text: z.string() })
export type FormProblem = z.infer<typeof formProblemSchema>

/** The input that answers a safeguarding question. Forms show the question above it, so their lists leave it out. */
const safeguardingInput = 'fine'

/** The problems, by input id, as a card lists them. */
export function listProblems(problems: Readonly<Record<string, string>>): FormProblem[] {
  return Object.entries(problems)
    .filter(([id]) => id !== safeguardingInput)
    .map(([id, text]) => ({ id, text }))
}

/** The problems, by input id, that the card does not show itself. */
export function unshownProblems(
  card: AdaptiveCard,
  problems: Readonly<Record<string, string>>,
): FormProblem[] {
  const ids = idsIn(card.body)
  return Object.entries(problems)
    .filter(([id, text]) => text !== '' && !ids.has(elementId(id)))
    .map(([id, text]) => ({ id, text }))
}

/** A RichTextBlock, because a TextBlock would read what a person typed as Markdown. */
export function problemElement({ id, text }: FormProblem): AdaptiveElement {
  const inlines = [{ type: 'TextRun', text: `⚠ ${text}`, color: 'Attention' }]
  return { type: 'RichTextBlock', id: elementId(id), inlines }
}

function elementId(inputId: string): string {
  return `problem-${inputId}`
}

/** Every id within a part of a card. */
function idsIn(part: unknown): Set<string> {
  if (typeof part !== 'object' || part === null) return new Set()
  const own = 'id' in part && typeof part.id === 'string' ? [part.id] : []
  return new Set([...own, ...Object.values(part).flatMap((each) => [...idsIn(each)])])
}
