import type { DigestContent, MovedProject } from '../../../../domain/digests/content/content.ts'
import { stateIn } from '../../../../domain/scheme/scheme-snapshot.ts'
import { formatState } from '../../../../domain/scheme/schemes.ts'
import { briefTitle } from './abbreviate.ts'
import { type LineFormatter, milestonesText } from './line-format.ts'
import type { Brief, SectionContent } from './section.ts'
import type { SectionDescriptor } from './section-descriptor.ts'

export const worseSection: SectionDescriptor = {
  key: 'worse',
  firstMessageLimit: 8,
  isAsked: true,
  build: (content, lines) => [
    {
      heading: 'Worse',
      entries: movedEntries(content, 'worse', lines),
      noun: ['project that got worse', 'projects that got worse'],
    },
  ],
}

export const betterSection: SectionDescriptor = {
  key: 'better',
  firstMessageLimit: 4,
  isOneLine: true,
  build: (content, lines) => [
    {
      heading: 'Better',
      entries: movedEntries(content, 'better', lines),
      noun: ['project that got better', 'projects that got better'],
    },
  ],
}

function movedEntries(
  content: DigestContent,
  direction: 'worse' | 'better',
  lines: LineFormatter,
): SectionContent['entries'] {
  return content[direction].map((project) => {
    // A project in a good state needs no reason and no way back.
    const needsReason = content.attention.some(({ state }) => state === project.to)
    return {
      ...lines.head(project),
      lines: [
        ...(project.isByMilestones
          ? [milestonesText]
          : [
              ...lines.reason(project, needsReason),
              ...(needsReason ? [lines.backToGreen(project)] : []),
            ]),
        ...(project.awaited ? [project.awaited] : []),
      ],
      brief:
        direction === 'worse' ? worseBrief(project, content, lines) : betterBrief(project, content),
    }
  })
}

/** '▲ Amber, from Green. Ana Lee: the partner left'. */
function worseBrief(project: MovedProject, { scheme }: DigestContent, lines: LineFormatter): Brief {
  const { to, from, isByMilestones } = project
  const moved = `${formatState(stateIn(scheme, to))}, from ${stateIn(scheme, from).label}`
  const clause = isByMilestones ? lines.milestonesClause(project) : lines.clause(project)
  return {
    title: briefTitle(project),
    text: [moved, lines.owned(project, clause)].filter(Boolean).join('. '),
  }
}

function betterBrief(project: MovedProject, { scheme }: DigestContent): Brief {
  return { title: briefTitle(project), text: formatState(stateIn(scheme, project.to)) }
}
