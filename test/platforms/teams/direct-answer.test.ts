import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Place } from '../../../src/base/addresses.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { AMINA, BOARD, TENANT, TOMAS } from '../../playground/teams/sdk-bot.ts'
import { drawn } from '../contract.ts'
import { messagesOf, openTenant, wordsOf } from './teams-workplace.ts'

/** Questions in a channel, whose answers go to the asker alone, where that chat cannot be written to. */

const saved: Reply = { kind: 'answer', card: drawn('Stored'), isSaved: true }
const read: Reply = { kind: 'answer', card: drawn('2.1 is Green') }
const done = 'It is done, so please do not send it again.'
const noChat =
  'My answers are for you alone, and I cannot write to you yet. Please open a chat with Milepost and ask me there.'
const lost = 'Only my answer did not reach you, because something went wrong on the way.'
const sorry = 'Sorry, something went wrong on my side. Please try again in a minute.'

let at: Awaited<ReturnType<typeof openTenant>>
let reply: Reply
let open: Place | undefined
beforeEach(async () => {
  open = undefined
  at = await openTenant(async () => reply, { openChat: async () => open })
})
afterEach(() => at.close())

const seenBy = (person: typeof AMINA) =>
  messagesOf(at.tenant, person.id).map(({ message }) => wordsOf(message))
const toldInThread = () => seenBy(TOMAS).at(-1)

describe('a person in whose chat Milepost may not write', () => {
  test.each([
    [403, saved, `${done} ${noChat}`],
    [404, saved, `${done} ${noChat}`],
    [500, saved, `${done} ${lost}`],
    [403, read, noChat],
    [404, read, noChat],
    [500, read, sorry],
  ])('by %i is told in the thread what was kept', async (status, answer, expected) => {
    reply = answer
    at.tenant.failNext('createConversation', status as 403 | 404 | 500)
    await at.tenant.mention(AMINA.id, BOARD.id, '2.1 amber Late, green by 18 Dec')
    expect(toldInThread()).toBe(expected)
    expect(seenBy(TOMAS).join()).not.toMatch(/Stored|Green/)
  })

  test('is told what was kept where the answer itself fails, which may have arrived', async () => {
    reply = saved
    at.tenant.failNext('sendToConversation', 500)
    await at.tenant.mention(AMINA.id, BOARD.id, '2.1 green')
    expect(toldInThread()).toBe(`${done} ${lost}`)
  })
})

describe('the chat that a person has written in', () => {
  const chatOf = (conversation: string): Place => ({
    ...{ platform: 'teams', tenant: 'any', conversation, kind: 'direct', isPerson: false },
  })

  test('gets the answer, and no chat is opened', async () => {
    reply = saved
    open = chatOf(at.tenant.snapshot(AMINA.id).chat.conversationId)
    await at.tenant.mention(AMINA.id, BOARD.id, '2.1 green')
    expect(seenBy(AMINA)).toContain('Stored')
    expect(at.tenant.calls('createConversation')).toBe(0)
  })

  test('is opened anew where it is gone', async () => {
    reply = saved
    open = chatOf('a:closed')
    await at.tenant.mention(AMINA.id, BOARD.id, '2.1 green')
    expect(seenBy(AMINA)).toContain('Stored')
    expect(toldInThread()).toBe('I have answered you in our own chat.')
  })
})

describe('an edited message', () => {
  const edited = async (more: object) => {
    reply = saved
    const { chat } = at.tenant.snapshot(AMINA.id)
    await at.tenant.post({
      ...{ type: 'messageUpdate', id: '99', channelId: 'msteams', text: '2.1 amber' },
      ...{ serviceUrl: at.tenant.serviceUrl, from: AMINA, recipient: at.tenant.bot },
      conversation: { id: chat.conversationId, conversationType: 'personal' },
      channelData: { eventType: 'editMessage', tenant: { id: TENANT.id } },
      ...more,
    })
    return seenBy(AMINA)
  }

  test('is answered that it is not read', async () => {
    expect(await edited({})).toEqual([expect.stringMatching(/^You changed a message/)])
  })

  test('of others in a channel, and one that was brought back, are none of Milepost’s business', async () => {
    const channel = { id: BOARD.id, conversationType: 'channel' }
    expect(await edited({ conversation: channel })).toEqual([])
    const channelData = { eventType: 'undeleteMessage', tenant: { id: TENANT.id } }
    expect(await edited({ channelData })).toEqual([])
  })
})
