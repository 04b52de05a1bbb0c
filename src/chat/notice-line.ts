import type { AdaptiveCard } from './cards.ts'

/** The card with a line of our own text above it, which notifications and screen readers say as well. */
export function withNoticeLine(card: AdaptiveCard, text: string): AdaptiveCard {
  const line = { type: 'TextBlock', text, wrap: true, isSubtle: true }
  return { ...card, fallbackText: `${text} ${card.fallbackText}`, body: [line, ...card.body] }
}
