import { fold } from '../../base/text.ts'

/** When a text of a sheet is one of the plan in other words. */

/** The share of common words from which one text counts as the other, reworded. */
export const titleSimilarity = 0.6
/** The same for milestones, which are shorter. */
const milestoneSimilarity = 0.75

type TextKind = 'title' | 'milestone'

/** The one among `others` that `text` rewords most nearly; undefined where none is near enough. */
export function mostAlike<One>(
  text: string,
  others: readonly One[],
  textOf: (one: One) => string,
  kind: TextKind,
): One | undefined {
  return allAlike(text, others, textOf, kind)[0]?.one
}

/**
 * All among `others` that are near enough to be `text`, reworded, with the share of words in common; the most alike
 * first. Figures must be the same in both.
 */
export function allAlike<One>(
  text: string,
  others: readonly One[],
  textOf: (one: One) => string,
  kind: TextKind,
): { readonly one: One; readonly share: number }[] {
  const least = kind === 'title' ? titleSimilarity : milestoneSimilarity
  return others
    .filter((one) => figuresOf(textOf(one)) === figuresOf(text))
    .map((one) => ({ one, share: wordSimilarity(text, textOf(one)) }))
    .filter(({ share }) => share >= least)
    .toSorted((a, b) => b.share - a.share)
}

/** The share of words that two texts have in common, 0 to 1; 1 where only hyphens, spaces and marks differ. */
export function wordSimilarity(a: string, b: string): number {
  if (lettersOf(a) === lettersOf(b)) return lettersOf(a) === '' ? 0 : 1
  const [first, second] = [a, b].map((text) => new Set(fold(text).match(/[\p{L}\p{N}]+/gu) ?? []))
  if (!first || !second || first.size + second.size === 0) return 0
  const common = [...first].filter((word) => second.has(word)).length
  return common / (first.size + second.size - common)
}

/** "Phase 1" is not Phase 2, however alike they read. */
const figuresOf = (text: string): string => (text.match(/\d+/g) ?? []).join()

const lettersOf = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '')
