import { type CivilDate, fullDate } from '../../base/dates.ts'
import { listOf, plural } from '../../base/text.ts'
import { shown } from '../status/schemes.ts'
import type { DigestContent, MilestoneEntry, MovedProject, Statement } from './content.ts'
import { type SchemeTold, stateIn } from './scheme-told.ts'

/** '● Green 21 (was 19)'. */
export function countInWords({
  shape,
  label,
  count,
  was,
}: DigestContent['counts'][number]): string {
  const before = was === null ? '' : ` (was ${was})`
  return `${shape} ${label} ${count}${before}`
}

/** '2 Greens are not listed.', or nothing for none. */
export function notListed(number: number, one: string, many: string): string[] {
  if (number === 0) return []
  return [`${plural(number, one, many)} ${number === 1 ? 'is' : 'are'} not listed.`]
}

/** What changed, in one sentence. */
export function headlineOf(content: DigestContent): string {
  const { worse, better, finished, missed, previousAsAt } = content
  const fresh = missed.filter(({ isNew }) => isNew).length
  const parts = [
    worse.length > 0 && `${plural(worse.length, 'project')} got worse`,
    better.length > 0 && `${plural(better.length, 'project')} got better`,
    finished.length > 0 && `${plural(finished.length, 'milestone')} finished`,
    fresh > 0 && `${plural(fresh, 'milestone')} newly missed`,
  ].filter((part) => part !== false)
  const since = fullDate(previousAsAt ?? content.notUpdated.since)
  const news =
    parts.length > 0 ? `${listOf(parts)} since ${since}.` : `Nothing moved since ${since}.`
  return previousAsAt
    ? news
    : `The first digest: nothing to compare with yet. ${parts.length > 0 ? news : ''}`.trim()
}

/** How many references a sentence holds. */
const refsShown = 12

/** What waits for somebody to decide: what asks for a path to green and has none. '' where nothing does. */
export function decisionOf({ attention, scheme }: DigestContent): string {
  const without = attention.flatMap(({ state, entries }) => {
    const refs = entries.filter(({ greenBy, path }) => !greenBy && !path).map(({ ref }) => ref)
    return refs.length > 0 ? [`${stateIn(scheme, state).label} ${refsInWords(refs)}`] : []
  })
  return without.length > 0 ? `To decide, no path to green is given: ${without.join('; ')}.` : ''
}

/** '12 of 47 projects have no update since Mon 20 Feb 2017.' */
export function notUpdatedInWords({ notUpdated }: DigestContent): string {
  const { count, of, since } = notUpdated
  if (count === 0) return `Every project was updated since ${fullDate(since)}.`
  return `${count} of ${plural(of, 'project')} ${count === 1 ? 'has' : 'have'} no update since ${fullDate(since)}.`
}

/** '▲ Amber → ◆ Red'. */
export function movementInWords(
  { from, to }: Pick<MovedProject, 'from' | 'to'>,
  scheme: SchemeTold,
): string {
  return `${shown(stateIn(scheme, from))} → ${shown(stateIn(scheme, to))}`
}

/** 'Green by Fri 31 Mar 2017: two posts are filled', 'No path to green given'. */
export function pathInWords(
  { greenBy, path }: Pick<Statement, 'greenBy' | 'path'>,
  { asAt, scheme }: { readonly asAt: CivilDate; readonly scheme: SchemeTold },
): string {
  if (!greenBy) return path ? `Path to green: ${path} (no date given)` : 'No path to green given'
  const passed = greenBy < asAt ? ', which has passed' : ''
  return `${scheme.goal} by ${fullDate(greenBy)}${passed}${path ? `: ${path}` : ''}`
}

/** 'Due Fri 31 Mar 2017; was Wed 1 Mar 2017, moved once'. */
export function dueInWords({ due, slippage }: MilestoneEntry): string {
  return [due ? `Due ${fullDate(due)}` : 'No date', slippage].filter(Boolean).join('; ')
}

function refsInWords(refs: readonly string[]): string {
  if (refs.length <= refsShown) return listOf(refs)
  return `${refs.slice(0, refsShown).join(', ')} and ${refs.length - refsShown} more`
}
