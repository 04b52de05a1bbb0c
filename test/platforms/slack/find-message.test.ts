import { describe, expect, test } from '@jest/globals'
import { drawn } from '../contract.ts'
import { answered, openWorkplace } from './open-workplace.ts'
import { BEN, GENERAL } from './slack-workplace.ts'

describe('finding a message by its key', () => {
  const earlier = () => new Date(Date.now() - 60_000)

  test('reads all pages, but no threads', async () => {
    const place = await openWorkplace(() => answered('x'))
    const since = earlier()
    const root = await place.platform.send(place.channel, { key: 'root', card: drawn('Digest') })
    const more = { key: 'more', card: drawn('More'), thread: root }
    await place.platform.send(place.channel, more)
    for (let n = 0; n < 250; n += 1) await place.workspace.mention(BEN, GENERAL, `message ${n}`)
    expect(await place.platform.find(place.channel, 'root', since)).toEqual(root)
    expect(await place.platform.find(place.channel, 'more', since)).toBe('not there')
    expect(place.workspace.calls('conversations.history')).toBe(4)
    expect(place.workspace.calls('conversations.replies')).toBe(0)
  })

  test('reads the thread that it belongs to, however old', async () => {
    const place = await openWorkplace(() => answered('x'))
    const thread = await place.platform.send(place.direct, { key: 'root', card: drawn('Digest') })
    const beforeIt = new Date()
    const more = { key: 'more', card: drawn('More'), thread }
    const reply = await place.platform.send(place.direct, more)
    expect(await place.platform.find(place.direct, 'more', beforeIt, thread)).toEqual(reply)
    expect(await place.platform.find(place.direct, 'other', beforeIt, thread)).toBe('not there')
    expect(place.workspace.calls('conversations.replies')).toBe(2)
    expect(place.workspace.calls('conversations.history')).toBe(0)
  })

  test("finds a message that was sent to a person's id", async () => {
    const place = await openWorkplace(() => answered('x'))
    const sent = await place.platform.send(place.direct, { key: 'k1', card: drawn('For you') })
    expect(await place.platform.find(place.direct, 'k1', earlier())).toEqual(sent)
  })

  test("returns 'cannot tell' where the bot may not read", async () => {
    const place = await openWorkplace(() => answered('x'))
    place.workspace.failNext('conversations.history', { error: 'not_in_channel' })
    expect(await place.platform.find(place.channel, 'k1', new Date())).toBe('cannot tell')
  })
})
