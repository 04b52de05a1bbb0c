import type { ReadTx } from '../../infra/db.ts'

/**
 * What the projects of a programme are for, all at once: outcomes, recommendations, and the headings under which the
 * plan has them. As it is recorded now: earlier links are not kept.
 */
export interface ProgrammeLinks {
  readonly outcomes: readonly { readonly number: number; readonly text: string }[]
  readonly recommendations: readonly { readonly ref: string; readonly text: string | null }[]
  /** By the project's id. */
  readonly projects: ReadonlyMap<string, ProjectLinks>
  /** The id of the workstream that a measure speaks for as a whole, by the measure's id. */
  readonly measures: ReadonlyMap<string, string>
}

export interface ProjectLinks {
  /** The heading above it within its workstream; null where there is none. */
  readonly section: string | null
  /** Numbers of outcomes. */
  readonly outcomes: readonly number[]
  /** Refs, as the inspector numbers them. */
  readonly recommendations: readonly string[]
}

const byNumber = new Intl.Collator('en-GB', { numeric: true })

/** In the order of their numbers. One query after the other: a transaction has one connection. */
export async function loadProgrammeLinks(tx: ReadTx, programmeId: string): Promise<ProgrammeLinks> {
  const outcomes = await tx.outcome.findMany({ where: { programmeId }, orderBy: { number: 'asc' } })
  const recommendations = await tx.recommendation.findMany({ where: { programmeId } })
  const projects = await tx.project.findMany({
    where: { programmeId },
    select: {
      ...{ id: true, section: true },
      outcomes: { select: { outcome: { select: { number: true } } } },
      recommendations: { select: { recommendation: { select: { ref: true } } } },
    },
  })
  const measures = await tx.measure.findMany({
    where: { programmeId, workstreamId: { not: null } },
    select: { id: true, workstreamId: true },
  })
  return {
    measures: new Map(measures.map(({ id, workstreamId }) => [id, workstreamId ?? ''])),
    outcomes: outcomes.map(({ number, text }) => ({ number, text })),
    recommendations: recommendations
      .map(({ ref, text }) => ({ ref, text }))
      .toSorted((one, other) => byNumber.compare(one.ref, other.ref)),
    projects: new Map(
      projects.map(({ id, section, ...row }) => {
        const numbers = row.outcomes.map(({ outcome }) => outcome.number)
        const refs = row.recommendations.map(({ recommendation }) => recommendation.ref)
        return [
          id,
          {
            section,
            outcomes: numbers.toSorted((one, other) => one - other),
            recommendations: refs.toSorted(byNumber.compare),
          },
        ]
      }),
    ),
  }
}

/** Where a programme has no such links. */
export const noLinks: ProgrammeLinks = {
  outcomes: [],
  recommendations: [],
  projects: new Map(),
  measures: new Map(),
}
