import { describe, expect, test } from '@jest/globals'
import type { AdaptiveCard, AdaptiveElement } from '../../../src/chat/cards.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'
import { toModal, toReadOnlyModal } from '../../../src/platforms/slack/converter/modal.ts'
import { parseViewMetadata } from '../../../src/platforms/slack/view-metadata.ts'
import { blockProblems, viewProblems } from '../../../src/playground/slack/limits.ts'

const origin = { tenant: 'T1', conversation: 'C1', kind: 'channel' as const, message: '1.2' }

const cardOf = (body: AdaptiveElement[], actions: AdaptiveCard['actions'] = []): AdaptiveCard => ({
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: 'A card',
  body,
  actions,
})
const blocksOf = (body: AdaptiveElement[], actions?: AdaptiveCard['actions']) => {
  const { blocks } = toMessage(cardOf(body, actions))
  expect(blockProblems(blocks, 'message')).toEqual([])
  return blocks
}
const viewOf = (body: AdaptiveElement[], actions?: AdaptiveCard['actions']) => {
  const view = toModal(cardOf(body, actions), origin)
  expect(viewProblems(view)).toEqual([])
  return view
}
const text = (words: string, more = {}) => ({ type: 'TextBlock', text: words, ...more })
const rich = (...inlines: object[]) => ({
  type: 'RichTextBlock',
  inlines: inlines.map((inline) => ({ type: 'TextRun', ...inline })),
})
const execute = (title: string, verb: string, more = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  ...more,
})
const field = { type: 'Input.Text', id: 'reason', label: 'Reason' }

/** Everything in these rich_text blocks, as it is read. */
const readable = (blocks: object[]) =>
  blocks
    .flatMap((block) => ('elements' in block ? (block.elements as { elements: unknown[] }[]) : []))
    .flatMap(({ elements }) => elements as { text: string }[])
    .map((element) => element.text)
    .join('')

const section = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
})
const plain = (words: string) => ({ type: 'plain_text', text: words, emoji: false })

describe('text', () => {
  test.each<[string, AdaptiveElement[], object[]]>([
    ['a line', [text('Hello')], [section({ type: 'text', text: 'Hello' })]],
    [
      'a bold line',
      [text('Hello', { weight: 'Bolder' })],
      [section({ type: 'text', text: 'Hello', style: { bold: true } })],
    ],
    ['a heading', [text('Due', { style: 'heading' })], [{ type: 'header', text: plain('Due') }]],
    [
      'a subtle line',
      [text('As at 24 Feb', { isSubtle: true })],
      [{ type: 'context', elements: [plain('As at 24 Feb')] }],
    ],
    [
      'runs with each emphasis',
      [rich({ text: 'a', weight: 'bolder' }, { text: 'b', italic: true, strikethrough: true })],
      [
        section(
          { type: 'text', text: 'a', style: { bold: true } },
          { type: 'text', text: 'b', style: { italic: true, strike: true } },
        ),
      ],
    ],
    [
      'facts',
      [{ type: 'FactSet', facts: [{ title: 'Due', value: 'Fri 31 Mar 2017' }] }],
      [
        section(
          { type: 'text', text: 'Due: ', style: { bold: true } },
          { type: 'text', text: 'Fri 31 Mar 2017' },
        ),
      ],
    ],
    [
      'a picture',
      [{ type: 'Image', url: 'https://example.org/a.png', altText: 'Two reds' }],
      [{ type: 'image', image_url: 'https://example.org/a.png', alt_text: 'Two reds' }],
    ],
    ['nothing to say', [text(''), rich({ text: '' })], []],
  ])('%s', (_name, body, blocks) => {
    expect(blocksOf(body)).toEqual(blocks)
  })

  test('lines that follow each other share a block', () => {
    const blocks = blocksOf([
      text('one'),
      { type: 'Container', items: [rich({ text: 'two' }), text('three')] },
      text('four', { separator: true }),
    ])
    expect(blocks.map(({ type }) => type)).toEqual(['rich_text', 'divider', 'rich_text'])
    expect(readable(blocks)).toBe('one\ntwo\nthreefour')
  })

  test('columns become one line, and their buttons follow it', () => {
    const column = (...items: AdaptiveElement[]) => ({ type: 'Column', items })
    const blocks = blocksOf([
      {
        type: 'ColumnSet',
        columns: [
          column(text('2.1', { style: 'heading' }), text('Home care', { isSubtle: true })),
          column({ type: 'ActionSet', actions: [execute('Done', 'done')] }),
        ],
      },
      text('next'),
    ])
    expect(blocks.map(({ type }) => type)).toEqual(['rich_text', 'actions', 'rich_text'])
    expect(readable([blocks[0] ?? {}])).toBe('2.1  Home care')
  })

  test.each([
    '<!channel> @everyone *x* _y_ `z` ~s~ <@U123> <https://a.example|b> &amp; :tada:',
    'שלום \u202Eabc\u202C مرحبا',
    '>>> quote\n```code```',
  ])('what a person wrote is never markup: %s', (hostile) => {
    const blocks = blocksOf([rich({ text: hostile }), text(hostile, { isSubtle: true })])
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn')
    expect(blocks).toEqual([
      section({ type: 'text', text: hostile }),
      { type: 'context', elements: [plain(hostile)] },
    ])
  })

  test('the notification is escaped and short', () => {
    const card = { ...cardOf([text('x')]), fallbackText: `<!channel> & ${'long '.repeat(400)}` }
    const { text: notification } = toMessage(card)
    expect(notification).toMatch(/^&lt;!channel&gt; &amp; long/)
    expect(notification.length).toBeLessThan(1000)
  })

  test.each([1, 2799, 2800, 2801, 9000])('%d characters in a paragraph are all shown', (length) => {
    const words = 'word '.repeat(2000).slice(0, length)
    const blocks = blocksOf([text('before'), rich({ text: words }), text('after')])
    expect(readable(blocks).replaceAll('\n', '')).toBe(`before${words}after`)
    for (const block of blocks) expect(readable([block]).length).toBeLessThanOrEqual(2801)
  })

  test('a paragraph without spaces is cut, not through a letter', () => {
    const blocks = blocksOf([rich({ text: '😀'.repeat(3000) })])
    expect(blocks.length).toBe(3)
    expect(readable(blocks)).toBe('😀'.repeat(3000))
    for (const block of blocks) expect(readable([block])).not.toMatch(/^[\uDC00-\uDFFF]/)
  })

  test('a heading that is too long for a header is a line', () => {
    expect(blocksOf([text('x'.repeat(150), { style: 'heading' })])[0]?.type).toBe('header')
    expect(blocksOf([text('x'.repeat(151), { style: 'heading' })])[0]?.type).toBe('rich_text')
  })
})

describe('buttons', () => {
  test('carry verb and data, each with an id of its own', () => {
    const [row] = blocksOf(
      [{ type: 'ActionSet', actions: [execute('Done', 'done', { data: { id: 'm1' } })] }],
      [execute('Update', 'status:form', { style: 'positive' })],
    )
    expect(row).toEqual({
      type: 'actions',
      elements: [
        { type: 'button', text: plain('Done'), action_id: 'done#1', value: '{"id":"m1"}' },
      ],
    })
    const [again, last] = blocksOf(
      [{ type: 'ActionSet', actions: [execute('Done', 'done', { data: { id: 'm1' } })] }],
      [execute('Delete', 'delete', { style: 'destructive' })],
    )
    expect(again).toEqual(row)
    expect(last).toMatchObject({
      elements: [{ action_id: 'delete#2', style: 'danger', value: '{}' }],
    })
  })

  test('of 60 milestones stand in rows of 25, with titles that fit', () => {
    const actions = Array.from({ length: 60 }, () => execute('Done '.repeat(30), 'done'))
    const rows = blocksOf([{ type: 'ActionSet', actions }])
    expect(rows.map((row) => ('elements' in row ? row.elements.length : 0))).toEqual([25, 25, 10])
  })

  test('an address becomes a button that opens it', () => {
    const open = { type: 'Action.OpenUrl', title: 'Plan', url: 'https://example.org/plan' }
    expect(blocksOf([], [open])).toEqual([
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            text: plain('Plan'),
            action_id: 'link#1',
            url: 'https://example.org/plan',
          },
        ],
      },
    ])
  })

  test('back has no place in a message', () => {
    expect(blocksOf([text('x')], [execute('Back', 'back')]).map(({ type }) => type)).toEqual([
      'rich_text',
    ])
  })

  test('with too much data are refused', () => {
    const heavy = execute('Done', 'done', { data: { id: 'x'.repeat(2000) } })
    expect(() => toMessage(cardOf([], [heavy]), 'digest')).toThrow(
      'The card "digest" cannot be shown: the button "Done" carries 2009 characters of data',
    )
  })
})

describe('inputs', () => {
  const submit = [execute('Save', 'status')]
  const choices = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ title: `Choice ${n}`, value: `c${n}` }))
  const choiceSet = (count: number, more = {}) => ({
    type: 'Input.ChoiceSet',
    id: 'rag',
    label: 'Status',
    choices: choices(count),
    ...more,
  })
  const elementOf = (input: AdaptiveElement) => {
    const [block] = viewOf([input], submit).blocks
    return { ...block } as { element: Record<string, unknown>; optional: boolean; block_id: string }
  }

  test.each<[string, AdaptiveElement, object]>([
    [
      'a line of text',
      { ...field, value: 'so far', placeholder: 'Why?', maxLength: 200 },
      {
        type: 'plain_text_input',
        multiline: false,
        max_length: 200,
        initial_value: 'so far',
        placeholder: plain('Why?'),
      },
    ],
    [
      'a long text',
      { ...field, isMultiline: true, maxLength: 50_000, value: null },
      { type: 'plain_text_input', multiline: true, max_length: 3000 },
    ],
    [
      'a day',
      { type: 'Input.Date', id: 'by', label: 'Green by', value: '2017-03-31' },
      { type: 'datepicker', initial_date: '2017-03-31' },
    ],
    [
      'a day not yet chosen',
      { type: 'Input.Date', id: 'by', label: 'Green by', value: '' },
      { type: 'datepicker' },
    ],
    ['one of a few, compact', choiceSet(3), { type: 'static_select' }],
    [
      'one of a few, expanded',
      choiceSet(10, { style: 'expanded', value: 'c2' }),
      { type: 'radio_buttons', initial_option: { text: plain('Choice 2'), value: 'c2' } },
    ],
    ['one of many, expanded', choiceSet(11, { style: 'expanded' }), { type: 'static_select' }],
    [
      'some of a few',
      choiceSet(3, { isMultiSelect: true, value: 'c0,c2,none' }),
      { type: 'checkboxes', initial_options: [{ value: 'c0' }, { value: 'c2' }] },
    ],
    ['some of many', choiceSet(11, { isMultiSelect: true }), { type: 'multi_static_select' }],
    ['long titles', choiceSet(1, { choices: [{ title: 'x'.repeat(90), value: 'c' }] }), {}],
  ])('%s', (_name, input, element) => {
    expect(elementOf(input)).toMatchObject({
      block_id: input.id,
      element: { action_id: input.id, ...element },
    })
  })

  test('nothing chosen leaves nothing chosen', () => {
    expect(elementOf(choiceSet(3, { value: 'gone' })).element).not.toHaveProperty('initial_option')
    const some = choiceSet(3, { isMultiSelect: true, value: '' })
    expect(elementOf(some).element).not.toHaveProperty('initial_options')
  })

  test('are asked for by Slack itself only where the card says required', () => {
    expect(elementOf(field).optional).toBe(true)
    expect(elementOf({ ...field, isRequired: true }).optional).toBe(false)
  })

  test.each([
    [choiceSet(101), 'the input "rag" has 101 choices'],
    [
      choiceSet(1, { choices: [{ title: 'x', value: 'v'.repeat(151) }] }),
      'a value of 151 characters',
    ],
  ])('without room are refused', (input, problem) => {
    expect(() => toModal(cardOf([input], submit), origin)).toThrow(problem)
  })
})

describe('a modal', () => {
  const heading = text('Update 2.1', { style: 'heading' })

  test('takes title, submit and close from the card', () => {
    const more = execute('Add a milestone', 'add', { data: { project: '2.1' } })
    const view = viewOf(
      [heading, field],
      [execute('Save', 'status', { data: { project: '2.1' } }), execute('Leave', 'back'), more],
    )
    expect(view).toMatchObject({
      title: plain('Update 2.1'),
      submit: plain('Save'),
      close: plain('Leave'),
    })
    expect(view.blocks.map(({ type }) => type)).toEqual(['input', 'actions'])
    expect(parseViewMetadata(view.private_metadata ?? '')).toEqual({
      ...origin,
      submit: { verb: 'status', data: { project: '2.1' } },
    })
  })

  test('keeps a heading that is too long for its title', () => {
    const view = viewOf(
      [text('Update 2.1: Home care for all', { style: 'heading' }), field],
      [execute('Save', 'status')],
    )
    expect(view.title.text).toBe('Update 2.1: Home care…')
    expect(view.blocks.map(({ type }) => type)).toEqual(['header', 'input'])
  })

  test('has a title where the card has no heading, and a block where it has nothing else', () => {
    expect(viewOf([text('Saved')]).title.text).toBe('Milepost')
    expect(viewOf([heading]).blocks).toHaveLength(1)
  })

  test('as a notice keeps every button a button', () => {
    const view = toReadOnlyModal(
      cardOf([heading, text('Saved')], [execute('Next', 'status:form')]),
      origin,
    )
    expect(viewProblems(view)).toEqual([])
    expect(view.submit).toBeUndefined()
    expect(view.blocks.map(({ type }) => type)).toEqual(['rich_text', 'actions'])
  })

  test.each<[string, AdaptiveElement[], AdaptiveCard['actions']]>([
    ['it has inputs but no Action.Execute', [field], []],
    [
      'its actions carry 3',
      [field],
      [execute('Save', 'status', { data: { x: 'x'.repeat(3000) } })],
    ],
    ['it has 101 blocks', Array.from({ length: 102 }, () => heading), []],
  ])('is refused where %s', (problem, body, actions) => {
    expect(() => toModal(cardOf(body, actions), origin, 'form')).toThrow(problem)
  })
})

describe('what does not fit or is not known', () => {
  const headings = (count: number) =>
    Array.from({ length: count }, (_, n) => text(`Heading ${n}`, { style: 'heading' }))

  test('a message holds 50 blocks, not 51', () => {
    expect(blocksOf(headings(50))).toHaveLength(50)
    expect(() => toMessage(cardOf(headings(51)), 'digest')).toThrow(
      '"digest" cannot be shown: it has 51',
    )
  })

  test('a message holds 12,000 characters, not 13,000', () => {
    expect(blocksOf([text('x'.repeat(12_000))])).toHaveLength(5)
    expect(() => toMessage(cardOf([text('x'.repeat(13_000))]))).toThrow('too long')
  })

  test.each<[AdaptiveElement, string]>([
    [{ type: 'Media', sources: [] }, 'body.0 (Media): not in the agreed subset'],
    [
      { type: 'Container', items: [{ type: 'Input.Toggle', id: 'x' }] },
      'body.0.items.0 (Input.Toggle): not in the agreed subset',
    ],
    [text('x', { isSubtel: true }), 'body.0 (TextBlock): Unrecognized key: "isSubtel"'],
    [{ type: 'Input.Text', id: 'x' }, 'body.0.label (Input.Text)'],
    [{ type: 'Image', url: 'data:image/png;base64,AA', altText: 'x' }, 'body.0.url (Image)'],
    [
      { type: 'ActionSet', actions: [{ type: 'Action.Submit', title: 'x' }] },
      'body.0.actions.0 (Action.Submit): not in the agreed subset',
    ],
  ])('an element outside the subset is named', (element, problem) => {
    expect(() => toMessage(cardOf([element]), 'digest')).toThrow(
      `The card "digest" cannot be shown: ${problem}`,
    )
  })
})
