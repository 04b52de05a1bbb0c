import { expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import type { Ending, Life } from '../../../src/domain/plan/life.ts'
import { countSetAside, formatSetAside } from '../../../src/domain/plan/set-aside.ts'

const began = { onDay: civilDate('2017-02-24'), reason: null }
const onHold: Life = { state: 'on hold', ...began, reviewOn: null }
const pipeline: Life = { state: 'pipeline', ...began }
const removed: Life = { state: 'removed', ...began }
const closed = (ending: Ending): Life => ({ state: 'closed', ...began, ending, into: null })

test.each<[string, Life[]]>([
  ['', []],
  ['', [null, null, removed]],
  ['1 on hold', [null, onHold]],
  [
    '2 on hold, 1 in the pipeline, 3 closed: 2 finished, 1 merged',
    [onHold, closed('finished'), pipeline, closed('merged'), onHold, closed('finished'), null],
  ],
  ['1 closed: 1 stopped', [closed('stopped'), removed]],
])('what is set aside is counted in words: "%s"', (words, lives) => {
  expect(formatSetAside(countSetAside(lives))).toBe(words)
})
