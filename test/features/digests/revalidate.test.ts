import { expect, test } from '@jest/globals'
import { WorkspaceBrokenError } from '../../../src/chat/port.ts'
import { digestPartKey } from '../../../src/domain/digests/archive/message-key.ts'
import { revalidateDigest } from '../../../src/features/digests/revalidate.ts'
import { endOutage, recordOutage } from '../../../src/outbox/workspace-outages.ts'
import { clockAt } from '../../support/clock.ts'
import { governed } from './governed.ts'

/** What becomes of a digest that has to wait: for its workspace, or because the platform is away. */

const at = governed({ settings: { digest: { preview: false } } })

const thursday = '2017-02-16T12:00:00Z'
const monday = '2017-02-20T09:00:00Z'
const subscribe = () => at.say(at.office, 'digest here weekly monday 09:00', thursday)

async function revalidate(moment: string, keyOf = (digest: string) => digest) {
  const row = await at.db.outboxMessage.findFirstOrThrow({ where: { kind: 'digest' } })
  const { key, createdAt: enqueuedAt } = row
  const message = { key: keyOf(key), enqueuedAt, programmeIds: [at.programmeId] }
  return revalidateDigest({ db: at.db, clock: clockAt(new Date(moment)) }, message)
}

test.each([
  ['at once', '2017-02-20T09:00:10Z'],
  ['after an hour', '2017-02-20T10:30:00Z'],
  ['one working day later, at its hour', '2017-02-21T09:00:00Z'],
])('a digest that could be sent %s is', async (_, moment) => {
  await subscribe()
  await at.post(monday)
  expect(await revalidate(moment)).toBe('unchanged')
})

test.each([
  ['one working day later, after its hour', '2017-02-21T09:01:00Z'],
  ['when the next one is due', '2017-02-27T09:00:00Z'],
])('a digest that could be sent %s is dropped, with the reason', async (_, moment) => {
  await subscribe()
  await at.post(monday)
  expect(await revalidate(moment)).toEqual({
    dropReason: 'it was for Mon 20 Feb 2017, and could not be posted within a working day',
  })
})

test('what belongs in its thread goes where it went', async () => {
  await subscribe()
  await at.post(monday)
  const inThread = (digest: string) => digestPartKey(digest, 1)
  expect(await revalidate('2017-02-22T09:00:00Z', inThread)).toBe('unchanged')
})

test('nothing is frozen for a workspace that refuses Milepost, and it is posted once it is mended', async () => {
  await subscribe()
  const refusal = new WorkspaceBrokenError('token_revoked', 'Slack says token_revoked.')
  const readable = at.channels.get('C1')
  at.channels.set('C1', refusal)
  expect(await at.post('2017-02-20T15:00:00Z')).toEqual([])
  expect(await at.digests()).toEqual([])
  expect(await at.told()).toEqual([])
  if (readable) at.channels.set('C1', readable)
  expect(await at.post('2017-02-21T08:00:00Z')).toHaveLength(1)
})

test('a workspace that is known to be broken is not asked who reads a channel', async () => {
  await subscribe()
  const workspace = { platform: 'slack', tenant: 'T1' }
  await recordOutage(at.db, workspace, 'slack:token_revoked', new Date(monday))
  expect(await at.post('2017-02-20T09:00:30Z')).toEqual([])
  await endOutage(at.db, workspace)
  expect(await at.post('2017-02-20T09:00:40Z')).toHaveLength(1)
})
