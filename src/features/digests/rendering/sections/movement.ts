import type { DigestContent } from '../../../../domain/digests/content/content.ts'
import { type LineFormatter, milestonesText } from './line-format.ts'
import type { SectionContent } from './section.ts'
import type { SectionDescriptor } from './section-descriptor.ts'

export const worseSection: SectionDescriptor = {
  key: 'worse',
  firstMessageLimit: 8,
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
    }
  })
}
