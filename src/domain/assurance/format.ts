import { fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { formatState } from '../scheme/schemes.ts'
import { type Divergence, secondRatingLabel } from './rules.ts'
import type { SecondRatingSettings } from './settings.ts'

/** 'Lead: ● Green; sponsor: ▲ Amber, since Fri 3 Mar 2017: two reviews were missed'. */
export function formatDivergence(
  { lead, second, since, reason }: Divergence,
  who: SecondRatingSettings,
): string {
  const label = who.label ?? secondRatingLabel(who).toLowerCase()
  const why = reason ? `: ${reason}` : ''
  return `Lead: ${formatState(lead)}; ${label}: ${formatState(second)}, since ${fullDate(since)}${why}`
}

/** '3 projects are rated differently by their sponsors.'; nothing for none. */
export function divergenceCountText(count: number, { by, label }: SecondRatingSettings): string[] {
  if (count === 0) return []
  const whom = label ?? (by === 'sponsor' ? 'their sponsors' : 'assurance')
  return [`${plural(count, 'project')} ${count === 1 ? 'is' : 'are'} rated differently by ${whom}.`]
}
