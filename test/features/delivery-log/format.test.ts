import { describe, expect, test } from '@jest/globals'
import { expandCard } from '../../../src/chat/cards.ts'
import { ledgerCard } from '../../../src/features/delivery-log/cards.ts'
import { explainError, maxListed } from '../../../src/features/delivery-log/format.ts'
import type { LoggedMessage } from '../../../src/features/delivery-log/logged-messages.ts'
import { renderMessageRow } from '../../../src/features/delivery-log/message-row.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'

const row: LoggedMessage = {
  id: 'd1',
  sequence: 123_456n,
  key: 'k1',
  kind: 'reminder',
  programmeId: null,
  personId: 'p1',
  person: 'Asha Verity',
  platform: 'slack',
  conversation: 'D1',
  placeKind: 'direct',
  state: 'dead',
  attempts: 100,
  createdAt: new Date('2017-02-27T09:00:00Z'),
  notBefore: new Date('2017-02-27T09:00:00Z'),
  leaseExpiresAt: null,
  possiblySentAt: null,
  sentAt: null,
  error: 'Slack says is_archived.',
  why: [],
}

test('the fullest answer fits into one message', () => {
  const long = { ...row, error: 'is_archived '.repeat(500), why: ['Because. '.repeat(500)] }
  const rows = Array.from({ length: maxListed }, () =>
    renderMessageRow(long, 'Slack', 'Europe/London'),
  )
  const card = ledgerCard({ heading: 'Not delivered', intro: 'Some.', rows, more: '900 more.' })
  expect(() => toMessage(expandCard(card), card.name)).not.toThrow()
})

describe('what a platform said is told in plain words', () => {
  test.each([
    ['Slack says is_archived.', 'The channel is archived'],
    ['Slack says not_in_channel: invite Milepost to the channel.', 'I am not in that channel'],
    ['Slack says account_inactive.', 'I was removed from that workspace'],
    ['Slack says users_not_found', 'That account is gone'],
    ['Slack says restricted_action.', 'does not let me write'],
    ['Teams answered 403 (ConversationBlockedByUser).', 'I was removed there'],
    ['Teams answered 400 (BadSyntax).', 'The message itself was refused'],
    ['its card cannot be drawn from its data (TypeError)', 'The message itself was refused'],
    ['nobody can look whether it was posted', 'Look there yourself'],
    ['gave up: HTTP 503', 'could not be reached for a day'],
  ])('%s', (error, words) => {
    expect(explainError({ state: 'dead', error })).toContain(words)
  })

  test('and nothing is made up of what is not known, or not wrong', () => {
    expect(explainError({ state: 'dead', error: 'something new' })).toBeUndefined()
    expect(explainError({ state: 'waiting', error: 'Slack says is_archived.' })).toBeUndefined()
  })
})
