import { diffPlans, mergeDiffs, noDiff, type StoredPlan } from './diff.ts'
import type { PlanDiff } from './diff-types.ts'
import type { PlanParseResult } from './parse-plan.ts'
import {
  findRenumbered,
  type Renumbering,
  renumberingChanges,
  withNewNumbers,
} from './renumbered-rows.ts'

export interface PlanComparison {
  /** The saved plan, with the numbers that the file gives. */
  readonly before: StoredPlan
  readonly renumbered: readonly Renumbering[]
  readonly difference: PlanDiff
}

/** What a file changes of the plan, and of its numbers. `newRows`: of which a person says what they are none of. Pure. */
export function comparePlan(
  file: PlanParseResult,
  stored: StoredPlan,
  newRows: readonly number[] = [],
): PlanComparison {
  const { sheetFormat, columns } = file.headings
  // A register alone does not mean that the plan is missing.
  if (sheetFormat.isRegister) return { before: stored, renumbered: [], difference: noDiff }
  // Only a sheet with numbers of its own gives new ones.
  const renumbered = columns.has('ref') ? findRenumbered(file, stored, newRows) : []
  const before = withNewNumbers(stored, renumbered)
  const moved = { ...noDiff, changed: renumberingChanges(renumbered) }
  const difference = mergeDiffs([moved, diffPlans(before, file, newRows)])
  return { before, renumbered, difference }
}
