import { describe, expect, test } from '@jest/globals'
import { blockProblems, viewProblems } from '../../../src/playground/slack/limits.ts'

const text = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) })
const markdown = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) })
const section = (length: number) => ({ type: 'section', text: markdown(length) })
const button = (more: object = {}) => ({ type: 'button', text: text(5), ...more })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const option = (value: string) => ({ text: text(75), value })
const options = (count: number) => Array.from({ length: count }, (_, at) => option(`o${at}`))
const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: text(10),
  element,
  ...more,
})
const many = (count: number, block: object) => Array<object>(count).fill(block)

describe('blocks that Slack takes', () => {
  test.each([
    ['a section of 3000 characters', [section(3000)]],
    ['50 blocks', many(50, { type: 'divider' })],
    ['50 blocks of 9,600 characters in all, as seen to pass', many(50, section(192))],
    ['25 buttons', [actions(...many(25, button()))]],
    ['a button value of 2000', [actions(button({ value: 'x'.repeat(2000) }))]],
    ['a select of 100 options', [actions({ type: 'static_select', options: options(100) })]],
    [
      'a table of 100 by 20',
      [{ type: 'table', rows: many(100, [...many(20, { type: 'raw_text', text: 'a' })]) }],
    ],
    ['a markdown block of 12,000', [{ type: 'markdown', text: 'x'.repeat(12_000) }]],
  ])('%s', (_, blocks) => {
    expect(blockProblems(blocks, 'message')).toEqual([])
  })
})

describe('blocks that Slack refuses', () => {
  test.each([
    [
      'a longer section',
      [section(3001)],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'an empty section',
      [section(0)],
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a section of nothing',
      [{ type: 'section' }],
      'missing required field: text or fields [json-pointer:/blocks/0]',
    ],
    [
      'eleven fields',
      [{ type: 'section', fields: many(11, markdown(1)) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'a long header',
      [{ type: 'header', text: text(151) }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'markdown in a header',
      [{ type: 'header', text: markdown(1) }],
      '[json-pointer:/blocks/0/text/type]',
    ],
    [
      '51 blocks',
      many(51, { type: 'divider' }),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    [
      '26 buttons',
      [actions(...many(26, button()))],
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'a long button',
      [actions({ type: 'button', text: text(76) })],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      '101 options',
      [actions({ type: 'static_select', options: options(101) })],
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      '11 radio buttons',
      [actions({ type: 'radio_buttons', options: options(11) })],
      'no more than 10 items allowed',
    ],
    [
      'an initial option that is not offered',
      [actions({ type: 'radio_buttons', options: options(2), initial_option: option('other') })],
      'the initial option must be one of the options',
    ],
    [
      'a field that Slack does not know',
      [{ type: 'divider', colour: 'red' }],
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    ['an unknown block', [{ type: 'chart' }], 'unsupported type'],
    [
      'the same block id twice',
      many(2, { type: 'divider', block_id: 'a' }),
      'duplicate block_id: a [json-pointer:/blocks/1/block_id]',
    ],
    [
      'the same action id twice',
      [actions(...many(2, button({ action_id: 'go' })))],
      'duplicate action_id: go',
    ],
    [
      'two tables',
      many(2, { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }),
      'only one table',
    ],
    [
      '45 blocks of 11,340 characters in all, as seen to fail',
      many(45, section(252)),
      'msg_blocks_too_long',
    ],
  ])('%s', (_, blocks, problem) => {
    expect(blockProblems(blocks, 'message').join('\n')).toContain(problem)
  })

  test('a missing field is named by its pointer', () => {
    expect(blockProblems([{ type: 'header' }], 'message')).toEqual([
      'missing required field [json-pointer:/blocks/0/text]',
    ])
  })

  test('markdown belongs in messages, not in a modal', () => {
    expect(blockProblems([{ type: 'markdown', text: 'a' }], 'modal')).toHaveLength(1)
    expect(blockProblems([{ type: 'markdown', text: 'a' }], 'message')).toEqual([])
  })
})

describe('views', () => {
  const modal = (more: object = {}) => ({ type: 'modal', title: text(24), blocks: [], ...more })
  const field = input({ type: 'plain_text_input' })

  test.each([
    ['a title of 24 characters', modal()],
    ['100 blocks', modal({ blocks: many(100, { type: 'divider' }) })],
    ['an input with a submit button', modal({ blocks: [field], submit: text(24) })],
    ['a home tab', { type: 'home', blocks: many(100, { type: 'divider' }) }],
  ])('takes %s', (_, view) => {
    expect(viewProblems(view)).toEqual([])
  })

  test.each([
    [
      'a longer title',
      modal({ title: text(25) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    [
      '101 blocks',
      modal({ blocks: many(101, { type: 'divider' }) }),
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    ['an input without a submit button', modal({ blocks: [field] }), 'submit is required'],
    [
      'more private metadata',
      modal({ private_metadata: 'x'.repeat(3001) }),
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    ['more than 250 KB', modal({ blocks: many(100, { ...section(3000) }) }), 'view_too_large'],
    [
      'a title on a home tab',
      { type: 'home', title: text(5), blocks: [] },
      'invalid additional property: title',
    ],
  ])('refuses %s', (_, view, problem) => {
    expect(viewProblems(view).join('\n')).toContain(problem)
  })
})
