import { z } from 'zod'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { type CardPart, isBotAction, isInput, mapCardParts, partsOf } from './card-walk.ts'

/**
 * How a form stands before a person: as a message of its own, or as one person's view of another message (Teams
 * shows the answer to a press to the person who pressed, and to nobody else).
 */
export type FormPlacement = 'message' | 'view'

/** Written into the data of each button of a form, because Teams tells neither that it is one nor its inputs' kinds. */
const FORM_STAMP_KEY = '__form'

const formStamp = z.object({
  standing: z.enum(['message', 'view']),
  /** The inputs that this button submits, where it submits any: those for words and those for lists of choices. */
  submits: z.object({ words: z.array(z.string()), lists: z.array(z.string()) }).optional(),
})

/** The card as it is sent where it is a form: each button knows it. A card without inputs is left as it is. */
export function stampForm(card: AdaptiveCard, standing: FormPlacement): AdaptiveCard {
  const inputs = partsOf(card).filter(isInput)
  if (inputs.length === 0) return card
  const idsOf = (kind: (input: CardPart) => boolean) => inputs.filter(kind).map(({ id }) => id)
  const submits = {
    words: idsOf(({ type }) => type === 'Input.Text'),
    lists: idsOf(({ type, isMultiSelect }) => type === 'Input.ChoiceSet' && isMultiSelect === true),
  }
  return mapCardParts(card, (part) => {
    if (!isBotAction(part)) return [part]
    const own = part.associatedInputs === 'none' ? { standing } : { standing, submits }
    return [{ ...part, data: { ...recordOrEmpty(part.data), [FORM_STAMP_KEY]: own } }]
  })
}

/** What a pressed button said: its arguments, with what was filled in where it submits a form. */
export interface ActionData {
  readonly by: 'button' | 'form'
  readonly args: Readonly<Record<string, unknown>>
  /** Where it stands in a form. */
  readonly placement: FormPlacement | undefined
}

/**
 * Reads the data of a press. Teams joins a list of choices by commas and leaves out what is empty; this gives
 * string[] for the one, '' for words that were not written, and nothing for a day or choice that was not made
 * (adaptive-cards/README.md, Inputs).
 */
export function parseActionData(data: unknown): ActionData {
  const { [FORM_STAMP_KEY]: stamped, ...args } = recordOrEmpty(data)
  const read = formStamp.safeParse(stamped)
  if (!read.success) return { by: 'button', args, placement: undefined }
  const { standing, submits } = read.data
  if (!submits) return { by: 'button', args, placement: standing }
  const filled = Object.entries(args).filter(([, value]) => value !== '')
  const words = submits.words.map((id) => [id, args[id] ?? ''])
  const lists = submits.lists.map((id) => [id, listOf(args[id])])
  return {
    by: 'form',
    args: Object.fromEntries([...filled, ...words, ...lists]),
    placement: standing,
  }
}

function listOf(value: unknown): string[] {
  return typeof value === 'string' ? value.split(',').filter((one) => one !== '') : []
}

/** The form with what is to be mended said under each input, unless the card says so already. */
export function withProblems(
  card: AdaptiveCard,
  problems: Readonly<Record<string, string>>,
): AdaptiveCard {
  const said = partsOf(card).map(({ text }) => String(text ?? ''))
  const missing = Object.entries(problems).filter(
    ([, words]) => !said.some((text) => text.includes(words)),
  )
  const placed = new Set<string>()
  const shown = mapCardParts(card, (part) => {
    const words = isInput(part) && missing.find(([id]) => id === part.id)?.[1]
    if (!words) return [part]
    placed.add(String(part.id))
    return [part, problemBlock(words)]
  })
  const homeless = missing.filter(([id]) => !placed.has(id)).map(([, words]) => problemBlock(words))
  return { ...shown, body: [...homeless, ...shown.body] }
}

/** A RichTextBlock, because a TextBlock would read what a person typed as Markdown. */
function problemBlock(words: string) {
  const inlines = [{ type: 'TextRun', text: `⚠ ${words}`, color: 'Attention' }]
  return { type: 'RichTextBlock', inlines }
}

function recordOrEmpty(value: unknown): Readonly<Record<string, unknown>> {
  const read = z.record(z.string(), z.unknown()).safeParse(value)
  return read.success ? read.data : {}
}
