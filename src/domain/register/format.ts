import { type CivilDate, daysBetween, fullDate } from '../../base/dates.ts'
import { capitalised, listOf, plural } from '../../base/text.ts'
import { formatProject } from '../plan/format.ts'
import { formatState, type Scheme, type State, stateByKey } from '../scheme/schemes.ts'
import type { Entry, EntryKind } from './entry.ts'
import { isOverdue } from './rules.ts'

/** The name of a kind: singular and plural. */
export const kindNouns = {
  risk: ['risk', 'risks'],
  decision: ['decision', 'decisions'],
  dependency: ['dependency', 'dependencies'],
  headline: ['headline', 'headlines'],
} as const satisfies Record<EntryKind, readonly [one: string, many: string]>

/** The heading above open entries of a kind. */
export const kindHeadings: Readonly<Record<EntryKind, string>> = {
  decision: 'Decisions needed',
  risk: 'Risks',
  dependency: 'Dependencies',
  headline: 'Headlines',
}

/** The title of the button and of the form that add one (a Slack modal's title holds 24 characters). */
export const addTitles: Readonly<Record<EntryKind, string>> = {
  risk: 'Add a risk',
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

/** The details of an entry besides its text, a line each, uncut. */
export function formatDetails(entry: Entry, asAt: CivilDate, scheme: Scheme): string[] {
  switch (entry.kind) {
    case 'risk':
      return [
        formatState(stateByKey(scheme, entry.state)),
        entry.mitigation ? `Mitigated by: ${entry.mitigation}` : 'No mitigation given',
      ]
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

/** 'Needed by Fri 31 Mar 2017', '3 days overdue: was needed by …', 'No day given'. */
export function formatNeededBy(neededBy: CivilDate | null, asAt: CivilDate): string {
  if (neededBy === null) return 'No day given by which it is needed'
  if (!isOverdue({ neededBy }, asAt)) return `Needed by ${fullDate(neededBy)}`
  return `${plural(daysBetween(neededBy, asAt), 'day')} overdue: was needed by ${fullDate(neededBy)}`
}

/** '2.2 Quality of assessments is ◆ Red and has 1 overdue milestone': why a waiting project is held up. */
export function formatHeldUp(
  waitsFor: { readonly ref: string; readonly title: string },
  state: Pick<State, 'shape' | 'label'>,
  missed: number,
): string {
  const troubles = [
    `is ${formatState(state)}`,
    ...(missed > 0 ? [`has ${plural(missed, 'overdue milestone')}`] : []),
  ]
  return `${formatProject(waitsFor)} ${listOf(troubles)}`
}
