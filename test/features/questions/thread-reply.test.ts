import { describe, expect, test } from '@jest/globals'
import { noticeCard } from '../../../src/chat/notice.ts'
import { digestKey } from '../../../src/domain/digests/archive/message-key.ts'
import { loadSubscriptions } from '../../../src/domain/schedule/subscription-store.ts'
import { answerKind } from '../../../src/features/questions/message-kinds.ts'
import { enqueueThreadReply, isShared } from '../../../src/features/questions/thread-reply.ts'
import { day } from '../../support/programme.ts'
import { channelAt, governed } from '../digests/governed.ts'

const at = governed({ settings: { digest: { preview: false } } })
const thursday = '2017-02-16T12:00:00Z'
const message = { place: channelAt('C1'), messageId: '1.1' }

/** The digest that was posted there, as the dispatcher notes it. */
async function postedFor(audience: string): Promise<void> {
  await at.say(at.office, `digest here weekly monday 09:00 to ${audience}`, thursday)
  await at.post('2017-02-20T09:00:00Z')
  const [subscription] = await loadSubscriptions(at.db, at.programmeId)
  const key = digestKey(at.programmeId, day('2017-02-20'), subscription?.id ?? '')
  const sent = {
    state: 'sent' as const,
    sentTo: 'C1',
    messageId: '1.1',
    sentAt: new Date(thursday),
  }
  await at.db.outboxMessage.update({ where: { key }, data: sent })
}

const say = () =>
  enqueueThreadReply(
    at.db,
    message,
    {
      ...{ key: 'answer:1', kind: answerKind, programmeId: at.programmeId, why: [] },
      card: noticeCard({ heading: 'Answer', lines: ['The manager resigned'], buttons: [] }),
    },
    new Date('2017-02-20T10:00:00Z'),
  )

describe('a reply to a digest', () => {
  test.each([
    ['internal', true],
    ['board', true],
    ['public', false],
  ])('for %s is posted in its thread: %s', async (audience, expected) => {
    await postedFor(audience)
    expect(await isShared(at.db, message, at.programmeId)).toBe(expected)
    expect(await say()).toBe(expected)
    expect(await at.db.outboxMessage.count({ where: { key: 'answer:1' } })).toBe(expected ? 1 : 0)
  })
})
