import type { AdaptiveCard } from './cards.ts'
import { withNoticeLine } from './notice-line.ts'

/** The line above a message that may have been posted before. */
export const duplicateNotice = 'In case you missed it:'

/** The card as it is sent a second time, where the platform cannot tell whether the first one was posted. */
export function withDuplicateNotice(card: AdaptiveCard): AdaptiveCard {
  return withNoticeLine(card, duplicateNotice)
}
