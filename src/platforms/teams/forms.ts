import { z } from 'zod'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { problemElement, unshownProblems } from '../../chat/form-problems.ts'
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

/** The form with the problems, by input id, that it does not show itself: under their inputs, or else at its top. */
export function withProblems(
  card: AdaptiveCard,
  problems: Readonly<Record<string, string>>,
): AdaptiveCard {
  const unshown = new Map(unshownProblems(card, problems).map((problem) => [problem.id, problem]))
  const placed = new Set<string>()
  const withPlaced = mapCardParts(card, (part) => {
    const problem = isInput(part) ? unshown.get(part.id) : undefined
    if (!problem) return [part]
    placed.add(problem.id)
    return [part, { ...problemElement(problem) }]
  })
  const others = [...unshown.values()].filter(({ id }) => !placed.has(id))
  return { ...withPlaced, body: [...others.map(problemElement), ...withPlaced.body] }
}

function recordOrEmpty(value: unknown): Readonly<Record<string, unknown>> {
  const read = z.record(z.string(), z.unknown()).safeParse(value)
  return read.success ? read.data : {}
}
