import { governmentStandardTable } from './government-standard.ts'
import { dimensionTable, moneyTable } from './money-tables.ts'
import {
  entryTable,
  measureTable,
  outcomeTable,
  projectMeasureTable,
  projectOutcomeTable,
  projectRecommendationTable,
  readingTable,
  recommendationTable,
} from './other-tables.ts'
import {
  milestoneTable,
  programmeTable,
  projectTable,
  stateTable,
  updateTable,
  workstreamTable,
} from './plan-tables.ts'
import type { DataTable } from './table.ts'

/** A table comes after those whose keys it holds. */
export const dataTables: readonly DataTable[] = [
  ...[programmeTable, stateTable, workstreamTable, projectTable, milestoneTable, updateTable],
  ...[measureTable, readingTable, entryTable, outcomeTable, recommendationTable],
  ...[dimensionTable, moneyTable, governmentStandardTable],
  ...[projectMeasureTable, projectOutcomeTable, projectRecommendationTable],
]
