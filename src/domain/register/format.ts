import { type CivilDate, daysBetween, fullDate } from '../../base/dates.ts'
import { capitalised, listOf, plural } from '../../base/text.ts'
import { authorName } from '../people/names.ts'
import { formatProject } from '../plan/format.ts'
import { formatState, type Scheme, type State, stateByKey } from '../scheme/schemes.ts'
import { reopeningAsAt } from './as-at.ts'
import type { Entry, EntryKind } from './entry.ts'
import { formatScore } from './risk-score.ts'
import { isOverdue } from './rules.ts'

/** The name of a kind: singular and plural. */
export const kindNouns = {
  risk: ['risk', 'risks'],
  issue: ['issue', 'issues'],
  action: ['action', 'actions'],
  decision: ['decision', 'decisions'],
  dependency: ['dependency', 'dependencies'],
  headline: ['headline', 'headlines'],
} as const satisfies Record<EntryKind, readonly [one: string, many: string]>

/** The heading above open entries of a kind. */
export const kindHeadings: Readonly<Record<EntryKind, string>> = {
  decision: 'Decisions needed',
  risk: 'Risks',
  issue: 'Issues',
  action: 'Actions',
  dependency: 'Dependencies',
  headline: 'Headlines',
}

/** The title of the button and of the form that add one (a Slack modal's title holds 24 characters). */
export const addTitles: Readonly<Record<EntryKind, string>> = {
  risk: 'Add a risk',
  issue: 'Add an issue',
  action: 'Add an action',
  decision: 'Ask for a decision',
  dependency: 'Add a dependency',
  headline: 'Add a headline',
}

/** 'Risk 3', at the beginning of a sentence. */
export function entryName({ kind, number }: Pick<Entry, 'kind' | 'number'>): string {
  const [noun] = kindNouns[kind]
  return `${capitalised(noun)} ${number}`
}

/** 'Risk 3: 2.1 Practice standards', or 'Risk 3' where it concerns the whole programme. */
export function entryTitle(entry: Pick<Entry, 'kind' | 'number' | 'project'>): string {
  return entry.project ? `${entryName(entry)}: ${formatProject(entry.project)}` : entryName(entry)
}

/** What details are formatted by. `names`: of the owners, by id. */
export interface DetailContext {
  readonly asAt: CivilDate
  readonly scheme: Scheme
  readonly names: ReadonlyMap<string, string>
}

/** The details of an entry besides its text, a line each, uncut. */
export function formatDetails(entry: Entry, { asAt, scheme, names }: DetailContext): string[] {
  const owner = 'ownerId' in entry && entry.ownerId ? [authorName(names, entry.ownerId)] : []
  const ownerLine = owner.map((name) => `Owner: ${name}`)
  switch (entry.kind) {
    case 'risk':
      return [
        [
          formatState(stateByKey(scheme, entry.state)),
          ...(entry.score ? [formatScore(entry.score)] : []),
        ].join(', '),
        entry.mitigation ? `Mitigated by: ${entry.mitigation}` : 'No mitigation given',
        ...(entry.proximity ? [`May come: ${entry.proximity}`] : []),
        ...ownerLine,
        ...reviewLine(entry.reviewOn, asAt),
      ]
    case 'issue':
      return [
        formatState(stateByKey(scheme, entry.state)),
        ...(entry.mitigation ? [`Done about it: ${entry.mitigation}`] : []),
        ...ownerLine,
        ...reviewLine(entry.reviewOn, asAt),
      ]
    case 'action':
      return [...ownerLine, formatDue(entry.neededBy, asAt)]
    case 'decision':
      return [
        ...(entry.askedOf ? [`Needed from: ${entry.askedOf}`] : []),
        formatNeededBy(entry.neededBy, asAt),
      ]
    case 'dependency':
      return [`Waits for: ${entry.dependsOn}`]
    case 'headline':
      return [fullDate(entry.onDay)]
  }
}

function reviewLine(reviewOn: CivilDate | null, asAt: CivilDate): string[] {
  if (reviewOn === null) return []
  const isPast = reviewOn < asAt
  return [
    isPast ? `Was to be reviewed on ${fullDate(reviewOn)}` : `Review on ${fullDate(reviewOn)}`,
  ]
}

/** The ids of the people whose names the details of entries show. */
export function ownersOf(entries: readonly Entry[]): string[] {
  return [...new Set(entries.flatMap((entry) => ('ownerId' in entry && entry.ownerId) || []))]
}

/** 'Needed by Fri 31 Mar 2017', '3 days overdue: was needed by …', 'No day given'. */
export function formatNeededBy(neededBy: CivilDate | null, asAt: CivilDate): string {
  if (neededBy === null) return 'No day given by which it is needed'
  if (!isOverdue({ neededBy }, asAt)) return `Needed by ${fullDate(neededBy)}`
  return `${plural(daysBetween(neededBy, asAt), 'day')} overdue: was needed by ${fullDate(neededBy)}`
}

/** 'Due Fri 31 Mar 2017', '3 days overdue: was due Fri 31 Mar 2017'. */
export function formatDue(neededBy: CivilDate | null, asAt: CivilDate): string {
  if (neededBy === null) return 'No day given'
  if (!isOverdue({ neededBy }, asAt)) return `Due ${fullDate(neededBy)}`
  return `${plural(daysBetween(neededBy, asAt), 'day')} overdue: was due ${fullDate(neededBy)}`
}

/** 'Reopened on Fri 3 Mar 2017, because …; was closed: …'; undefined where it never was by that day. */
export function formatReopening(
  entry: Pick<Entry, 'kind' | 'reopenings'>,
  asAt: CivilDate,
): string | undefined {
  const reopening = reopeningAsAt(entry, asAt)
  if (!reopening) return undefined
  const { outcome } = reopening.closing
  const was = outcome
    ? `; ${entry.kind === 'decision' ? 'was decided' : 'was closed'}: ${outcome}`
    : ''
  return `Opened again on ${fullDate(reopening.onDay)}, because ${reopening.reason}${was}`
}

/** '2.2 Quality of assessments is ◆ Red and has 1 overdue milestone': why a waiting project is held up. */
export function formatHeldUp(
  waitsFor: { readonly ref: string; readonly title: string },
  state: Pick<State, 'shape' | 'label'>,
  { missed, slipped }: { readonly missed: number; readonly slipped: readonly string[] },
): string {
  const troubles = [
    `is ${formatState(state)}`,
    ...(missed > 0 ? [`has ${plural(missed, 'overdue milestone')}`] : []),
    ...(slipped.length > 0 ? [`moved ${listOf([...slipped])}`] : []),
  ]
  return `${formatProject(waitsFor)} ${listOf(troubles)}`
}
