import { type CivilDate, daysBetween, fullDate } from '../../../../base/dates.ts'
import { listOf, plural, shorten } from '../../../../base/text.ts'
import type {
  DigestContent,
  ProjectCommentary,
} from '../../../../domain/digests/content/content.ts'
import { isWithheldCommentary, withheldText } from '../../../../domain/digests/withheld.ts'
import type { SchemeSnapshot } from '../../../../domain/scheme/scheme-snapshot.ts'
import {
  type Abbreviator,
  briefAbout,
  createAbbreviator,
  firstClause,
  formatTitle,
} from './abbreviate.ts'
import { formatRagHistory } from './rag-history-format.ts'
import type { SectionEntry } from './section.ts'

/** Instead of a reason, where nobody said how the project stands. */
export const milestonesText = 'As its milestones are rated'
const milestonesClause = 'as its milestones are rated'

/** Instead of a reason, where what rated a project was taken back: an update, an import, a rated milestone. */
export const unratedText = 'Nobody rates it any more'
export const unratedClause = 'nobody rates it any more'

interface ProjectReference {
  readonly id: string
  readonly ref: string
  readonly title: string
}

type EntryHead = Pick<SectionEntry, 'title' | 'beside' | 'workstreamId'>

/** Formats the lines that sections share. */
export interface LineFormatter {
  /** Ref and title, with the project's state and its history beside them. */
  head(project: ProjectReference, options?: { readonly isUnconfirmed: boolean }): EntryHead
  /** The reason of a state; 'No reason given' where it needs one and has none. */
  reason(commentary: Pick<ProjectCommentary, 'ref' | 'reason'>, isNeeded: boolean): string[]
  /** When and how the project gets back to Green. */
  backToGreen(commentary: Pick<ProjectCommentary, 'ref' | 'greenBy' | 'path'>): string
  /** 'Last update 24 days ago, on Fri 3 Feb 2017'. */
  age(onDay: CivilDate): string
  /** Whose project it is, and one clause of why: 'Ana Lee: the partner left'; '' where neither is told. */
  owned(project: Pick<ProjectReference, 'id'>, clause: string): string
  /** One clause of a reason; '' where there is none, or not for these readers. */
  clause(commentary: Pick<ProjectCommentary, 'reason'>): string
  /** The same where nobody said it and the project's milestones are rated so: the one that is overdue longest. */
  milestonesClause(project: Pick<ProjectReference, 'id'>): string
  /** Text that somebody wrote. */
  readonly abbreviate: Abbreviator
}

const maxOwnerLength = 30
const maxOwnersNamed = 2

/** 'Ana Lee and Ben Cole', 'Ana Lee and 2 others', 'no lead'. */
function formatOwners(names: readonly string[]): string {
  if (names.length === 0) return 'no lead'
  const shown = names.length > maxOwnersNamed ? names.slice(0, 1) : names
  const more = names.length - shown.length
  const others = more > 0 ? [plural(more, 'other')] : []
  return listOf([...shown.map((name) => shorten(name, maxOwnerLength)), ...others])
}

export function createLineFormatter(
  { snapshot, scheme, asAt, audience, owners, missed }: DigestContent,
  prefix: string,
): LineFormatter {
  const histories = new Map(snapshot.projects.map((project) => [project.id, project]))
  const abbreviate = createAbbreviator(prefix)
  return {
    abbreviate,
    head: (project, options) => {
      const history = histories.get(project.id)
      const state = history ? formatRagHistory(history, scheme) : ''
      return {
        title: formatTitle(project),
        beside: state && options?.isUnconfirmed ? `${state}, unconfirmed` : state,
        workstreamId: history?.workstreamId ?? null,
      }
    },
    reason: ({ reason, ref }, isNeeded) => {
      if (isWithheldCommentary(reason)) {
        // The public may read the commentary of few projects; the footer says so once.
        return audience === 'public' ? [] : [withheldText]
      }
      if (reason) return [abbreviate(reason, ref)]
      return isNeeded ? ['No reason given'] : []
    },
    backToGreen: (commentary) =>
      abbreviate(formatBackToGreen(commentary, { asAt, scheme }), commentary.ref),
    owned: ({ id }, clause) => {
      const names = owners?.[id]
      return [...(names ? [formatOwners(names)] : []), ...(clause ? [clause] : [])].join(': ')
    },
    clause: ({ reason }) => (typeof reason === 'string' ? firstClause(reason) : ''),
    milestonesClause: ({ id }) => {
      const late = missed.filter((milestone) => milestone.id === id && milestone.due)
      const [first] = late.toSorted((one, other) => (one.due ?? '').localeCompare(other.due ?? ''))
      if (!first?.due) return milestonesClause
      // It stands in full among those that are newly overdue.
      if (first.isNew) return `milestone ${first.number} is overdue`
      const more = late.length > 1 ? `, and ${late.length - 1} more` : ''
      return `${briefAbout(first.about)} ${plural(daysBetween(first.due, asAt), 'day')} overdue${more}`
    },
    age: (onDay) =>
      `Last update ${plural(daysBetween(onDay, asAt), 'day')} ago, on ${fullDate(onDay)}`,
  }
}

/** 'Back to Green by Fri 31 Mar 2017: two posts are filled', 'No way back to Green given'. */
export function formatBackToGreen(
  { greenBy, path }: Pick<ProjectCommentary, 'greenBy' | 'path'>,
  { asAt, scheme: { goal } }: { readonly asAt: CivilDate; readonly scheme: SchemeSnapshot },
): string {
  const how = typeof path === 'string' ? path : null
  if (greenBy) {
    const passed = greenBy < asAt ? ', which has passed' : ''
    return `Back to ${goal} by ${fullDate(greenBy)}${passed}${how === null ? '' : `: ${how}`}`
  }
  if (how !== null) return `Back to ${goal}: ${how} (no date given)`
  return path ? `A way back to ${goal} is given, without a date` : `No way back to ${goal} given`
}
