import type { DigestContent } from '../../../../domain/digests/content/content.ts'
import {
  type DimensionEntry,
  hasWorseDimension,
  type ToldDimension,
} from '../../../../domain/digests/content/dimension-entries.ts'
import { confidence, formatState, stateByKey } from '../../../../domain/scheme/schemes.ts'
import { dimensionLabels } from '../../../../domain/status/dimensions.ts'
import { briefTitle } from './abbreviate.ts'
import type { LineFormatter } from './line-format.ts'
import type { SectionEntry } from './section.ts'
import type { SectionDescriptor } from './section-descriptor.ts'

/** Ratings by dimension, where a programme keeps them: what got worse, and what the whole is rated better than. */

export const worseDimensionSection: SectionDescriptor = {
  key: 'worse dimensions',
  firstMessageLimit: 3,
  isOneLine: true,
  build: (content, lines) => [
    {
      heading: 'Worse in a dimension',
      entries: entriesOf(content.dimensions.filter(hasWorseDimension), lines),
      noun: ['project that got worse in a dimension', 'projects that got worse in a dimension'],
    },
  ],
}

export const behindDimensionSection: SectionDescriptor = {
  key: 'dimensions behind',
  firstMessageLimit: 0,
  build: (content, lines) => [
    {
      heading: 'Rated better than one of its dimensions',
      entries: entriesOf(content.dimensions.filter(isBehindAlone), lines),
      noun: ['project rated better than a dimension', 'projects rated better than a dimension'],
    },
  ],
}

const isBehindAlone = (one: DimensionEntry) => !hasWorseDimension(one)

function entriesOf(entries: DigestContent['dimensions'], lines: LineFormatter): SectionEntry[] {
  return entries.map((project) => ({
    ...lines.head(project),
    lines: [`By dimension: ${project.ratings.map(formatDimension).join('; ')}`],
    brief: {
      title: briefTitle(project),
      text: project.ratings
        .filter(({ was }) => was !== null)
        .map(formatDimension)
        .join('; '),
    },
  }))
}

/** Its five points have the three of the others among them. */
const stateOf = (key: string) => stateByKey(confidence, key)

/** 'Cost ◆ Red, was Green' */
function formatDimension({ dimension, state, was }: ToldDimension): string {
  const before = was === null ? '' : `, was ${stateOf(was).label}`
  return `${dimensionLabels[dimension]} ${formatState(stateOf(state))}${before}`
}
