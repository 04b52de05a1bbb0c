import { expect, test } from '@jest/globals'
import type { AdaptiveCard } from '../../../src/chat/cards.ts'
import { MessageRejectedError } from '../../../src/chat/port.ts'
import { withInlineImage } from '../../../src/platforms/teams/inline-image.ts'
import { cardProblems } from '../../../src/playground/teams/limits.ts'
import { onePixel } from '../contract.ts'

const image = { type: 'Image', url: 'picture:p1', altText: 'Red 8' }
const card: AdaptiveCard = {
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: 'The digest',
  body: [
    { type: 'TextBlock', text: 'The digest' },
    { type: 'Container', items: [image] },
  ],
}

test('the image is embedded in the card and can be enlarged', () => {
  const shown = withInlineImage(card, onePixel)
  const url = `data:image/png;base64,${onePixel.toString('base64')}`
  expect(shown.body[1]).toEqual({
    type: 'Container',
    items: [{ ...image, url, msteams: { allowExpand: true } }],
  })
  expect(cardProblems(JSON.parse(JSON.stringify(shown)))).toEqual([])
})

test('without an image its placeholder is removed', () => {
  expect(withInlineImage(card, undefined).body[1]).toEqual({ type: 'Container', items: [] })
})

test('other images are not changed', () => {
  const other = { ...card, body: [{ ...image, url: 'https://example.org/a.png' }] }
  expect(withInlineImage(other, onePixel)).toEqual(other)
})

test('a card that exceeds 80 KB with its image is rejected', () => {
  expect(withInlineImage(card, Buffer.alloc(60_000))).toMatchObject({ type: 'AdaptiveCard' })
  expect(() => withInlineImage(card, Buffer.alloc(62_000))).toThrow(MessageRejectedError)
})
