import type { DigestContent, WorkstreamTold } from '../../../domain/digests/content/content.ts'
import { stateIn } from '../../../domain/scheme/scheme-snapshot.ts'
import { standingInWords } from './format.ts'
import { type Section, titleOf } from './section.ts'

/** Each workstream in a line, those of which there is nothing else to say, too. One alone is the programme. */
export function overviewOf(content: DigestContent): Section[] {
  const { workstreams } = content
  if (workstreams.length < 2) return []
  return [
    {
      key: 'workstreams',
      heading: 'Workstreams',
      entries: workstreams.map((workstream) => ({
        title: titleOf(workstream),
        beside: workstreamInWords(workstream, content),
        lines: [],
        workstreamId: null,
      })),
      noun: ['workstream', 'workstreams'],
      atFirst: 0,
    },
  ]
}

/** '◆ Red for 2 rounds (R, was R A): Red 3, Amber 0, Green 4', 'no projects'. */
export function workstreamInWords(
  { id, counts }: WorkstreamTold,
  { snapshot, scheme }: DigestContent,
): string {
  const told = counts.map(({ state, count }) => `${stateIn(scheme, state).label} ${count}`)
  if (counts.every(({ count }) => count === 0)) return 'no projects'
  const standing = snapshot.workstreams.find((each) => each.id === id)
  return [...(standing ? [standingInWords(standing, scheme)] : []), told.join(', ')].join(': ')
}
