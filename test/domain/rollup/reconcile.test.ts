import { describe, expect, test } from '@jest/globals'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { parsePublishedFigures, reconcilePublished } from '../../../src/domain/rollup/reconcile.ts'
import { rollUpPlan } from '../../../src/domain/rollup/rules.ts'
import { aPlan } from '../../support/plans.ts'
import { aMeasure } from '../measures/measure-builder.ts'

const read = async (...rows: string[]) =>
  parsePublishedFigures(await readSheet(Buffer.from(rows.join('\n')), 'figures.csv'))

const plan = aPlan({
  programme: { settings: { scheme: 'brag' } },
  projects: [
    { ref: '1.1', updates: [{ state: 'red' }] },
    { ref: '1.2', updates: [{ state: 'green' }] },
    { ref: '2.1', updates: [{ state: 'no-update-required' }] },
  ],
})
const loaded = { plan, overrides: [], rollUp: rollUpPlan(plan, []) }

describe('figures as a paper printed them', () => {
  test('that do not add up are reported: counts (the published quarter: 68 of 70) and shares (99%)', async () => {
    const figures = await read(
      'Of,Green,Amber,Red,Blue,No update required,Total',
      'Actions,39,24,1,2,2,70',
      'KPIs,23,3,16,,,44',
      'Quality,6,10,0,,,16',
      'Feedback,14,4,1,,,19',
      'Sufficiency KPIs,71%,14%,14%,,,',
      'Reassessment KPIs,40%,,60%,,,',
    )
    expect(
      reconcilePublished(figures, loaded).map(({ ref, kind, says }) => [ref, kind, says]),
    ).toEqual([
      [
        'Actions',
        'published total',
        'Printed: Green 39, Amber 24, Red 1, Blue 2 and No update required 2; that is 68.',
      ],
      ['KPIs', 'published total', 'Printed: Green 23, Amber 3 and Red 16; that is 42.'],
      [
        'Sufficiency KPIs',
        'percentages',
        'Printed: Green 71%, Amber 14% and Red 14%; that is 99%.',
      ],
    ])
  })

  test('that differ from the rows of the plan are reported, of the programme and of a workstream', async () => {
    const figures = await read(
      'Of,R,A,G,No update required,Total',
      'programme,1,0,2,1,4',
      '1,1,0,1,,2',
    )
    expect(
      reconcilePublished(figures, loaded).map(({ ref, says, should }) => [ref, says, should]),
    ).toEqual([
      ['programme', 'Printed: Green 2.', "The plan's rows give 1."],
      ['programme', 'Printed: Total 4.', "The plan's rows give 3 projects."],
    ])
  })

  test('are held against the plan dimension by dimension, under the names of a quarterly overview', async () => {
    const reading = (raw: string, declared: string | null = null) => ({
      target: '60%',
      readings: [{ raw, declared, forDay: '2017-01-31' }],
    })
    const measures = [
      aMeasure({ number: 1, ...reading('60%') }),
      // Declared Green, and Red by the rule; then one that no rule can rate, and one without a reading.
      aMeasure({ number: 2, ...reading('40%', 'green') }),
      aMeasure({ number: 3, ...reading('NYA', 'amber') }),
      aMeasure({ number: 4, kind: 'quality' }),
    ]
    const figures = await read(
      'Of,Green,Amber,Red,Blue,Total',
      'Activity,1,0,1,0,3',
      'KPIs,2,1,0,,3',
      'QA measures,1,0,0,,2',
      'Feedback measures,14,4,1,,19',
      'Sufficiency KPIs,5,1,1,,7',
    )
    const published = reconcilePublished(figures, loaded, measures)
    expect(
      published
        .filter(({ kind }) => kind === 'published count')
        .map(({ ref, says, should }) => `${ref}. ${says} ${should}`),
    ).toEqual([
      "KPIs. Printed: Green 2. The plan's readings give 1.",
      "KPIs. Printed: Red 0. The plan's readings give 1.",
      "QA measures. Printed: Green 1. The plan's readings give 0.",
      "QA measures. Printed: Total 2. The plan's readings give 1 measure.",
    ])
  })

  test.each([
    [['State,Count', 'Green,3'], /need the columns Of/],
    [['Of,Green', 'Actions,many'], /“many” \(row 2, Green\) is no figure/],
  ])('that cannot be read say where: %p', async (rows, message) => {
    await expect(read(...rows)).rejects.toThrow(message)
  })
})
