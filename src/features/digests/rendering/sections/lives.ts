import { capitalised } from '../../../../base/text.ts'
import { briefTitle } from './abbreviate.ts'
import type { SectionDescriptor } from './section-descriptor.ts'

/** Projects that were closed, put on hold or into the pipeline since the last digest, or that are live again. */
export const lifeSection: SectionDescriptor = {
  key: 'lives',
  firstMessageLimit: 3,
  isOneLine: true,
  build: ({ lifeChanges }, lines) => [
    {
      heading: 'Closed, on hold or live again',
      entries: lifeChanges.map((project) => ({
        ...lines.head(project),
        workstreamId: project.workstreamId,
        lines: [capitalised(project.text), ...lines.reason(project, false)],
        brief: { title: briefTitle(project), text: briefStates[project.state] },
      })),
      noun: ['project closed, on hold or live again', 'projects closed, on hold or live again'],
    },
  ],
}

const briefStates = {
  pipeline: 'in the pipeline',
  'on hold': 'on hold',
  closed: 'closed',
  live: 'live again',
} as const
