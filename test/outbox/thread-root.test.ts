import { describe, expect, test } from '@jest/globals'
import { threadOf } from '../../src/outbox/thread-root.ts'

const address = {
  place: { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' },
  messageId: '1.1',
} as const

describe('a reply', () => {
  test('goes into the thread, outside it where the root is uncertain, or is dead where the root is', () => {
    expect(threadOf(undefined)).toEqual({ thread: undefined })
    expect(threadOf({ state: 'sent', address })).toEqual({ thread: address })
    expect(threadOf({ state: 'uncertain', address: undefined })).toEqual({ thread: undefined })
    expect(threadOf({ state: 'dead', address: undefined })).toMatchObject({
      state: 'dead',
      code: 'root_not_sent',
    })
  })
})
