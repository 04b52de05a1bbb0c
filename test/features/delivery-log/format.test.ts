import { expect, test } from '@jest/globals'
import { messageKinds } from '../../../src/app/message-kinds.ts'
import { expandCard } from '../../../src/chat/cards.ts'
import { ledgerCard } from '../../../src/features/delivery-log/cards.ts'
import { maxListed } from '../../../src/features/delivery-log/format.ts'
import type { LoggedMessage } from '../../../src/features/delivery-log/logged-messages.ts'
import { renderMessageRow } from '../../../src/features/delivery-log/message-row.ts'
import { toMessage } from '../../../src/platforms/slack/converter/message.ts'
import { explainErrorCode } from '../../support/platforms.ts'

const row: LoggedMessage = {
  id: 'd1',
  sequence: 123_456n,
  key: 'k1',
  kind: 'reminder',
  programmeIds: [],
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
  gone: true,
  errorCode: 'slack:is_archived',
  error: 'Slack says is_archived.',
  why: [],
}

test('the fullest answer fits into one message', () => {
  const long = { ...row, error: 'is_archived '.repeat(500), why: ['Because. '.repeat(500)] }
  const rows = Array.from({ length: maxListed }, () =>
    renderMessageRow(long, {
      kinds: messageKinds,
      explain: explainErrorCode,
      platformTitle: () => 'Slack',
      zone: 'Europe/London',
    }),
  )
  const card = ledgerCard({ heading: 'Not delivered', intro: 'Some.', rows, more: '900 more.' })
  expect(() => toMessage(expandCard(card), card.name)).not.toThrow()
})
