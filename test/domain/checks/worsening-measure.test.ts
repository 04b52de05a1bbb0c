import { describe, expect, test } from '@jest/globals'
import { aMeasure } from '../measures/measure-builder.ts'
import { green, raiseChecks } from './raise-checks.ts'

describe('a measure that worsens under a Green', () => {
  const measure = (now: string, project = '2.1') => [
    aMeasure({
      projects: [{ id: project, ref: project, title: '' }],
      readings: [
        { raw: now, forDay: '2017-03-01' },
        { raw: '61%', forDay: '2017-02-01' },
      ],
    }),
  ]

  test('trips', () => {
    const [raised] = raiseChecks({ updates: [green] }, { measures: measure('58%') })
    expect(raised?.check).toBe('measure')
    expect(raised?.question).toContain('got worse, from “61%” to “58%”')
  })

  test('goes by its polarity', () => {
    const measures = measure('58%').map((one) => ({ ...one, polarity: 'decrease' as const }))
    expect(raiseChecks({ updates: [green] }, { measures })).toEqual([])
  })

  test.each([
    ['the figure stayed', 'green', measure('61%')],
    ['it is another project’s', 'green', measure('58%', '2.2')],
    ['the reading is no number', 'green', measure('58% (tbc)')],
    ['the project is Red', 'red', measure('58%')],
  ])('does not where %s', (_, state, measures) => {
    expect(raiseChecks({ updates: [{ ...green, state, reason: 'x' }] }, { measures })).toEqual([])
  })
})
