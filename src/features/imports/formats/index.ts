import { actionPlan } from './action-plan.ts'
import { commitments } from './commitments.ts'
import { kpiTable } from './kpi-table.ts'
import { milepostSheet } from './milepost-sheet.ts'
import { milestoneTable } from './milestone-table.ts'
import { register } from './register.ts'
import type { SheetFormat } from './sheet-format.ts'
import { summarySheet } from './summary-sheet.ts'
import { tracker } from './tracker.ts'

/** Every sheet format. Where headings fit two equally well, the first in this list is taken. */
export const sheetFormats: readonly SheetFormat[] = [
  milepostSheet,
  summarySheet,
  actionPlan,
  milestoneTable,
  kpiTable,
  commitments,
  tracker,
  register,
]
