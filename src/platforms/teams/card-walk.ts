import type { AdaptiveCard } from '../../chat/cards.ts'

/** An element, an action or an input of a card. */
export type CardPart = Readonly<Record<string, unknown>>

/**
 * Replaces every part of a card, innermost first, by the parts that `change` returns for it. A part that is not in a
 * list (a selectAction, the card of an Action.ShowCard) is replaced by the first of them. Does not look into the data
 * of actions.
 */
export function mapCardParts(
  card: AdaptiveCard,
  change: (part: CardPart) => readonly CardPart[],
): AdaptiveCard {
  return mapChildren(card, change) as AdaptiveCard
}

/** Every part of a card, outermost first. */
export function partsOf(card: AdaptiveCard): readonly CardPart[] {
  const parts: CardPart[] = []
  mapCardParts(card, (part) => {
    parts.push(part)
    return [part]
  })
  return parts
}

export function isInput(part: CardPart): part is CardPart & { readonly id: string } {
  return String(part.type).startsWith('Input.') && typeof part.id === 'string'
}

/** Whether pressing it sends an activity to Milepost. */
export function isBotAction(part: CardPart): boolean {
  return part.type === 'Action.Execute' || part.type === 'Action.Submit'
}

function mapChildren(part: CardPart, change: (part: CardPart) => readonly CardPart[]): CardPart {
  const entries = Object.entries(part).map(([name, value]): [string, unknown] => {
    if (name === 'data') return [name, value]
    if (Array.isArray(value)) return [name, value.flatMap((item) => mapValue(item, change))]
    return [name, mapValue(value, change)[0]]
  })
  return Object.fromEntries(entries)
}

function mapValue(
  value: unknown,
  change: (part: CardPart) => readonly CardPart[],
): readonly unknown[] {
  if (!isPart(value)) return [value]
  return change(mapChildren(value, change))
}

function isPart(value: unknown): value is CardPart {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
