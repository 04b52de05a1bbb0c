import type { DigestContent, WorkstreamCounts } from '../../../domain/digests/content/content.ts'
import { isOnScaleIn, stateIn } from '../../../domain/scheme/scheme-snapshot.ts'
import { notEnoughRatedText } from './format.ts'
import { formatTitle } from './sections/abbreviate.ts'
import { formatRagHistory } from './sections/rag-history-format.ts'
import type { Section } from './sections/section.ts'

/** Each workstream on one line, whether or not it has entries. A single workstream is the programme itself. */
export function workstreamOverview(content: DigestContent): Section[] {
  const { workstreams } = content
  if (workstreams.length < 2) return []
  return [
    {
      key: 'workstreams',
      heading: 'Workstreams',
      entries: workstreams.map((workstream) => ({
        title: formatTitle(workstream),
        beside: formatWorkstream(workstream, content),
        lines: [],
        workstreamId: null,
      })),
      noun: ['workstream', 'workstreams'],
      firstMessageLimit: 0,
      isOneLine: false,
      isAsked: false,
    },
  ]
}

/**
 * '◆ Red for 2 rounds (R, was R A): Red 3, Amber 0, Green 4', 'no live project, was Red'. A colour that was set by hand is told as
 * one, with what it rolls up to, as long as it stands.
 */
export function formatWorkstream(
  { id, counts, override }: WorkstreamCounts,
  { snapshot, scheme }: DigestContent,
): string {
  const told = counts.map(({ state, count }) => `${stateIn(scheme, state).label} ${count}`)
  const standing = snapshot.workstreams.find((each) => each.id === id)
  if (counts.every(({ count }) => count === 0)) {
    const [was] = standing?.movement === 'no longer rated' ? standing.earlier : []
    return `no live project${was ? `, was ${stateIn(scheme, was).label}` : ''}`
  }
  const isRated = counts.some(({ state, count }) => isOnScaleIn(scheme, state) && count > 0)
  const isTooFew = standing?.state === scheme.blank.key && isRated
  const history = isTooFew
    ? notEnoughRatedText(scheme)
    : standing && formatRagHistory(standing, scheme)
  const colour = history ? [history] : []
  return [[...colour, told.join(', ')].join(': '), ...(override ? [override] : [])].join('. ')
}
