import { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import type { Card } from './cards.ts'
import type { Command, CommandContext } from './commands.ts'
import { type Button, buttonsIn, mapButtons } from './data-buttons.ts'

// The answer of a query stands until somebody presses a button in it. Then it shows what is true now: no message of the
// outbox holds it, so its buttons name the query and what it was asked.

const shownKey = 'shown'
const queryArgs = z.record(z.string(), z.union([z.string(), z.number()]))
/** As one text, as every argument of a button is. */
const shownSchema = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue('it is no JSON')
      return z.NEVER
    }
  })
  .pipe(z.object({ query: z.string(), args: queryArgs }))

/** Slack's buttons hold 2,000 characters. An answer to more words than that is not drawn anew. */
const maxShownLength = 300

/** The answer of a query, with its buttons naming it where it says that it is drawn anew. */
export function withQueryNamed(
  { name, isRedrawn }: Command,
  raw: Readonly<Record<string, unknown>>,
  card: Card,
): Card {
  const args = queryArgs.safeParse(raw).data
  const shown = JSON.stringify({ query: name, args })
  if (!isRedrawn || !args || shown.length > maxShownLength) return card
  const named = ({ data, ...button }: Button) =>
    button.verb.endsWith(':form') ? { ...button, data } : { ...button, data: { ...data, shown } }
  return { ...card, data: mapButtons(card.data, named) }
}

/** Whether the button that was pressed stands in the answer of a query. */
export const namesQuery = (raw: Readonly<Record<string, unknown>>): boolean => shownKey in raw

/**
 * The answer in which a button was pressed, as it looks now, with what was done on top; undefined where the button stands
 * in none, or it cannot be answered any more.
 */
export async function redrawAnswer(
  commands: readonly Command[],
  context: CommandContext,
  raw: Readonly<Record<string, unknown>>,
  done: { readonly note: string; readonly answer: Card },
): Promise<Card | undefined> {
  const shown = shownSchema.safeParse(raw[shownKey]).data
  const query = commands.find(({ name }) => name === shown?.query)
  if (!shown || !query?.isRedrawn) return undefined
  try {
    const { card } = await query.run(context, shown.args)
    const undo = buttonsIn(done.answer.data).some(({ verb }) => verb === 'undo')
    const remarks = [done.note, ...(undo ? [`To take it back: ${context.prefix} undo`] : [])]
    return { ...withQueryNamed(query, shown.args, card), remarks }
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
