import type { SectionDescriptor } from './section-descriptor.ts'

/** A second rating that differs, a check that nobody answered. */
export const remarksSection: SectionDescriptor = {
  key: 'remarks',
  firstMessageLimit: 0,
  build: ({ beside }, lines) => [
    {
      heading: 'Questions and other views',
      entries: beside.map((project) => ({
        ...lines.head(project),
        lines: project.lines.map((line) => lines.abbreviate(line, project.ref)),
      })),
      noun: ['project with questions or other views', 'projects with questions or other views'],
    },
  ],
}
