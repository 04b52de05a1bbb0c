import type { AdaptiveCard } from '../../chat/cards.ts'

/** A part of a card: an element, an action, an input. */
export type Part = Readonly<Record<string, unknown>>

/**
 * The card with every part changed: `change` says by what (or by what row of parts) each is replaced, innermost
 * first. What stands alone rather than in a row (a selectAction, the card of an Action.ShowCard) is replaced by one.
 * An action's data are its own affair and are not looked into.
 */
export function changed(card: AdaptiveCard, change: (part: Part) => readonly Part[]): AdaptiveCard {
  return within(card, change) as AdaptiveCard
}

/** Every part of a card, outermost first. */
export function partsOf(card: AdaptiveCard): readonly Part[] {
  const parts: Part[] = []
  changed(card, (part) => {
    parts.push(part)
    return [part]
  })
  return parts
}

export function isInput(part: Part): part is Part & { readonly id: string } {
  return String(part.type).startsWith('Input.') && typeof part.id === 'string'
}

/** Whether pressing it reaches Milepost. */
export function isCall(part: Part): boolean {
  return part.type === 'Action.Execute' || part.type === 'Action.Submit'
}

function within(part: Part, change: (part: Part) => readonly Part[]): Part {
  const entries = Object.entries(part).map(([name, value]): [string, unknown] => {
    if (name === 'data') return [name, value]
    if (Array.isArray(value)) return [name, value.flatMap((one) => replaced(one, change))]
    return [name, replaced(value, change)[0]]
  })
  return Object.fromEntries(entries)
}

function replaced(value: unknown, change: (part: Part) => readonly Part[]): readonly unknown[] {
  if (!isPart(value)) return [value]
  return change(within(value, change))
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
