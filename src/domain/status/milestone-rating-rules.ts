import type { ProgrammeSettings } from '../programme/setting.ts'
import { isComplete, needsReason, parseState, type Scheme, type State } from '../scheme/schemes.ts'
import { needsConfirmation, takesRatingAway } from './rules.ts'

/** What a person says of a milestone itself, in a plan that rates these. */
export interface MilestoneRatingInput {
  readonly state: State
  readonly reason: string | null
  /** How it stood before. */
  readonly before: State
  /** They may confirm what others say of the project. */
  readonly mayConfirm: boolean
}

export type MilestoneRatingProblem = 'done' | 'reason' | 'unrated reason' | 'second person'

/**
 * Why a milestone's rating is not saved; null where it may be. The same rules as for a project's (rule 3): a state that
 * is not good needs a reason, and so does taking such a rating away. A rating has nobody to wait for, so where the
 * programme asks for a second person, somebody who may confirm says it. What is complete is reported done instead.
 */
export function milestoneRatingProblem(
  { state, reason, before, mayConfirm }: MilestoneRatingInput,
  settings: ProgrammeSettings,
): MilestoneRatingProblem | null {
  if (isComplete(state)) return 'done'
  if (needsReason(state) && !reason) return 'reason'
  const stood = { state: before, lastRated: null }
  if (takesRatingAway(stood, state) && !reason) return 'unrated reason'
  if (!mayConfirm && needsConfirmation(stood, state, settings)) return 'second person'
  return null
}

/** "all pages on track" is On track of "all pages": the state is what most of the last words come to. */
export function splitMilestoneAndState(
  text: string,
  scheme: Scheme,
): { readonly milestone: string; readonly state: State } | undefined {
  const words = text.trim().split(/\s+/)
  for (let at = 1; at < words.length; at += 1) {
    const state = parseState(scheme, words.slice(at).join(' '))
    if (state) return { milestone: words.slice(0, at).join(' '), state }
  }
  return undefined
}
