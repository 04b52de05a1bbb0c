import type { CivilDate } from '../../../../base/dates.ts'
import type { DigestContent, Statement } from '../../../../domain/digests/content/content.ts'
import { stateIn } from '../../../../domain/scheme/scheme-snapshot.ts'
import { formatState, stateNouns } from '../../../../domain/scheme/schemes.ts'
import { type LineFormatter, milestonesText } from './line-format.ts'
import type { SectionContent } from './section.ts'
import type { SectionDescriptor } from './section-descriptor.ts'

/** Projects that stay in the worst state: the Reds. */
export const worstStateSection: SectionDescriptor = {
  key: 'worst state',
  firstMessageLimit: 12,
  build: (content, lines) =>
    content.attention.slice(0, 1).map((group) => stateSection(group, content, lines)),
}

/** Projects that stay in another state that needs a reason, a section for each state: the Ambers. */
export const otherStatesSection: SectionDescriptor = {
  key: 'other states',
  firstMessageLimit: 0,
  build: (content, lines) =>
    content.attention.slice(1).map((group) => stateSection(group, content, lines)),
}

/** Projects that came to a state that needs a reason, and did not get worse: first rated, rated again, new in the plan. */
export const newlyRatedSection: SectionDescriptor = {
  key: 'newly rated',
  firstMessageLimit: 6,
  build: (content, lines) => [
    {
      heading: 'Newly rated',
      entries: content.newlyRated.map((statement) => {
        const { lines: told, ...head } = statementEntry(statement, content, lines)
        const isNew = content.snapshot.projects.some(
          ({ id, movement }) => id === statement.id && movement === 'new',
        )
        return { ...head, lines: isNew ? ['New in the plan', ...told] : told }
      }),
      noun: ['project newly rated', 'projects newly rated'],
    },
  ],
}

/** Projects that were Red or Amber and are not rated now: listed until they are rated again. */
export const noLongerRatedSection: SectionDescriptor = {
  key: 'no longer rated',
  firstMessageLimit: 4,
  build: (content, lines) => [
    {
      heading: 'Not rated any more',
      entries: content.noLongerRated.map((statement) => ({
        ...lines.head(statement),
        lines: lines.reason(statement, true),
      })),
      noun: ['project not rated any more', 'projects not rated any more'],
    },
  ],
}

function stateSection(
  { state: key, entries }: DigestContent['attention'][number],
  content: DigestContent,
  lines: LineFormatter,
): SectionContent {
  const state = stateIn(content.scheme, key)
  return {
    heading: content.previousAsAt ? `Still ${formatState(state)}` : formatState(state),
    entries: entries.map((statement) => statementEntry(statement, content, lines)),
    noun: stateNouns(state),
  }
}

function statementEntry(
  statement: Statement,
  content: DigestContent,
  lines: LineFormatter,
): SectionContent['entries'][number] {
  return {
    ...lines.head(statement),
    lines: statement.onDay
      ? statementLines(content, statement, statement.onDay, lines)
      : [milestonesText],
  }
}

function statementLines(
  content: DigestContent,
  statement: Statement,
  onDay: CivilDate,
  lines: LineFormatter,
): string[] {
  const reasons = lines.reason(statement, true).map((reason) => reason.replace(/[.;]$/, ''))
  return [
    // On one line: readers have long known why it stays Red, and the list is long.
    [...reasons, lines.backToGreen(statement)].join('. '),
    ...(statement.awaited ? [statement.awaited] : []),
    ...(onDay < content.notUpdated.since ? [lines.age(onDay)] : []),
  ]
}
