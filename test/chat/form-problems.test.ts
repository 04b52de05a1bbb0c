import { describe, expect, test } from '@jest/globals'
import type { AdaptiveCard } from '../../src/chat/cards.ts'
import { listProblems, problemElement, unshownProblems } from '../../src/chat/form-problems.ts'

const form: AdaptiveCard = {
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: 'Move a date',
  body: [{ type: 'Input.Date', id: 'date', label: 'New date' }],
}
const date = { id: 'date', text: 'Say the new date.' }

describe('the problems of a form', () => {
  test('are not shown by an input of the same id, or by the same words elsewhere', () => {
    const inWords = { ...form, body: [...form.body, { type: 'TextBlock', text: date.text }] }
    expect(unshownProblems(form, { date: date.text })).toEqual([date])
    expect(unshownProblems(inWords, { date: date.text })).toEqual([date])
  })

  test('are shown by the element that belongs to the input, however deep it stands', () => {
    const items = [problemElement(date)]
    const shown = { ...form, body: [...form.body, { type: 'Container', items }] }
    expect(unshownProblems(shown, { date: date.text, reason: 'Say why.' })).toEqual([
      { id: 'reason', text: 'Say why.' },
    ])
  })

  test('without words are none', () => {
    expect(unshownProblems(form, { date: '' })).toEqual([])
  })

  test('are listed without the safeguarding question, which has its own place in a form', () => {
    expect(listProblems({ date: date.text, fine: 'Does this name a child?' })).toEqual([date])
  })
})
