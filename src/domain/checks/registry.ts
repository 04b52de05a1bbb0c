import type { Check } from './check.ts'
import { deliveredNotMovedCheck } from './delivered-not-moved.ts'
import { missingGreenByCheck } from './missing-green-by.ts'
import { moneyCheck } from './money-totals.ts'
import { overdueMilestonesCheck } from './overdue-milestones.ts'
import { redWithAllCriteriaCheck } from './red-with-all-criteria.ts'
import { repeatedCommentaryCheck } from './repeated-commentary.ts'
import { safeguardingCheck } from './safeguarding-check.ts'
import { worseningMeasureCheck } from './worsening-measure.ts'

/** Every check of a project, in the order in which they are asked. */
export const checkRegistry: readonly Check[] = [
  overdueMilestonesCheck,
  repeatedCommentaryCheck,
  missingGreenByCheck,
  worseningMeasureCheck,
  deliveredNotMovedCheck,
  moneyCheck,
  redWithAllCriteriaCheck,
  safeguardingCheck,
]

/** The words that people type for them. */
export const checkKeys = checkRegistry.map(({ key }) => key)

/** @throws Error of a key that no check has */
export function checkByKey(key: string): Check {
  const found = checkRegistry.find((check) => check.key === key)
  if (!found) throw new Error(`There is no check ${key}`)
  return found
}
