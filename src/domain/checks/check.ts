import { createHash } from 'node:crypto'
import type { CivilDate } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'

/** What is asked before a board sees a status: each by the word that people type for it. */
export const checkKeys = ['overdue', 'repeated', 'path', 'measure', 'criteria', 'child'] as const
export type CheckKey = (typeof checkKeys)[number]

export interface CheckedProject {
  readonly id: string
  readonly ref: string
  readonly title: string
}

/** A check that tripped: a question, never a verdict. */
export interface RaisedCheck {
  readonly check: CheckKey
  readonly programmeId: string
  /** Null where it concerns the whole programme: the words of a headline. */
  readonly project: CheckedProject | null
  /** All that tripped it, each as a token: what an answer is about. At least one. */
  readonly fingerprints: readonly string[]
  /** In words, for its author and the programme office. */
  readonly question: string
}

/** "Yes, because …": kept with what it was said of, so that the same is not asked again and something new is. */
export interface CheckAnswer {
  readonly check: CheckKey
  readonly projectId: string | null
  readonly fingerprints: readonly string[]
  readonly answer: string
  readonly byId: string | null
  readonly onDay: CivilDate
}

/**
 * Answered, where all that tripped it was answered for, be it at several times. What children are spoken of in is
 * answered by its words, wherever in the programme they stand; all else belongs to its project.
 */
export function isCheckAnswered(raised: RaisedCheck, answers: readonly CheckAnswer[]): boolean {
  const its = answers.filter(
    ({ check, projectId }) =>
      check === raised.check && (check === 'child' || projectId === (raised.project?.id ?? null)),
  )
  const settled = new Set(its.flatMap(({ fingerprints }) => fingerprints))
  return raised.fingerprints.every((token) => settled.has(token))
}

/**
 * A short name for what a text says: case, spaces and punctuation do not count. The text itself is not in it, so that
 * an answer about words that should not have been written keeps none of them.
 */
export function fingerprint(text: string): string {
  const letters = fold(text).replace(/[^\p{L}\p{N}]/gu, '')
  return createHash('sha256').update(letters).digest('hex').slice(0, 16)
}
