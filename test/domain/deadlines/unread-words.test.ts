import { expect, test } from '@jest/globals'
import { unreadDateWord } from '../../../src/domain/deadlines/unread-words.ts'

test.each([
  ['(80 staff)', '80'],
  ['or 30 June', '30'],
  ['extended to March', 'march'],
  ['revised', 'revised'],
  ['Not before the move', 'not before'],
  ['was agreed', 'was'],
  ['onwards', 'onwards'],
  ['Work started in', 'work started in'],
  ['delayed until', 'delayed until'],
  ['Fewer delayed discharges', undefined],
  ['- done', 'done'],
  ['Phase 2', undefined],
  ['b)', undefined],
  ['Survey of wave 3', undefined],
  ['May need more staff', undefined],
  ['', undefined],
])('beside a date, "%s" leaves %s unread', (about, word) => {
  expect(unreadDateWord(about)).toBe(word)
})

test('what is to be completed on a day to come is what is due then', () => {
  expect(unreadDateWord('week 14', { isDated: false })).toBe('14')
  expect(unreadDateWord('Survey completed')).toBe('completed')
  expect(unreadDateWord('Survey completed', { isAhead: true })).toBeUndefined()
})
