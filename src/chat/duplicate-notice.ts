import type { AdaptiveCard } from './cards.ts'

/** Said above a message that may stand there already. */
export const duplicateNotice = 'In case you missed it:'

/** A card as it is sent a second time, where nobody can look whether the first stands there. */
export function withDuplicateNotice(card: AdaptiveCard): AdaptiveCard {
  const line = { type: 'TextBlock', text: duplicateNotice, wrap: true, isSubtle: true }
  return {
    ...card,
    fallbackText: `${duplicateNotice} ${card.fallbackText}`,
    body: [line, ...card.body],
  }
}
