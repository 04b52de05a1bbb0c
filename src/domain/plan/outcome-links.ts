import type { ReadTx } from '../../infra/db.ts'

/** What a project is for: the outcomes it serves, the recommendations it answers, the measures that show it. */
export interface OutcomeLinks {
  readonly outcomes: readonly string[]
  /** Refs, as the inspector numbers them. */
  readonly recommendations: readonly string[]
  readonly measures: readonly { readonly number: number; readonly title: string }[]
}

/** The aims of a project, in the order of the plan; each list empty where the plan has none. */
export async function loadOutcomeLinks(tx: ReadTx, projectId: string): Promise<OutcomeLinks> {
  const row = await tx.project.findUniqueOrThrow({
    where: { id: projectId },
    select: {
      outcomes: {
        orderBy: { outcome: { number: 'asc' } },
        select: { outcome: { select: { text: true } } },
      },
      recommendations: { select: { recommendation: { select: { ref: true } } } },
      measures: {
        orderBy: { measure: { number: 'asc' } },
        select: { measure: { select: { number: true, title: true } } },
      },
    },
  })
  const byNumber = new Intl.Collator('en-GB', { numeric: true })
  return {
    outcomes: row.outcomes.map(({ outcome }) => outcome.text),
    recommendations: row.recommendations
      .map(({ recommendation }) => recommendation.ref)
      .toSorted(byNumber.compare),
    measures: row.measures.map(({ measure }) => measure),
  }
}
