import { expect, test } from '@jest/globals'
import { aMeasure } from '../measures/measure-builder.ts'
import { keysOf, raiseChecks } from './raise-checks.ts'

const measures = (now: string) => [
  aMeasure({ baseline: '50%', readings: [{ raw: now, forDay: '2017-03-01' }] }),
]
const done = { due: '2017-03-01', doneOn: '2017-03-01' }
const attributes = { benefits: '1 from 2017-02-01 by 5' }

test('delivered, not moved is asked about, with what is known', () => {
  const [raised] = raiseChecks({ attributes, milestones: [done] }, { measures: measures('52%') })
  expect(raised?.question).toBe(
    'All its milestones are done, and it was to move measure 1 by 5: It went from “50%” to “52%”: 2 of 5. Did it?',
  )
})

test.each([
  ['it moved', attributes, [done], '55%'],
  ['a milestone is open', attributes, [done, { due: '2017-05-01' }], '52%'],
  ['it has no milestone', attributes, [], '52%'],
  ['it is to move nothing', {}, [done], '52%'],
])('it is not asked where %s', (_name, values, milestones, now) => {
  const raised = raiseChecks({ attributes: values, milestones }, { measures: measures(now) })
  expect(keysOf(raised)).toEqual([])
})
