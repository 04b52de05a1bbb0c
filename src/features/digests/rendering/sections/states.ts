import type { CivilDate } from '../../../../base/dates.ts'
import {
  type DigestContent,
  isFirstDigest,
  type Statement,
} from '../../../../domain/digests/content/content.ts'
import { stateIn } from '../../../../domain/scheme/scheme-snapshot.ts'
import { formatState, stateNouns } from '../../../../domain/scheme/schemes.ts'
import { briefTitle } from './abbreviate.ts'
import { type LineFormatter, milestonesText, unratedClause, unratedText } from './line-format.ts'
import { formatMovedState } from './rag-history-format.ts'
import type { Brief, SectionContent } from './section.ts'
import type { SectionDescriptor } from './section-descriptor.ts'

/** Projects that stay in the worst state: the Reds. A first digest, which tells no news, names them at first. */
export const worstStateSection: SectionDescriptor = {
  key: 'worst state',
  firstMessageLimit: 5,
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
  firstMessageLimit: 3,
  isOneLine: true,
  build: (content, lines) => [
    {
      heading: 'Newly rated',
      entries: content.newlyRated.map((statement) => {
        const { lines: told, ...head } = statementEntry(statement, content, lines)
        const isNew = content.snapshot.projects.some(
          ({ id, movement }) => id === statement.id && movement === 'new',
        )
        return {
          ...head,
          lines: isNew ? ['New in the plan', ...told] : told,
          brief: newlyRatedBrief(statement, content, lines),
        }
      }),
      noun: ['project newly rated', 'projects newly rated'],
    },
  ],
}

/** Projects that were Red or Amber and are not rated now: listed until they are rated again. */
export const noLongerRatedSection: SectionDescriptor = {
  key: 'no longer rated',
  firstMessageLimit: 2,
  build: (content, lines) => [
    {
      heading: 'Not rated any more',
      entries: content.noLongerRated.map((statement) => ({
        ...lines.head(statement),
        lines: statement.onDay ? lines.reason(statement, true) : [unratedText],
        brief: stateBrief(statement, content, lines),
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
  const isFirst = isFirstDigest(content)
  return {
    heading: isFirst ? formatState(state) : `Still ${formatState(state)}`,
    entries: entries.map((statement) => ({
      ...statementEntry(statement, content, lines),
      ...(isFirst && { brief: ownedBrief(statement, lines) }),
    })),
    noun: isFirst ? stateNouns(state) : [`still ${state.label}`, `still ${state.label}`],
  }
}

/** '◆ Red, Ana Lee'. Whether it was rated before stands at the top. */
function newlyRatedBrief(
  statement: DigestContent['newlyRated'][number],
  { scheme }: DigestContent,
  lines: LineFormatter,
): Brief {
  const parts = [formatState(stateIn(scheme, statement.state)), lines.owned(statement, '')]
  return { title: briefTitle(statement), text: parts.filter(Boolean).join(', ') }
}

/** '◆ Red, rated for the first time. Ana Lee: the site cannot hold restricted pages'. */
function stateBrief(statement: Statement, content: DigestContent, lines: LineFormatter): Brief {
  const { snapshot, scheme } = content
  const history = snapshot.projects.find(({ id }) => id === statement.id)
  const clause = statement.onDay ? lines.clause(statement) : unratedClause
  const text = lines.owned(statement, clause)
  const state = history ? formatMovedState(history, scheme) : ''
  return { title: briefTitle(statement), text: [state, text].filter(Boolean).join('. ') }
}

function ownedBrief(statement: Statement, lines: LineFormatter): Brief {
  const clause = statement.onDay ? lines.clause(statement) : lines.milestonesClause(statement)
  return { title: briefTitle(statement), text: lines.owned(statement, clause) }
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
