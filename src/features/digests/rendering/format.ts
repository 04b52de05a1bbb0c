import { fullDate } from '../../../base/dates.ts'
import { listOf, plural } from '../../../base/text.ts'
import {
  type DigestContent,
  isFirstDigest,
  type Omission,
} from '../../../domain/digests/content/content.ts'
import { hasWorseDimension } from '../../../domain/digests/content/dimension-entries.ts'
import { hasChangedColour } from '../../../domain/digests/content/measure-entries.ts'
import { formatRefs } from '../../../domain/rollup/format.ts'
import {
  isOnScaleIn,
  type SchemeSnapshot,
  stateIn,
} from '../../../domain/scheme/scheme-snapshot.ts'
import { formatMovedState } from './sections/rag-history-format.ts'

/** The counts to show: those of projects not rated only where there are or were any. */
export function visibleCounts({
  counts,
  scheme,
}: Pick<DigestContent, 'counts' | 'scheme'>): DigestContent['counts'] {
  return counts.filter(
    ({ state, count, was }) => state !== scheme.blank.key || count > 0 || (was ?? 0) > 0,
  )
}

/** '● Green 21 (was 19)'; '● Green 21' where that is as it was. */
export function formatCount({ shape, label, count, was }: DigestContent['counts'][number]): string {
  const before = was === null || was === count ? '' : ` (was ${was})`
  return `${shape} ${label} ${count}${before}`
}

/**
 * 'Overall ◆ Red, worse, from Amber (R, was A A G); 2 of 8 workstreams have no colour', 'Overall ○ Not enough rated';
 * '' where nothing is rated.
 */
export function formatOverall(content: DigestContent): string {
  const { snapshot, scheme, counts, override } = content
  const { programme } = snapshot
  const isRated = counts.some(({ state, count }) => isOnScaleIn(scheme, state) && count > 0)
  if (!programme || !isRated) return ''
  const workstreams = liveWorkstreams(content)
  const unrated = workstreams.filter(({ state }) => state === scheme.blank.key).length
  const of = plural(workstreams.length, 'workstream')
  const byHand = override ? 0 : (programme.rule?.overrides.length ?? 0)
  const beside = [
    ...(unrated > 0 ? [`; ${unrated} of ${of} without a colour`] : []),
    ...(byHand > 0 ? [`; ${byHand} of ${of} set by hand`] : []),
  ].join('')
  return programme.state === scheme.blank.key
    ? `Overall ${notEnoughRatedText(scheme)}${beside}`
    : `Overall ${formatMovedState(programme, scheme)}${beside}`
}

/** Without those whose every project is on hold, in the pipeline or closed: these lack no colour. */
function liveWorkstreams({ snapshot, workstreams, scheme }: DigestContent) {
  const resting = workstreams.filter(({ counts }) => counts.every(({ count }) => count === 0))
  const ids = new Set(resting.map(({ id }) => id))
  return snapshot.workstreams.filter(({ id, state }) => !ids.has(id) || state !== scheme.blank.key)
}

/** '○ Not enough rated': something is rated, and less than the programme asks for before it gives a colour. */
export function notEnoughRatedText({ blank: { shape } }: SchemeSnapshot): string {
  return `${shape} Not enough rated`
}

/** What changed, in one sentence. `isEmpty`: there is nothing else to say either. */
export function headlineOf(content: DigestContent, isEmpty = false): string {
  const { previousAsAt, counts, notUpdated, decisions, dueUntil } = content
  if (content.snapshot.projects.length === 0) return formatNoProject(content)
  const news = formatChangeCounts(content)
  const asked = formatDecisionsNeeded(decisions)
  const since = previousAsAt ? formatCompared(content) : fullDate(notUpdated.since)
  const late = formatOverdue(content)
  if (previousAsAt && news.length === 0) {
    const ahead = `, nothing is due by ${fullDate(dueUntil)} and nothing is asked`
    return [`Nothing moved since ${since}${isEmpty ? ahead : asked}.`, ...late].join(' ')
  }
  const rated = counts.some(({ state, count }) => state !== content.scheme.blank.key && count > 0)
  return [
    ...(previousAsAt ? [] : ['The first digest: nothing to compare with yet.']),
    ...(rated ? [] : ['No project is rated yet.']),
    ...(news.length > 0 ? [`${listOf(news)} since ${since}${asked}.`] : []),
    ...late,
  ].join(' ')
}

/** A plan without a live project: whether it never had one, or they rest or went. */
function formatNoProject({ snapshot, otherChanges }: DigestContent): string {
  const { length } = snapshot.setAside
  if (length > 0) {
    return `No project is live; ${length} ${length === 1 ? 'is' : 'are'} on hold, in the pipeline or closed.`
  }
  return otherChanges.length > 0
    ? 'There is no project in the plan any more.'
    : 'There is no project in the plan yet.'
}

/** What a digest is compared with: 'Mon 20 Feb 2017', 'the plan as imported, Mon 9 Jan 2017'; '' for nothing. */
export function formatCompared({
  previousAsAt,
  previousBasis,
}: Pick<DigestContent, 'previousAsAt' | 'previousBasis'>): string {
  if (!previousAsAt) return ''
  const day = fullDate(previousAsAt)
  return previousBasis === 'import' ? `the plan as imported, ${day}` : day
}

/** '62 milestones are overdue.': in a first digest a state, and not news. */
export function formatOverdue(content: DigestContent): string[] {
  const { length: late } = content.missed
  if (!isFirstDigest(content) || late === 0) return []
  return [`${plural(late, 'milestone')} ${late === 1 ? 'is' : 'are'} overdue.`]
}

/** What changed since the last digest, counted: '2 projects got worse'. */
export function formatChangeCounts(content: DigestContent): string[] {
  const { worse, better, finished, missed, moved, measures, otherChanges, decided } = content
  const inPart = content.dimensions.filter(hasWorseDimension).length
  const kpis = measures.filter(hasChangedColour).length
  const late = missed.filter(({ isNew }) => isNew).length
  return [
    worse.length > 0 && `${plural(worse.length, 'project')} got worse`,
    better.length > 0 && `${plural(better.length, 'project')} got better`,
    inPart > 0 && `${plural(inPart, 'project')} got worse in a dimension`,
    ...otherChanges,
    late > 0 && `${plural(late, 'milestone')} newly overdue`,
    moved.length > 0 && `${plural(moved.length, 'date')} moved`,
    finished.length > 0 && `${plural(finished.length, 'milestone')} finished`,
    kpis > 0 && `${plural(kpis, 'KPI')} changed colour`,
    decided.length > 0 && `${plural(decided.length, 'decision')} taken`,
  ].filter((part) => part !== false)
}

/** '; 3 decisions are needed, 2 of others'; '' for none. */
function formatDecisionsNeeded(decisions: DigestContent['decisions']): string {
  const { length } = decisions
  if (length === 0) return ''
  const others = decisions.filter(({ isOfOthers }) => isOfOthers).length
  const beside = others > 0 ? `, ${others} of others` : ''
  return `; ${plural(length, 'decision')} ${length === 1 ? 'is' : 'are'} needed${beside}`
}

/**
 * '41 of 47 projects updated this round, 2 others after it closed.', or without a round '… since Mon 20 Feb 2017.'
 * '0 of 15 projects updated this round; the milestones of 4 other projects were rated.' where a plan rates these.
 */
export function formatCoverage(content: DigestContent): string {
  const { count, of, since, round, later, byMilestones } = content.notUpdated
  // Before a first digest nobody was asked, unless a round was open.
  if (of === 0 || (!round && isFirstDigest(content))) return ''
  const updated = `${of - count} of ${plural(of, 'project')} updated`
  const milestones =
    byMilestones > 0
      ? `; the milestones of ${plural(byMilestones, 'other project')} were rated`
      : ''
  if (!round) {
    const isNone = count === of && byMilestones === 0
    return `${isNone ? 'No project was updated' : updated} since ${fullDate(since)}${milestones}.`
  }
  const others = later > 0 ? `, ${plural(later, 'other')} after it closed` : ''
  return `${updated} this round${others}${milestones}.`
}

/** How many references a sentence holds. */
const maxRefsShown = 12

/** Which projects need a way back to Green and have none, for the programme office; '' where none does. */
export function formatMissingPaths(content: DigestContent): string {
  const { worse, better, attention, newlyRated, scheme } = content
  const moved = [...worse, ...better]
  const without = attention.flatMap(({ state, entries }) => {
    const its = [
      ...moved.filter(({ to, isByMilestones }) => to === state && !isByMilestones),
      ...entries.filter(({ onDay }) => onDay !== null),
      ...newlyRated.filter((one) => one.state === state && one.onDay !== null),
    ]
    const refs = its.filter(({ greenBy, path }) => !greenBy && !path).map(({ ref }) => ref)
    return refs.length > 0
      ? [`${stateIn(scheme, state).label} ${formatRefs(refs, maxRefsShown)}`]
      : []
  })
  return without.length > 0 ? `No way back to ${scheme.goal} is given: ${without.join('; ')}.` : ''
}

/** 'Not listed: 9 Greens unchanged (/rag projects green); 2 other open risks (/rag risks).'; '' for nothing. */
export function formatOmissions(leftOut: readonly Omission[], prefix: string): string {
  if (leftOut.length === 0) return ''
  const grouped = Map.groupBy(leftOut, ({ see }) => see)
  const told = [...grouped].map(([see, its]) => {
    const whats = its.map(({ what }) => what).join(', ')
    return see ? `${whats} (${prefix} ${see})` : whats
  })
  return `Not listed: ${told.join('; ')}.`
}
