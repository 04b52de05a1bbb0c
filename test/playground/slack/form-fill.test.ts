import { describe, expect, test } from '@jest/globals'
import type { Element } from '../../../src/playground/slack/elements.ts'
import {
  type Choice,
  elementValue,
  fillForm,
  validateInputs,
} from '../../../src/playground/slack/form-fill.ts'

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const option = (value: string) => ({ text: plain(value.toUpperCase()), value })
const [a, b] = [option('a'), option('b')]

describe('an element holds', () => {
  test.each<[Element, Choice | undefined, object]>([
    [{ type: 'plain_text_input' }, undefined, { value: null }],
    [{ type: 'plain_text_input', initial_value: 'x' }, undefined, { value: 'x' }],
    [{ type: 'plain_text_input', initial_value: 'x' }, '', { value: null }],
    [{ type: 'static_select', options: [a, b] }, 'b', { selected_option: b }],
    [{ type: 'static_select', options: [a, b] }, 'B', { selected_option: b }],
    [
      { type: 'static_select', options: [a, b], initial_option: a },
      undefined,
      { selected_option: a },
    ],
    [{ type: 'radio_buttons', options: [a, b] }, undefined, { selected_option: null }],
    [{ type: 'checkboxes', options: [a, b] }, ['a', 'b'], { selected_options: [a, b] }],
    [{ type: 'checkboxes', options: [a], initial_options: [a] }, false, { selected_options: [] }],
    [{ type: 'checkboxes', options: [a] }, true, { selected_options: [a] }],
    [
      { type: 'datepicker', initial_date: '2017-03-31' },
      undefined,
      { selected_date: '2017-03-31' },
    ],
    [{ type: 'timepicker' }, '09:00', { selected_time: '09:00' }],
    [{ type: 'multi_users_select' }, ['U0AMINA'], { selected_users: ['U0AMINA'] }],
    [{ type: 'overflow', options: [a, b] }, 'a', { selected_option: a }],
  ])('%j after %j: %j', (element, choice, value) => {
    expect(elementValue(element, choice)).toEqual({ type: element.type, ...value })
  })

  test('no option that it does not offer', () => {
    expect(() => elementValue({ type: 'static_select', options: [a, b] }, 'c')).toThrow(
      '"c" is no option; there are: a, b.',
    )
  })
})

describe('a form', () => {
  const blocks = [
    {
      type: 'input' as const,
      block_id: 'reason',
      label: plain('Reason'),
      element: { type: 'plain_text_input' as const, action_id: 'text', min_length: 3 },
    },
  ]

  test('is filled in by action id or by block id', () => {
    expect(fillForm({ blocks }, { text: 'late' })).toEqual(fillForm({ blocks }, { reason: 'late' }))
  })

  test('says which fields there are when one is not', () => {
    expect(() => fillForm({ blocks }, { state: 'red' })).toThrow(
      'No field is called state; there are: reason/text.',
    )
  })

  test.each([
    ['', 'Please complete this required field.'],
    ['no', 'Must be at least 3 characters.'],
    ['yes', undefined],
  ])('entered with "%s" is refused with %s', (text, problem) => {
    expect(validateInputs({ blocks }, fillForm({ blocks }, { text })).reason).toBe(problem)
  })

  test('may leave an optional field empty, whatever its least length', () => {
    const optional = blocks.map((block) => ({ ...block, optional: true }))
    expect(validateInputs({ blocks: optional }, fillForm({ blocks: optional }, {}))).toEqual({})
  })
})
