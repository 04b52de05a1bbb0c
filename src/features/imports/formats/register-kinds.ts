import { fold } from '../../../base/text.ts'
import type { SheetEntryKind } from '../parsed-plan.ts'

/** The words by which sheets say what kind of entry a row is. */

/** `unclear`: A and D each stand for two kinds in logs of risks, assumptions, issues and dependencies. */
export type KindWord = SheetEntryKind | 'assumption' | 'unclear'

const words: readonly (readonly [RegExp, KindWord])[] = [
  [/^(?:r|risks?|threat|opportunity)$/, 'risk'],
  [/^(?:i|issues?|problem)$/, 'issue'],
  [/^(?:actions?|action item)$/, 'action'],
  [/^(?:decisions?(?: needed| required)?)$/, 'decision'],
  [/^(?:dependenc(?:y|ies)|dep)$/, 'dependency'],
  [/^assumptions?$/, 'assumption'],
  [/^[ad]$/, 'unclear'],
]

export const kindOfWord = (text: string): KindWord | undefined =>
  words.find(([pattern]) => pattern.test(fold(text)))?.[1]

const nouns: readonly (readonly [RegExp, SheetEntryKind])[] = [
  [/\brisks?\b/, 'risk'],
  [/\bissues?\b/, 'issue'],
  [/\bactions?\b(?! (?:required|taken|plan))/, 'action'],
  [/\bdecisions?\b(?![- ](?:maker|owner|date|by))/, 'decision'],
  [/\bdependenc(?:y|ies)\b/, 'dependency'],
]

/** The kinds that a name or the headings of a sheet mention: "Risk register", "Actions log". */
export function kindsNamed(text: string): SheetEntryKind[] {
  const spaced = fold(text).replaceAll(/[_.]/g, ' ')
  return nouns.flatMap(([pattern, kind]) => (pattern.test(spaced) ? [kind] : []))
}
