import type { CivilDate } from '../../base/dates.ts'
import { needsReason, type State } from '../../domain/scheme/schemes.ts'
import type { Rating } from '../../domain/status/rating.ts'
import { takesRatingAway } from '../../domain/status/rules.ts'
import { type Prefill, withoutLastWords } from './prefill.ts'

/** Which fields the form of an update has, and what stands in them: it follows the status that is chosen. */

export interface FieldNeeds {
  readonly reason: 'required' | 'optional' | 'absent'
  /** The day to be back to Green by; required where it stands there. */
  readonly hasDate: boolean
  readonly hasPath: boolean
}

export interface FieldChoice {
  /** Undefined where none is chosen yet. */
  readonly state: State | undefined
  readonly before: Pick<Rating, 'state' | 'lastRated'>
  /** A dimension of it stands worse. Left out: none. */
  readonly isBetterThanWorst?: boolean
  /** Asked for with More. */
  readonly isLong: boolean
  /** The reason that was given. */
  readonly reason: string
}

/** A Green needs no words, and may have some: then they stand there, or under More. */
export function fieldNeeds({
  state,
  before,
  isBetterThanWorst = false,
  isLong,
  reason,
}: FieldChoice): FieldNeeds {
  const explains = state !== undefined && needsReason(state)
  const isRequired =
    explains || isBetterThanWorst || (state !== undefined && takesRatingAway(before, state))
  const isOffered = state !== undefined && (isLong || reason !== '')
  return {
    reason: isRequired ? 'required' : isOffered ? 'optional' : 'absent',
    hasDate: explains,
    hasPath: explains && isLong,
  }
}

export interface TypedFields {
  readonly state: string
  readonly reason: string
  readonly date: CivilDate | ''
}

/**
 * What stands in the fields of a form that somebody typed into. Where another status was chosen since it was drawn, the
 * last words stand there for their own status alone; what was typed stays.
 * `drawnFor`: the status that the form was drawn for, '' for none.
 */
export function fieldValues(
  typed: TypedFields,
  last: Prefill,
  { drawnFor, was }: { readonly drawnFor: string; readonly was: string },
): TypedFields {
  const { state, reason, date } = typed
  if (drawnFor === '' || state === drawnFor) return typed
  const { reason: kept = '' } = withoutLastWords({ state, reason }, was)
  const isLast = state === last.state
  return {
    state,
    reason: kept || (isLast ? last.reason : ''),
    date: date || (isLast ? last.date : ''),
  }
}
