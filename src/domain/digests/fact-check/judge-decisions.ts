import type { ClaimOf } from './claims.ts'
import type { DigestFacts } from './facts.ts'

/** Why what is said of decisions is not so, in a sentence; null where it is so: none that was asked for is lost. */
export function decisionsFault(
  { needed, ofOthers, decided }: ClaimOf<'decisions'>,
  { decisions, decisionsOfOthers, askedBefore }: DigestFacts,
): string | null {
  const isSame = needed.length === decisions.length && decisions.every((id) => needed.includes(id))
  if (!isSame) return `${decisions.length} are needed, and it lists ${needed.length}.`
  const isOthersSame =
    ofOthers.length === decisionsOfOthers.length &&
    decisionsOfOthers.every((id) => ofOthers.includes(id))
  if (!isOthersSame) {
    return `Asked of others are ${decisionsOfOthers.length}, and it calls ${ofOthers.length} so.`
  }
  const open = decided.filter((id) => decisions.includes(id))
  if (open.length > 0) return `${open.length} of those that it calls decided are still needed.`
  const lost = askedBefore.filter((id) => !needed.includes(id) && !decided.includes(id))
  return lost.length === 0
    ? null
    : `${lost.length} that the last digest asked for were decided, and it does not say how.`
}
