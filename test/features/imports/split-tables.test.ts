import { expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { rag } from '../../../src/domain/scheme/schemes.ts'
import { parsePlan } from '../../../src/features/imports/parse-plan.ts'

const read = async (rows: readonly string[]) => {
  const sheet = await readSheet(Buffer.from(rows.join('\n')), 'measures.tsv')
  return parsePlan(sheet, civilDate('2018-10-31'), rag)
}

test('stacked tables without a line between them keep their last rows', async () => {
  const { measures } = await read([
    'KPI\tFigure will:\tMarch 2018\tRAG\tTarget March 2019\tSeptember 2018\t\t',
    '\t\t\t\t\tValue\tRAG\tDoT',
    'Visits on time\tIncrease\t70%\tR\t90%\t88%\tG\tbetter',
    'Plans renewed\tIncrease\t60%\tR\t80%\t81%\tG\tbetter',
    'Quality Measure\tFrequency\tCollection Method\tOctober 2018 update',
    'Records are complete\tQuarterly\tSample of ten\t9 of 10',
    'Records are kind\tQuarterly\tSample of ten\t8 of 10',
    'Feedback Measure\tFrequency\tCollection Method\tOctober 2018 update',
    'Parents feel heard\tSix monthly\tPhone calls\t80%',
  ])
  expect(measures.map(({ kind, title }) => `${kind}: ${title}`)).toEqual([
    'kpi: Visits on time',
    'kpi: Plans renewed',
    'quality: Records are complete',
    'quality: Records are kind',
    'feedback: Parents feel heard',
  ])
})
