import { expect, test } from '@jest/globals'
import { rag } from '../../../../src/domain/scheme/schemes.ts'
import { answerMenus, withAnswers } from '../../../../src/features/imports/chat/answer-menus.ts'
import { choicesSchema } from '../../../../src/features/imports/drafts/draft.ts'

const open = { states: ['In progress', 'Zoë’s list'], isDateOrderOpen: true }

test('there is a menu for the order of dates and one for each word, none of them answered', () => {
  const menus = answerMenus(open, rag)
  expect(menus.map(({ label, value }) => [label, value])).toEqual([
    ['Dates such as 04/03/2027', 'ask'],
    ['“In progress” means', 'ask'],
    ['“Zoë’s list” means', 'ask'],
  ])
  expect(menus[1]?.choices.map(({ title }) => title)).toEqual([
    ...['Not answered', 'Red', 'Amber', 'Green'],
    ...['No update required', 'N/A', 'Not yet available', 'Done', 'No rating'],
  ])
  expect(answerMenus({ states: [], isDateOrderOpen: false }, rag)).toEqual([])
})

test('what is answered is kept beside what was answered before', () => {
  const [order, first, second] = answerMenus(open, rag).map(({ id }) => id)
  const none = choicesSchema.parse({})
  const before = withAnswers(none, { [first ?? '']: 'green', [second ?? '']: 'ask' })
  expect(before.answers).toEqual({ states: { 'In progress': 'green' } })
  const after = withAnswers(before, { [order ?? '']: 'month first', [second ?? '']: 'done' })
  expect(after.answers).toEqual({
    dates: 'month first',
    states: { 'In progress': 'green', 'Zoë’s list': 'done' },
  })
  expect(withAnswers(none, { shape: 'tracker' })).toBe(none)
})
