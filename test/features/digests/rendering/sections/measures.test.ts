import { describe, expect, test } from '@jest/globals'
import type { Measure } from '../../../../../src/domain/measures/measure.ts'
import { aMeasure, type MeasureSketch } from '../../../../domain/measures/measure-builder.ts'
import { cardsOf, families, saidOn, standards, textOf, type Week } from '../sample-weeks.ts'

const told = (...weeks: readonly Week[]) => {
  const [root, ...thread] = cardsOf(...weeks).map(textOf)
  return { root: root ?? '', thread: thread.join('\n') }
}

/** Readings from the newest on; each has the id of its figure. */
function visits(figures: readonly string[], more: MeasureSketch = {}): Measure {
  const measure = aMeasure({
    ...{ number: 3, title: 'Visits in time', target: '90%', polarity: 'increase' },
    projects: [{ id: '2.1', ref: '2.1', title: 'Hearing from families' }],
    readings: figures.map((raw, at) => ({
      raw,
      forDay: `2017-0${4 - at}-01`,
      period: `Q${4 - at}`,
    })),
    ...more,
  })
  return { ...measure, allReadings: measure.allReadings.map((one) => ({ ...one, id: one.raw })) }
}

const on = (asAt: string, measure: Measure, state = 'green'): Week => ({
  ...{ asAt, measures: [measure] },
  projects: [standards(saidOn('2017-02-17', 'green')), families(saidOn('2017-02-17', state))],
})

describe('a KPI', () => {
  test('that changed colour is in the first message, and in the thread with its figures', () => {
    const { root, thread } = told(
      on('2017-02-20', visits(['91%', '88%'])),
      on('2017-02-27', visits(['80%', '91%', '88%'])),
    )
    expect(root).toContain('KPIs that changed colour (1): KPI 3 Visits in time ◆ Red, was Green\n')
    expect(root).not.toContain('Nothing moved')
    expect(thread).toContain(
      'KPIs that changed colour\nKPI 3 Visits in time  ◆ Red, ↓ worse\nWas Green\n“80%” for Q4, target “90%”\nFor 2.1\n',
    )
  })

  test('with a target in stages names the one that its reading is compared with', () => {
    const staged = { target: '85% by Mar 2017; 90% by Jun 2017' }
    const { thread } = told(
      on('2017-02-20', visits(['91%', '88%'], staged)),
      on('2017-02-27', visits(['80%', '91%', '88%'], staged)),
    )
    expect(thread).toContain('“80%” for Q4, target “90% by Fri 30 Jun 2017”\n')
  })

  test('that changed colour by its aim alone says so', () => {
    const figures = ['91%', '88%']
    const { root, thread } = told(
      on('2017-02-20', visits(figures)),
      on('2017-02-27', visits(figures, { polarity: 'decrease', target: '80%' })),
    )
    expect(root).toContain('KPI 3 Visits in time ◆ Red, was Green by another aim\n')
    expect(thread).toContain(
      'Was Green, ↑ better: its target or aim was changed, not its reading\n',
    )
  })

  test('that is first rated, or is as it was, did not change colour', () => {
    const asIt = on('2017-02-27', visits(['80%', '91%']))
    for (const before of [on('2017-02-20', visits([])), { ...asIt, asAt: '2017-02-20' }]) {
      const { root, thread } = told(before, asIt)
      expect(root + thread).not.toContain('changed colour')
      expect(thread).toContain(
        'Measures\nKPI 3 Visits in time  ◆ Red, ↓ worse\n“80%” for Q4, target “90%”',
      )
    }
  })

  test('that is Green and not worse is counted alone', () => {
    const { thread } = told(on('2017-02-20', visits(['91%', '90%'])))
    expect(thread).not.toContain('Measures')
    expect(thread).toContain('KPI  Red 0, Amber 0, Green 1')
  })
})

describe('a Green project whose measure does not move', () => {
  test.each([
    ['the same', ['80%', '80%'], 'green', true],
    ['worse', ['80%', '82%'], 'green', true],
    ['better', ['80%', '75%'], 'green', false],
    ['the same, at its target', ['90%', '90%'], 'green', false],
    ['without a figure before it', ['80%'], 'green', false],
    ['the same, of a Red project', ['80%', '80%'], 'red', false],
  ])('is a named exception: %s', (_what, figures, state, isNamed) => {
    const { root, thread } = told(on('2017-02-20', visits(figures), state))
    const name = 'Delivery Green, measure not moving'
    expect(root.includes(`${name} (1): 2.1 Hearing from families KPI 3\n`)).toBe(isNamed)
    expect(
      thread.includes(
        `${name}\n2.1 Hearing from families  ● Green (G)\nKPI 3 Visits in time: ◆ Red, `,
      ),
    ).toBe(isNamed)
  })
})

test('counts stand by dimension: activity, KPIs, quality and feedback', () => {
  const survey = visits([], { number: 4, kind: 'feedback', title: 'Families who feel heard' })
  const week = on('2017-02-20', visits(['80%', '80%']))
  const { thread } = told({
    ...week,
    measures: [...(week.measures ?? []), { ...survey, id: 'm4' }],
  })
  expect(thread).toContain(
    'By dimension\nActivity  Red 0, Amber 0, Green 2, Not rated 0\nKPI  Red 1, Amber 0, Green 0\nFeedback  Red 0, Amber 0, Green 0, 1 not rated\n',
  )
})
