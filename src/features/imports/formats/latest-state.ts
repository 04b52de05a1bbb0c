import type { CivilDate } from '../../../base/dates.ts'
import { parsePeriod } from '../../../domain/measures/periods.ts'

/** "RAG Sep", "RAG (October 2026)", "Q2 RAG rating": the state of one period. */
const stateWord = /\b(?:overall |current )?(?:b?rag|dca|status|rating)(?: (?:rating|status))?\b/

/**
 * Of columns that each hold the state of a period, the latest that has begun; undefined where there are not several.
 * `names`: what each heading may be called.
 */
export function latestStateAt(
  names: readonly (readonly string[])[],
  asOf: CivilDate,
): number | undefined {
  const periods = names.flatMap((texts, at) => {
    const first = texts.map((text) => periodBeside(text, asOf)).find((day) => day !== undefined)
    return first === undefined ? [] : [{ at, first }]
  })
  const begun = periods.filter(({ first }) => first <= asOf)
  if (periods.length < 2) return undefined
  return begun.toSorted((a, b) => b.first.localeCompare(a.first))[0]?.at
}

function periodBeside(text: string, asOf: CivilDate): CivilDate | undefined {
  if (!stateWord.test(text)) return undefined
  const rest = text
    .replace(stateWord, ' ')
    .replace(/[():–-]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return rest === '' ? undefined : parsePeriod(rest, asOf)?.first
}
