import { describe, expect, test } from '@jest/globals'
import { measureCard } from '../../src/chat/card-size.ts'
import type { AdaptiveCard } from '../../src/chat/cards.ts'
import { renderPlainText } from '../../src/chat/plain-text.ts'

const button = { type: 'Action.Execute', title: 'Done', verb: 'done', data: { text: 'not shown' } }
const card: AdaptiveCard = {
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: 'Two milestones are due',
  body: [
    { type: 'TextBlock', text: 'Due this week', style: 'heading' },
    {
      type: 'Container',
      separator: true,
      items: [
        {
          type: 'RichTextBlock',
          inlines: [
            { type: 'TextRun', text: '*2.1* ' },
            { type: 'TextRun', text: 'Café' },
          ],
        },
        { type: 'FactSet', facts: [{ title: 'Due', value: 'Fri 31 Mar 2017' }] },
      ],
    },
    {
      type: 'ColumnSet',
      columns: [
        { type: 'Column', items: [{ type: 'TextBlock', text: '▲ Amber' }] },
        { type: 'Column', items: [{ type: 'ActionSet', actions: [button] }] },
      ],
    },
    {
      type: 'Input.ChoiceSet',
      id: 'rag',
      label: 'Status',
      value: 'amber',
      choices: [{ title: 'Amber', value: 'amber' }],
    },
    { type: 'Input.Text', id: 'reason', label: 'Reason' },
    { type: 'Image', url: 'https://example.org/a.png', altText: 'A chart' },
  ],
  actions: [button, { ...button, title: 'Update' }],
}

describe('a card in plain text', () => {
  test('has every line, value and button unchanged', () => {
    expect(renderPlainText(card)).toBe(
      [
        'Due this week',
        '',
        '*2.1* Café',
        'Due: Fri 31 Mar 2017',
        '▲ Amber  [Done]',
        'Status: Amber',
        'Reason: ',
        '[A chart]',
        '[Done] [Update]',
      ].join('\n'),
    )
  })

  test('is refused outside the agreed subset', () => {
    expect(() => renderPlainText({ ...card, body: [{ type: 'Media' }] })).toThrow('Media')
  })
})

describe('the size of a card', () => {
  test('counts bytes, elements, characters, buttons and inputs', () => {
    const body = [
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'Café' }] },
      { type: 'Input.Text', id: 'reason', label: 'Why' },
    ]
    const small = { ...card, body, actions: [button] }
    expect(measureCard(small)).toEqual({
      bytes: JSON.stringify(small).length + 1,
      elements: 4,
      characters: 4 + 3 + 4,
      buttons: 1,
      inputs: 1,
    })
  })

  test('does not count the data of buttons', () => {
    const heavy = { ...button, data: { type: 'Input.Text', text: 'x'.repeat(100) } }
    const { characters, inputs } = measureCard({ ...card, body: [], actions: [heavy] })
    expect({ characters, inputs }).toEqual({ characters: 4, inputs: 0 })
  })
})
