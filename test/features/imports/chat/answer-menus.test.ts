import { expect, test } from '@jest/globals'
import { rag } from '../../../../src/domain/scheme/schemes.ts'
import {
  answerMenus,
  blankMenus,
  rewordedRows,
  sameMenus,
  sheetMenu,
  withAnswers,
} from '../../../../src/features/imports/chat/answer-menus.ts'
import { choicesSchema } from '../../../../src/features/imports/drafts/draft.ts'

const undated = { earliest: null, due: null, precision: 'none', problem: null } as const
const deadline = { ...undated, raw: '', recurrence: null, condition: null }
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

test('several sheets are a menu; another one has headings and rows of its own, the same one is said to be meant', () => {
  expect(sheetMenu(['Plan'], 'Plan')).toEqual([])
  const [menu] = sheetMenu(['Plan', 'Old plan'], 'Plan')
  expect([menu?.value, menu?.choices.map(({ value }) => value)]).toEqual([
    'Plan',
    ['Plan', 'Old plan'],
  ])
  const before = choicesSchema.parse({ shape: 'tracker', mapping: { Who: 'leads' }, newRows: [4] })
  expect(withAnswers(before, { sheet: 'Plan' }, 'Plan')).toEqual({ ...before, sheet: 'Plan' })
  expect(withAnswers(before, { sheet: 'Old plan' }, 'Plan')).toEqual(
    choicesSchema.parse({ sheet: 'Old plan' }),
  )
})

test('what was taken for the same is a menu; a person can say that it is new', () => {
  const milestone = { ...deadline, about: 'Reopen hall', row: 7, column: 'Due' }
  const change = { what: 'milestone', field: 'about', ref: '1.1', number: 1, milestone } as const
  const changed = [{ ...change, title: 'Reopen hall', from: 'Re-open hall', to: 'Reopen hall' }]
  const [menu] = sameMenus(rewordedRows({ changed }, [], true))
  expect([menu?.label, menu?.choices[0]?.title]).toEqual([
    'Row 7, “Reopen hall”',
    'The same as “Re-open hall”',
  ])
  const renumbered = {
    what: 'project',
    field: 'number',
    ref: '1.5',
    from: '1.4',
    to: '1.5',
  } as const
  const titled = { ...renumbered, title: 'Dig ponds' }
  const measure = { what: 'measure', field: 'title', ref: '3', title: 'On time', row: 9 } as const
  const reworded = { ...measure, from: 'In time', to: 'On time' }
  const rows = rewordedRows(
    { changed: [titled, ...changed, reworded] },
    [{ ref: '1.5', row: 7 }],
    true,
  )
  expect(
    sameMenus(rows).map(({ label, choices }) => [label, ...choices.map(({ title }) => title)]),
  ).toEqual([
    ['Row 7, “1.5 Dig ponds”', 'The same as “1.4 Dig ponds”', 'Another: go by its number'],
    ['Row 9, “On time”', 'The same as “In time”', 'New in the plan'],
  ])
  const none = choicesSchema.parse({})
  expect(withAnswers(none, { [menu?.id ?? '']: 'new' }).newRows).toEqual([7])
  expect(withAnswers(none, { [menu?.id ?? '']: 'same' })).toBe(none)
})

test('a rating whose cell is empty is a menu; an answer is kept beside those before it', () => {
  const blank = { item: '1.1 2', title: 'Survey', row: 7, state: '◆ Red' }
  const [menu] = blankMenus([blank], { '1.1 2': 'keep' })
  expect([menu?.label, menu?.value]).toEqual([
    'Row 7, 1.1 2 “Survey”: was ◆ Red, now empty',
    'keep',
  ])
  const before = choicesSchema.parse({ answers: { blanks: { '1.1': 'keep' } } })
  const answers = { [menu?.id ?? '']: 'not rated', reason: ' It has ended ' }
  expect(withAnswers(before, answers).answers).toEqual({
    states: {},
    blanks: { '1.1': 'keep', '1.1 2': 'not rated' },
    blankReason: 'It has ended',
  })
})
