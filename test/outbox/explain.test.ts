import { describe, expect, test } from '@jest/globals'
import { type DeliveryStatus, deliveryStatusText } from '../../src/outbox/explain.ts'

const row: DeliveryStatus = {
  state: 'waiting',
  attempts: 0,
  notBefore: new Date('2017-02-27T09:00:00Z'),
  leaseExpiresAt: null,
  possiblySentAt: null,
  sentAt: null,
  error: null,
}
const moment = new Date('2017-02-27T09:03:00Z')

describe('the explanation of a message', () => {
  const cases: [string, Partial<DeliveryStatus>, string][] = [
    [
      'waiting for its time',
      {},
      'Waiting. Due from Mon 27 Feb 2017, 09:00 UTC, after what its conversation was to be told before.',
    ],
    [
      'waiting for its platform',
      { error: 'its platform is not set up here' },
      'Waiting: its platform is not set up here. Due from Mon 27 Feb 2017, 09:00 UTC, after what its conversation was to be told before.',
    ],
    [
      'waiting for a retry',
      { attempts: 2, error: 'HTTP 503' },
      'Tried again from Mon 27 Feb 2017, 09:00 UTC after 2 attempts: HTTP 503. Nothing to do, unless this goes on.',
    ],
    [
      'waiting for a lookup',
      { attempts: 1, error: 'HTTP 504', possiblySentAt: moment },
      'Tried again from Mon 27 Feb 2017, 09:00 UTC after 1 attempt: HTTP 504. It may stand there already, so it is looked for before it is sent again. Nothing to do, unless this goes on.',
    ],
    [
      'leased',
      { state: 'sending', attempts: 1, leaseExpiresAt: moment },
      'Being sent to Teams. If that process has ended, another takes it over from Mon 27 Feb 2017, 09:03 UTC.',
    ],
    ['sent', { state: 'sent', sentAt: moment }, 'Sent to Teams on Mon 27 Feb 2017, 09:03 UTC.'],
    [
      'uncertain',
      { state: 'uncertain', error: 'nobody can look whether it was posted' },
      'Possibly sent to Teams: nobody can look whether it was posted. It is not sent again by itself, so that nobody reads it twice. Look there; if it is missing, have it sent again.',
    ],
    [
      'dropped',
      { state: 'dropped', error: 'it was answered meanwhile' },
      'Not sent, and not to be sent: it was answered meanwhile.',
    ],
    [
      'dead',
      { state: 'dead', error: 'the channel is archived' },
      'Not sent, and not tried again: the channel is archived. Mend the cause, then have it sent again.',
    ],
  ]
  test.each(cases)('%s', (_what, more, words) => {
    expect(deliveryStatusText({ ...row, ...more }, 'Teams')).toBe(words)
  })
})
