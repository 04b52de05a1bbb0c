import { quietAfterWeeks } from '../../../../domain/digests/content/missing-updates.ts'
import type { SectionDescriptor } from './section-descriptor.ts'

const period = `${quietAfterWeeks} weeks`

/** Projects without an update for weeks, except the Reds: their own section shows the age of the update. */
export const noUpdateSection: SectionDescriptor = {
  key: 'no update',
  firstMessageLimit: 0,
  build: ({ quiet, attention: [worst], newlyRated }, lines) => {
    const listed = [...(worst?.entries ?? []), ...newlyRated]
    const listedAsWorst = new Set(listed.map(({ id }) => id))
    return [
      {
        heading: `No update for ${period}`,
        entries: quiet
          .filter(({ id }) => !listedAsWorst.has(id))
          .map((project) => ({
            ...lines.head(project, { isUnconfirmed: true }),
            lines: [lines.age(project.onDay)],
          })),
        noun: ['project without an update', 'projects without an update'],
      },
    ]
  },
}
