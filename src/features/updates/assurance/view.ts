import { fullDate } from '../../../base/dates.ts'
import type { QueryContext } from '../../../chat/commands.ts'
import { divergingStates, secondRatingLabel } from '../../../domain/assurance/rules.ts'
import { secondRatingSetting } from '../../../domain/assurance/settings.ts'
import { loadRatings } from '../../../domain/assurance/store.ts'
import { authorName, namesOf } from '../../../domain/people/names.ts'
import type { FoundProject } from '../../../domain/plan/lookup.ts'
import type { Project } from '../../../domain/plan/plan.ts'
import { formatState, schemeOf, stateByKey } from '../../../domain/scheme/schemes.ts'
import { stateSince } from '../../../domain/scheme/state-since.ts'

/** How a second person rates a project, beside its lead's rating; null where nobody does. */
export async function loadSecondRating(
  { tx, today }: Pick<QueryContext, 'tx' | 'today'>,
  { id, programme }: Pick<FoundProject, 'id' | 'programme'>,
  project: Project,
): Promise<{ readonly label: string; readonly text: string } | null> {
  const secondRating = secondRatingSetting.of(programme.settings)
  if (secondRating.by === 'off') return null
  const label = secondRatingLabel(secondRating)
  const ratings = await loadRatings(tx, id, today)
  const [last] = ratings
  if (!last) return { label, text: 'not rated yet' }
  const scheme = schemeOf(programme.settings)
  const names = await namesOf(tx, last.byId ? [last.byId] : [])
  const told = `${formatState(stateByKey(scheme, last.state))} since ${fullDate(stateSince(ratings) ?? last.onDay)}, said last on ${fullDate(last.onDay)} by ${authorName(names, last.byId)}`
  const why = last.reason ? `: ${last.reason}` : ''
  const differs = divergingStates(project, ratings, scheme) ? '\nIt differs from its lead’s.' : ''
  return { label, text: `${told}${why}${differs}` }
}
