import { Refusal } from '../../../../base/errors.ts'
import { listOf } from '../../../../base/text.ts'
import type { PaperLayout } from '../layout.ts'
import { actionPlan } from './action-plan.ts'
import { highlightReport } from './highlight-report.ts'
import { inspectionPack } from './inspection-pack.ts'
import { outcomes } from './outcomes.ts'
import { planLevel1, planLevel2 } from './plan-on-a-page.ts'
import { quarterlyOverview } from './quarterly-overview.ts'
import { summarySheet } from './summary-sheet.ts'
import { themes } from './themes.ts'

/** In the order in which help names them. */
export const paperLayouts: readonly PaperLayout[] = [
  ...[summarySheet, quarterlyOverview, planLevel1, planLevel2, actionPlan, themes],
  ...[highlightReport, outcomes, inspectionPack],
]

/** @throws Refusal where there is none of that name */
export function layoutByKey(key: string): PaperLayout {
  const found = paperLayouts.find((layout) => layout.key === key.toLowerCase())
  if (found) return found
  throw new Refusal(
    `There is no paper “${key}”. There are ${listOf(paperLayouts.map((layout) => layout.key))}. Nothing was written.`,
  )
}
