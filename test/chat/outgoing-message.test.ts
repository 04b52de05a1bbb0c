import { describe, expect, test } from '@jest/globals'
import type { AdaptiveCard } from '../../src/chat/cards.ts'
import { postWithImage, renderOutgoing } from '../../src/chat/outgoing-message.ts'
import { MessageRejectedError, PlatformUnavailableError } from '../../src/chat/port.ts'

const card = { name: 'notice', data: {} }
const expanded: AdaptiveCard = {
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: 'The digest',
  body: [],
}

describe('rendering', () => {
  test('a card that cannot be expanded is rejected by name', () => {
    const failing = () => {
      throw new Error('no such template')
    }
    expect(() => renderOutgoing({ card }, failing, (each) => each)).toThrow(
      new MessageRejectedError(
        'invalid_card',
        'The card "notice" cannot be drawn: no such template',
      ),
    )
  })

  test('a message that may have been posted before says so', () => {
    const render = (isResend: boolean) =>
      renderOutgoing(
        { card, isResend },
        () => expanded,
        (each) => each.fallbackText,
      )
    expect([render(false), render(true)]).toEqual([
      'The digest',
      'In case you missed it: The digest',
    ])
  })
})

describe('posting an image', () => {
  const warnings: object[] = []
  const log = {
    info: () => {},
    warn: (about: object) => void warnings.push(about),
    error: () => {},
  }
  const post = (error: Error | undefined, image: Uint8Array | undefined = new Uint8Array(1)) =>
    postWithImage(
      { key: 'k1', card, image },
      {
        postImage: async () => {
          if (error) throw error
          return 'with image'
        },
        postPlain: async () => 'plain',
      },
      { log, platform: 'Slack' },
    )

  test('a rejected image costs no words, and is logged', async () => {
    expect(await post(undefined)).toBe('with image')
    expect(await post(new MessageRejectedError('invalid_blocks', 'no'))).toBe('plain')
    expect(warnings).toEqual([{ delivery: 'k1', error: 'no' }])
  })

  test('after a failure that may have posted, the message is not posted again', async () => {
    const lost = new PlatformUnavailableError('timeout', 'no answer', 'perhaps')
    await expect(post(lost)).rejects.toBe(lost)
  })
})
