import { z } from 'zod'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { problemElement, unshownProblems } from '../../chat/form-problems.ts'
import { type CardPart, isBotAction, isInput, mapCardParts, partsOf } from './card-walk.ts'

/**
 * How a form is shown: as a message of its own, or as one person's view of another message (Teams shows the response to
 * a button press only to the person who pressed).
 */
export type FormPlacement = 'message' | 'view'

/** Added to the data of each button in a form: Teams tells neither that a card is a form nor which inputs it has. */
const FORM_STAMP_KEY = '__form'

const formStamp = z.object({
  standing: z.enum(['message', 'view']),
  /** The ids of the text inputs and of the multi-select inputs, if this button submits inputs. */
  submits: z.object({ words: z.array(z.string()), lists: z.array(z.string()) }).optional(),
})

/** Stamps each button of a form with its placement and inputs. A card without inputs is returned unchanged. */
export function stampForm(card: AdaptiveCard, placement: FormPlacement): AdaptiveCard {
  const inputs = partsOf(card).filter(isInput)
  if (inputs.length === 0) return card
  const idsOf = (kind: (input: CardPart) => boolean) => inputs.filter(kind).map(({ id }) => id)
  const submits = {
    words: idsOf(({ type }) => type === 'Input.Text'),
    lists: idsOf(({ type, isMultiSelect }) => type === 'Input.ChoiceSet' && isMultiSelect === true),
  }
  return mapCardParts(card, (part) => {
    if (!isBotAction(part)) return [part]
    const submitsInputs = part.associatedInputs !== 'none'
    const stamp: z.infer<typeof formStamp> = {
      standing: placement,
      ...(submitsInputs && { submits }),
    }
    return [{ ...part, data: { ...recordOrEmpty(part.data), [FORM_STAMP_KEY]: stamp } }]
  })
}

/** The data of a pressed button: its arguments, and the values of the inputs if it submits a form. */
export interface ActionData {
  readonly by: 'button' | 'form'
  readonly args: Readonly<Record<string, unknown>>
  /** Of the form that contains the button; undefined outside a form. */
  readonly placement: FormPlacement | undefined
}

/**
 * Parses the data of a button press. Teams joins several choices with commas and leaves out empty inputs; this returns
 * string[] for a multi-select, '' for an empty text, and leaves out a date or choice that was not made
 * (adaptive-cards/README.md, Inputs).
 */
export function parseActionData(data: unknown): ActionData {
  const { [FORM_STAMP_KEY]: stamp, ...args } = recordOrEmpty(data)
  const parsed = formStamp.safeParse(stamp)
  if (!parsed.success) return { by: 'button', args, placement: undefined }
  const { standing: placement, submits } = parsed.data
  if (!submits) return { by: 'button', args, placement }
  const filled = Object.entries(args).filter(([, value]) => value !== '')
  const words = submits.words.map((id) => [id, args[id] ?? ''])
  const lists = submits.lists.map((id) => [id, listOf(args[id])])
  return {
    by: 'form',
    args: Object.fromEntries([...filled, ...words, ...lists]),
    placement,
  }
}

function listOf(value: unknown): string[] {
  return typeof value === 'string' ? value.split(',').filter((choice) => choice !== '') : []
}

/** Adds the problems, keyed by input id, that the form does not show yet: under their inputs, or else at its top. */
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

const anyRecord = z.record(z.string(), z.unknown())

function recordOrEmpty(value: unknown): Readonly<Record<string, unknown>> {
  const read = anyRecord.safeParse(value)
  return read.success ? read.data : {}
}
