import { expect, test } from '@jest/globals'
import { mostAlike } from '../../../src/features/imports/same-text.ts'

test.each([
  ['Reopen the hall', 'Re-open the hall', true],
  ['Report to the board agreed', 'Report to the Board is agreed', true],
  ['Phase 1 report agreed by the board', 'Phase 2 report agreed by the board', false],
  ['Draft report agreed', 'Final report agreed', false],
  ['Hall', 'Path', false],
  ['', '', false],
])('“%s” beside “%s” is the same: %s', (text, other, isSame) => {
  const found = mostAlike(text, [other], (one) => one, 'milestone')
  expect(found === other).toBe(isSame)
})
