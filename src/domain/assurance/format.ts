import { fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { shown } from '../scheme/schemes.ts'
import { type Divergence, labelOf, type WhoRates } from './rules.ts'

/** 'Lead: ● Green; sponsor: ▲ Amber, since Fri 3 Mar 2017: two reviews were missed'. */
export function divergenceInWords(
  { lead, second, since, reason }: Divergence,
  who: WhoRates,
): string {
  const label = who.label ?? labelOf(who).toLowerCase()
  const why = reason ? `: ${reason}` : ''
  return `Lead: ${shown(lead)}; ${label}: ${shown(second)}, since ${fullDate(since)}${why}`
}

/** '3 projects are rated differently by their sponsors.'; nothing for none. */
export function ratedDifferently(count: number, { by, label }: WhoRates): string[] {
  if (count === 0) return []
  const whom = label ?? (by === 'sponsor' ? 'their sponsors' : 'assurance')
  return [`${plural(count, 'project')} ${count === 1 ? 'is' : 'are'} rated differently by ${whom}.`]
}
