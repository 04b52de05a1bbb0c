import { beforeEach, expect, jest, test } from '@jest/globals'
import type { Place } from '../../src/base/addresses.ts'
import {
  MessageRejectedError,
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
  WorkspaceBrokenError,
} from '../../src/chat/port.ts'
import { useDatabase } from '../support/database.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { OutboxFixture, slack, teams } from './outbox-fixture.ts'

jest.setTimeout(30_000)

const database = useDatabase()
let fixture: OutboxFixture
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  await database.db.workspaceOutage.deleteMany()
  fixture = new OutboxFixture(database.db)
})

const hourMs = 3_600_000

/** What each troubled workspace answers to every call. */
const troubles = {
  throttled: () => new RateLimitedError(hourMs),
  'throttled for days': () => new RateLimitedError(48 * hourMs),
  revoked: () => new WorkspaceBrokenError('token_revoked', 'Slack says token_revoked.'),
  down: () => new PlatformUnavailableError('http_503', 'Slack answered with HTTP 503.', 'no'),
  silent: () => new PlatformUnavailableError('timeout', 'It did not answer in time.', 'perhaps'),
  gone: () => new RecipientGoneError('is_archived', 'Slack says is_archived.'),
  refusing: () => new MessageRejectedError('invalid_blocks', 'Slack says invalid_blocks.'),
}
const troubled = Object.keys(troubles) as (keyof typeof troubles)[]

/** For the workspaces that are named after a trouble; the others work. */
function failTroubled(): void {
  for (const fake of [fixture.slack, fixture.teams]) {
    const { send } = fake
    fake.send = async (place, message) => {
      const trouble = troubled.find((name) => name === place.tenant)
      if (trouble) throw troubles[trouble]()
      return send.call(fake, place, message)
    }
  }
}

test.each([1, 2])(
  'workspaces that are throttled, revoked, down or hostile delay no message of another by a second (seed %i)',
  async (seed) => {
    const random = seededRandom(seed)
    failTroubled()
    const dispatcher = fixture.dispatcher()
    const waits = new Map<string, { readonly at: number; readonly key: string }>()
    let worst = 0
    for (let step = 0; step < 6; step += 1) {
      for (let nth = 0; nth < 12; nth += 1) {
        const key = `${step}-${nth}`
        const onSlack = random.happens(0.5)
        const here: Place = onSlack ? slack(`C-${key}`) : teams(`19:${key}`)
        const isTroubled = random.happens(0.6)
        const tenant = isTroubled
          ? (troubled[random.below(troubled.length)] ?? 'revoked')
          : random.pick(['T1', 'T2'])
        // A few messages of one workspace are due in one conversation, as a digest and its replies.
        const conversation = isTroubled && random.happens(0.3) ? 'same' : here.conversation
        await fixture.enqueue(key, { place: { ...here, tenant, conversation } })
        if (!isTroubled) waits.set(key, { at: fixture.now.getTime(), key })
      }
      await dispatcher.dispatchDue()
      const sent = new Set([...fixture.slack.keys(), ...fixture.teams.keys()])
      for (const [key, { at }] of waits) {
        if (sent.has(key)) waits.delete(key)
        else worst = Math.max(worst, fixture.now.getTime() - at + 1)
      }
      fixture.advance(random.pick([1, 20, 90]))
    }
    expect([worst, [...waits.keys()]]).toEqual([0, []])
    const states = await fixture.db.outboxMessage.groupBy({ by: ['tenant', 'state'], _count: true })
    const sentThere = states.filter(
      ({ tenant, state }) => state === 'sent' && troubled.some((name) => name === tenant),
    )
    expect(sentThere).toEqual([])
  },
)

test('a channel that is throttled delays no other of its workspace', async () => {
  fixture.slack.fail(
    'C-slow',
    ...Array.from({ length: 9 }, () => ({
      error: new RateLimitedError(hourMs),
      posted: false,
    })),
  )
  await fixture.enqueue('slow', { in: 'C-slow' })
  for (let nth = 0; nth < 8; nth += 1) await fixture.enqueue(`k${nth}`)
  const dispatcher = fixture.dispatcher()
  await dispatcher.dispatchDue()
  expect(fixture.slack.keys()).toHaveLength(8)
  for (let minute = 0; minute < 3; minute += 1) {
    fixture.advance(60)
    await fixture.enqueue(`later ${minute}`)
    await dispatcher.dispatchDue()
  }
  expect(fixture.slack.keys()).toHaveLength(11)
  expect(await fixture.state('slow')).toBe('waiting')
})
