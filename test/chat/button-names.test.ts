import { expect, test } from '@jest/globals'
import { withButtonNames } from '../../src/chat/button-names.ts'
import type { AdaptiveElement } from '../../src/chat/cards.ts'

const line = (text: string) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] })
const buttons = (...titles: string[]) => ({
  type: 'ActionSet',
  actions: titles.map((title) => ({ type: 'Action.Execute', title })),
})
const cardOf = (body: AdaptiveElement[]) => ({
  ...{ type: 'AdaptiveCard' as const, version: '1.5', fallbackText: 'Due', body },
  actions: [{ type: 'Action.Execute', title: 'Show all' }],
})

/** The names of all buttons, in reading order. */
const namesOf = (value: unknown): string[] =>
  JSON.stringify(value)
    .match(/"tooltip":"[^"]*"/g)
    ?.map((each) => each.slice(11, -1)) ?? []

test('the buttons of each row say which row it is, those of the card which card', () => {
  const row = (text: string, ...more: AdaptiveElement[]) => ({
    type: 'Container',
    items: [line(text), ...more, buttons('Done', 'Move date')],
  })
  const rows = [row('2.1 Practice standards', line('3. Rota agreed')), row('2.2 Assessments')]
  const card = cardOf([line('Overdue'), { type: 'Container', items: rows }])
  expect(namesOf(withButtonNames(card))).toEqual([
    'Done: 2.1 Practice standards, 3. Rota agreed',
    'Move date: 2.1 Practice standards, 3. Rota agreed',
    'Done: 2.2 Assessments',
    'Move date: 2.2 Assessments',
    'Show all: Overdue',
  ])
})

test('a long title leaves room for the line that tells two rows apart', () => {
  const title = '4.2 Learning from compliments, complaints and the voices of children'
  const card = cardOf([line(title), line('1. The complaints procedure goes live'), buttons('Done')])
  const [name = ''] = namesOf(withButtonNames(card))
  expect(name).toBe('Done: 4.2 Learning from compliments…, 1. The complaints procedure goes…')
  expect(name.length).toBeLessThanOrEqual(75)
})
