import { fullDate } from '../../../base/dates.ts'
import { formatWithheld } from '../../../domain/digests/audience/redact.ts'
import type { Plan, Project } from '../../../domain/plan/plan.ts'
import type { Audience } from '../../../domain/programme/audience.ts'
import { type State, schemeOf } from '../../../domain/scheme/schemes.ts'
import { ratingContextOf, ratingOf } from '../../../domain/status/rating.ts'
import { footerOf, type PlacedMilestone } from './footer.ts'
import { entryText, placementOf } from './milestone-cells.ts'
import { monthsFor } from './months.ts'
import type { Summary, SummaryRow } from './rows.ts'

export interface SummaryInput {
  /** As at its day, and as far as the reader may know it. */
  readonly plan: Plan
  readonly reader: Audience
  /** What is to be said of where the sheet comes from: the digest that it repeats. */
  readonly remarks?: readonly string[]
}

/** The sheet of a plan as at its day. */
export function summaryOf({ plan, reader, remarks = [] }: SummaryInput): Summary {
  const { programme, asAt, workstreams, projects } = plan
  const scheme = schemeOf(programme.settings)
  const context = ratingContextOf(plan)
  const months = monthsFor(asAt)
  const placed: PlacedMilestone[] = projects.flatMap((project) =>
    project.milestones.map((milestone) => {
      return { project, milestone, placement: placementOf(milestone, months, asAt) }
    }),
  )
  const cellOf = (project: Project, wanted: 'first' | 'second'): string =>
    placed
      .filter((one) => one.project === project && one.placement === wanted)
      .map(({ milestone }) => entryText(milestone, asAt))
      .join('\n')
  return {
    title: `${programme.title}: summary as at ${fullDate(asAt)}`,
    headings: [
      ...['REF', 'WORKSTREAM DETAIL', ratingHeading(scheme.key), 'COMMENTARY'],
      ...months.map(({ name }) => name),
    ],
    rows: [
      ...workstreams.flatMap(({ id, ref, title }): SummaryRow[] => [
        { kind: 'workstream', ref, title },
        ...projects
          .filter(({ workstreamId }) => workstreamId === id)
          .map((project): SummaryRow => {
            const { state, update } = ratingOf(project, context)
            return {
              ...{ kind: 'project', ref: project.ref, title: project.title, state },
              rating: ratingCell(state, scheme.key),
              commentary: update?.reason ?? '',
              months: [cellOf(project, 'first'), cellOf(project, 'second')],
            }
          }),
      ]),
      ...footerOf({
        ...{ plan, scheme, months, placed },
        ratingCell: (state) => ratingCell(state, scheme.key),
        remarks: [...remarks, ...formatWithheld(plan, reader)],
      }),
    ],
  }
}

/** Headings that say whose states they are, where the importer knows the scheme by them. */
function ratingHeading(scheme: string): string {
  if (scheme === 'rag') return 'RAG'
  return scheme === 'brag' ? 'BRAG' : 'STATUS'
}

/** W17 writes letters; the words of other schemes have none that people know. Not rated is an empty cell. */
function ratingCell({ key, letter, label, severity }: State, scheme: string): string {
  if (key === 'blank') return ''
  return severity >= 0 && (scheme === 'rag' || scheme === 'brag') ? letter : label
}
