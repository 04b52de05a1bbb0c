import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { implausibleFigures } from '../../../src/domain/measures/checks.ts'
import { formatRag, formatTarget } from '../../../src/domain/measures/format.ts'
import { countedState } from '../../../src/domain/measures/rules.ts'
import {
  aimOn,
  hasUnreadStages,
  lacksYears,
  lastStageDay,
  stageOn,
  stagesOf,
} from '../../../src/domain/measures/staged-target.ts'
import { aMeasure } from './measure-builder.ts'

const today = civilDate('2026-11-29')
const thresholds = { green: 5, amber: 10 }

/** As an import keeps it: the text, and the day of its last stage. */
const kept = (target: string) => ({ target, targetOn: lastStageDay(target, today) ?? null })

describe('a target in stages', () => {
  test.each([
    ['June 80 %, December 90 %', ['80 % 2026-06-30', '90 % 2026-12-31']],
    ['80% by Jun 26; 90% by Dec 26', ['80% 2026-06-30', '90% 2026-12-31']],
    ['80% (June 2026) 90% (Dec 2026)', ['80% 2026-06-30', '90% 2026-12-31']],
    ['June 2026 80%, December 90%', ['80% 2026-06-30', '90% 2026-12-31']],
    ['Nov 25: 80%, Feb: 90%', ['80% 2025-11-30', '90% 2026-02-28']],
    [
      '70% by June 2026, 80% by December 2026 and 90% by March 2027',
      ['70% 2026-06-30', '80% 2026-12-31', '90% 2027-03-31'],
    ],
    ['2026/27: £4m\n2027/28: £5m', ['£4m 2027-03-31', '£5m 2028-03-31']],
    ['30 June: 40; 31 December: 50', ['40 2026-06-30', '50 2026-12-31']],
    ['1,200 by 31/03/2027; 1,500 by 31/03/2028', ['1,200 2027-03-31', '1,500 2028-03-31']],
    [
      'at least 80% by Q2 2026/27, then at least 90% by the end of March 2028',
      ['at least 80% 2026-09-30', 'at least 90% 2028-03-31'],
    ],
    ['by June 2026 80%, by December 2026 90%', ['80% 2026-06-30', '90% 2026-12-31']],
    ['80% by March 2027', ['80% 2027-03-31']],
    ['£4,500, by March 2027', ['£4,500 2027-03-31']],
  ])('%j is read as %j', (target, stages) => {
    expect(stagesOf(kept(target)).map(({ raw, on }) => `${raw} ${on}`)).toEqual(stages)
  })

  test.each([
    ['two figures without days', '80%; 90%', true],
    ['years that are no dates', 'Year 1: 80%, Year 2: 90%', true],
    ['a bare figure beside a day', 'by 30 June 40, by 31 December 50', true],
    ['two units', '80% by June 2026; 5 days by December 2026', true],
    ['days that go back', '90% by Dec 2026; 80% by Jun 2026', true],
    ['one figure in two ways', '56 (519)', false],
    ['a time within the target', '95% within 10 days', false],
    ['one day in brackets', '65% (August 2018)', false],
    ['a direction', 'Increase', false],
    ['more stages than three years have quarters', 'June 80%, '.repeat(30), true],
  ])('%s are no stages: %j', (_, target, isAsked) => {
    expect(stagesOf(kept(target))).toEqual([])
    expect(hasUnreadStages(kept(target))).toBe(isAsked)
  })

  // Searched from each blank in turn, it would take seconds.
  test('is looked for in the beginning of a long text alone', () => {
    const target = `${' '.repeat(40_000)}80%; 90%`
    expect([stagesOf(kept(target)), hasUnreadStages(kept(target))]).toEqual([[], true])
  })

  test('needs the day of its last stage where it names no year, and is not rated without', () => {
    const measure = aMeasure({
      target: 'June 80%, December 90%',
      readings: [{ raw: '85%', forDay: '2026-09-30' }],
    })
    expect(lacksYears(measure)).toBe(true)
    expect(countedState(measure, thresholds)).toBeNull()
    expect(formatTarget(measure)).toBe(
      'June 80%, December 90% (without a year, its days are not known)',
    )
    expect(lacksYears({ ...measure, targetOn: civilDate('2026-12-31') })).toBe(false)
    expect(stagesOf({ ...measure, targetOn: civilDate('2027-12-31') })[0]?.on).toBe('2027-06-30')
  })
})

describe('the stage in force', () => {
  const target = '80% by Jun 26; 90% by Dec 26'

  test.each([
    [null, '80%'],
    ['2025-12-31', '80%'],
    ['2026-06-30', '80%'],
    ['2026-07-01', '90%'],
    ['2026-12-31', '90%'],
    ['2028-03-31', '90%'],
  ])('on %s is %s: the first whose day has not passed, at last the last', (day, raw) => {
    expect(stageOn(kept(target), day === null ? null : civilDate(day))?.raw).toBe(raw)
  })

  test('rates each reading by its own day, whatever is read later', () => {
    const readings = [
      { raw: '81%', forDay: '2026-09-30' },
      { raw: '79%', forDay: '2026-06-30' },
    ]
    const measure = aMeasure({ target, readings })
    expect(measure.allReadings.map((reading) => formatRag(measure, reading, thresholds))).toEqual([
      { state: '▲ Amber', detail: '10% short of the target of “90%” by Thu 31 Dec 2026' },
      { state: '● Green', detail: '1.25% short of the target of “80%” by Tue 30 Jun 2026' },
    ])
    expect(countedState(measure, thresholds)).toBe('amber')
    expect(formatTarget(measure)).toBe('80% by Tue 30 Jun 2026 and 90% by Thu 31 Dec 2026')
    expect(implausibleFigures(measure)).toEqual([])
  })

  test('of a target without stages is the target itself', () => {
    const measure = aMeasure({ target: '65% (August 2018)' })
    expect(aimOn(measure, today)).toBe(measure)
  })
})
