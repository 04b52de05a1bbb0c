import { fullDate } from '../../base/dates.ts'
import { type Project, unconfirmedUpdate } from '../plan/plan.ts'
import { formatState, isOnScale, stateByKey } from '../scheme/schemes.ts'
import { type LastRating, type Rating, type RatingContext, ratingOf } from './rating.ts'

/**
 * "▲ Amber", "▲ Amber, awaiting confirmation; counts as ◆ Red", "□ N/A (was ◆ Red until Thu 12 Jan 2017, not rated
 * since)".
 */
export function formatProjectState(project: Project, context: RatingContext): string {
  const counting = formatRating(ratingOf(project, context))
  const awaited = unconfirmedUpdate(project)
  if (!awaited) return counting
  return `${formatState(stateByKey(context.scheme, awaited.state))}, awaiting confirmation; counts as ${counting}`
}

/** "◆ Red", "□ N/A (was ◆ Red until Thu 12 Jan 2017, not rated since)". */
export function formatRating({ state, lastRated }: Pick<Rating, 'state' | 'lastRated'>): string {
  const isRated = isOnScale(state) || !lastRated
  return isRated ? formatState(state) : `${formatState(state)} (${formatLastRating(lastRated)})`
}

/** "was ◆ Red until Thu 12 Jan 2017, not rated since". */
function formatLastRating({ state, until }: LastRating): string {
  return `was ${formatState(state)} until ${fullDate(until)}, not rated since`
}
