import { expect, test } from '@jest/globals'
import { expandCard } from '../../src/chat/cards.ts'
import { noticeCard } from '../../src/chat/notice.ts'

test('remarks stand above a card, where no platform reads what people wrote as markup', () => {
  const card = noticeCard({ heading: 'Saved', lines: ['2.1 is green'], buttons: [] })
  const { body } = expandCard({ ...card, remarks: ['2.1 is *3.4*'] })
  expect(body[0]).toEqual({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text: '2.1 is *3.4*', italic: true }],
  })
  expect(body.slice(1)).toEqual(expandCard(card).body)
})
