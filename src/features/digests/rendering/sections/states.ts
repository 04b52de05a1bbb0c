import type { CivilDate } from '../../../../base/dates.ts'
import type { DigestContent, Statement } from '../../../../domain/digests/content/content.ts'
import { stateIn } from '../../../../domain/scheme/scheme-snapshot.ts'
import { formatState, stateNouns } from '../../../../domain/scheme/schemes.ts'
import type { LineFormatter } from './line-format.ts'
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

function stateSection(
  { state: key, entries }: DigestContent['attention'][number],
  content: DigestContent,
  lines: LineFormatter,
): SectionContent {
  const state = stateIn(content.scheme, key)
  return {
    heading: content.previousAsAt ? `Still ${formatState(state)}` : formatState(state),
    entries: entries.map((statement) => ({
      ...lines.head(statement),
      lines: statement.onDay
        ? statementLines(content, statement, statement.onDay, lines)
        : ['As its milestones are rated'],
    })),
    noun: stateNouns(state),
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
