import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Place } from '../../../src/base/addresses.ts'
import type { AdaptiveCard, Card } from '../../../src/chat/cards.ts'
import { pendingText } from '../../../src/chat/rate-limit-retry.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import { outsiderText } from '../../../src/platforms/teams/outsiders.ts'
import { AMINA, BOARD, TENANT, TOMAS } from '../../playground/teams/sdk-bot.ts'
import { drawn, eventually, settled } from '../contract.ts'
import { inputsIn, messagesOf, openTenant, wordsOf } from './teams-workplace.ts'

let at: Awaited<ReturnType<typeof openTenant>>
let asked: ChatRequest[]
let reply: (invocation: ChatRequest) => Promise<Reply>
/** Replaces the wait before a retry; `waits` are the times that were asked for. */
let wait: () => Promise<void>
let waits: number[]

const answer = (text: string): Reply => ({ kind: 'answer', card: drawn(text) })
const button = (title: string, verb: string, more: object = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  ...more,
})
const form = (text = 'Update 2.1'): Card =>
  drawn(text, {
    body: [{ type: 'Input.Text', id: 'reason', label: 'Reason' }],
    actions: [
      button('Save', 'status'),
      button('More', 'status:form'),
      button('Back', 'back', { associatedInputs: 'none' }),
    ],
  })
const due = drawn('Milestone due', { actions: [button('Update', 'status:form')] })
const channel: Place = {
  platform: 'teams',
  tenant: TENANT.id,
  conversation: BOARD.id,
  kind: 'channel',
}
const direct: Place = { ...channel, conversation: AMINA.aadObjectId, kind: 'direct' }

beforeEach(async () => {
  asked = []
  waits = []
  wait = async () => {}
  reply = async () => answer('Understood')
  at = await openTenant(
    (invocation) => {
      asked.push(invocation)
      return reply(invocation)
    },
    {
      timeouts: { answer: 400, call: 5_000 },
      wait: (ms) => {
        waits.push(ms)
        return wait()
      },
    },
  )
})
afterEach(() => at.close())

const seenBy = (person: typeof AMINA) =>
  messagesOf(at.tenant, person.id).map(({ message }) => wordsOf(message))

/** Presses a button of the newest message that Amina sees. */
async function press(verb: string, filled = {}) {
  const { conversation, message } = messagesOf(at.tenant, AMINA.id).at(-1) ?? {}
  if (!conversation || !message) throw new Error('There is no message.')
  const { outcome } = await at.tenant.execute(
    AMINA.id,
    { conversation, activityId: message.id },
    verb,
    filled,
  )
  return outcome
}

describe('a form opened from a message', () => {
  beforeEach(async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    reply = async () => ({ kind: 'form', card: form() })
    await press('status:form')
  })

  test('is shown only to the person who pressed the button', () => {
    expect(seenBy(AMINA)).toEqual(['Update 2.1'])
    expect(seenBy(TOMAS)).toEqual(['Milestone due'])
  })

  test('is replaced by the answer, for the same person only', async () => {
    reply = async () => answer('Saved')
    await press('status', { reason: 'why' })
    await settled()
    expect(seenBy(AMINA)).toEqual(['Saved'])
    expect(seenBy(TOMAS)).toEqual(['Milestone due'])
  })

  test('is replaced by the refreshed message, for everybody', async () => {
    const refresh = drawn('Milestone done')
    reply = async () => ({ kind: 'answer', card: drawn('Saved'), refresh })
    await press('status', { reason: 'why' })
    await eventually(async () => expect(seenBy(TOMAS)).toEqual(['Milestone done']))
    expect(seenBy(AMINA)).toEqual(['Milestone done'])
  })

  test('is replaced by the message again when the person goes back', async () => {
    reply = async () => ({ kind: 'answer', card: due })
    await press('back')
    expect(seenBy(AMINA)).toEqual(['Milestone due'])
    expect(asked.at(-1)?.input).toEqual({ by: 'button', verb: 'back', args: {} })
  })

  test('stays as it is, with a note, where it cannot be drawn anew', async () => {
    reply = async () => answer('That is not yours any more')
    expect(await press('status:form', { reason: 'why' })).toMatchObject({ kind: 'note' })
    await settled()
    expect(seenBy(AMINA)).toEqual(['Update 2.1\nThat is not yours any more'])
  })

  test('does not change the message after it was refused and corrected', async () => {
    const fields = { reason: 'Please say why.' }
    reply = async () => ({ kind: 'invalid', card: form(), fields })
    await press('status', { reason: 'x' })
    reply = async () => answer('Saved')
    await press('status', { reason: 'why' })
    await settled()
    expect(seenBy(TOMAS)).toEqual(['Milestone due'])
  })
})

test('a form requested by text is a message that the answer replaces permanently', async () => {
  reply = async () => ({ kind: 'form', card: form() })
  await at.tenant.message(AMINA.id, 'update 2.1')
  reply = async () => answer('Saved')
  await press('status', { reason: 'why' })
  await eventually(async () => {
    const edited = messagesOf(at.tenant, AMINA.id).at(-1)?.message
    expect(edited?.editedAt).not.toBeNull()
    expect(inputsIn(edited?.card)).toEqual([])
  })
  expect(seenBy(AMINA)).toEqual(['update 2.1', 'Saved'])
})

describe('a button whose message stays', () => {
  test('is answered below it in the chat', async () => {
    await at.teams.send(direct, { key: 'k', card: due })
    reply = async () => answer('Here it is')
    expect(await press('status:form')).toMatchObject({ kind: 'note' })
    await eventually(async () => expect(seenBy(AMINA)).toContain('Here it is'))
  })

  test('is answered by a note to the person who pressed, in a channel', async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    reply = async () => answer('Only its leads may do that')
    expect(await press('status:form')).toEqual({
      kind: 'note',
      text: 'Only its leads may do that',
    })
    expect(seenBy(TOMAS)).toEqual(['Milestone due'])
  })

  test('is answered in the direct chat if the answer has buttons', async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    const card = drawn('Please say why', { actions: [button('Fill in the form', 'status:form')] })
    reply = async () => ({ kind: 'answer', card })
    expect(await press('status:form')).toEqual({
      kind: 'note',
      text: 'The answer is in our own chat.',
    })
    await eventually(async () => expect(seenBy(AMINA)).toContain('Please say why'))
    await press('status:form')
    expect(asked.at(-1)?.place.kind).toBe('direct')
    expect(seenBy(TOMAS)).toEqual(['Milestone due'])
  })
})

describe('somebody of another organisation, in a shared channel', () => {
  const activityChanges = {
    channelData: { tenant: { id: '00000000-0000-4000-8000-000000000bad' } },
  }

  test('is answered in words that tell nothing, and no command sees what they ask', async () => {
    await at.tenant.mention(TOMAS.id, BOARD.id, '2.1', { activityChanges })
    await eventually(async () => expect(seenBy(AMINA)).toEqual(['@Milepost 2.1', outsiderText]))
    expect(asked).toEqual([])
  })

  test('gets the same from a button, and everybody of ours is served there as ever', async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    const { conversation, message } = messagesOf(at.tenant, AMINA.id).at(-1) ?? {}
    if (!conversation || !message) throw new Error('There is no message.')
    const place = { conversation, activityId: message.id }
    const pressed = await at.tenant.execute(TOMAS.id, place, 'status:form', {}, { activityChanges })
    expect(pressed.outcome).toEqual({ kind: 'note', text: outsiderText })
    expect(asked).toEqual([])
    await at.tenant.mention(AMINA.id, BOARD.id, '2.1')
    expect(asked[0]?.actor).toMatchObject({ tenant: TENANT.id, user: AMINA.aadObjectId })
  })
})

describe('a mention in a channel', () => {
  const elsewhere = 'I have answered you in our own chat.'

  test('is answered in the direct chat, and its thread says only that', async () => {
    await at.tenant.mention(AMINA.id, BOARD.id, '2.1')
    const [question, line] = messagesOf(at.tenant, TOMAS.id)
    expect(line?.conversation).toBe(question?.conversation)
    expect(seenBy(TOMAS)).toEqual(['@Milepost 2.1', elsewhere])
    expect(seenBy(AMINA)).toEqual(['@Milepost 2.1', 'Understood', elsewhere])
    expect(asked[0]?.place).toMatchObject({ conversation: BOARD.id, kind: 'channel' })
  })

  test('that takes long is answered in the direct chat, too', async () => {
    reply = async () => {
      await new Promise((resolve) => setTimeout(resolve, 800))
      return answer('Saved')
    }
    await at.tenant.mention(AMINA.id, BOARD.id, '2.1 green')
    await eventually(async () =>
      expect(seenBy(TOMAS)).toEqual(['@Milepost 2.1 green', pendingText, elsewhere]),
    )
    expect(seenBy(AMINA)).toContain('Saved')
  })

  test('that requests a form gets a working form in the direct chat', async () => {
    reply = async () => ({ kind: 'form', card: form() })
    await at.tenant.mention(AMINA.id, BOARD.id, 'update 2.1')
    reply = async () => answer('Saved')
    const { chat } = at.tenant.snapshot(AMINA.id)
    const opened = chat.messages.at(-1)?.id ?? ''
    const where = { conversation: chat.conversationId, activityId: opened }
    await at.tenant.execute(AMINA.id, where, 'status', { reason: 'why' })
    await eventually(async () => expect(seenBy(AMINA)).toContain('Saved'))
    expect(seenBy(TOMAS)).toEqual(['@Milepost update 2.1', elsewhere])
  })

  test('of a person without a chat with Milepost gets told how to open one', async () => {
    await at.tenant.uninstall(AMINA.id)
    await at.tenant.mention(AMINA.id, BOARD.id, '2.1')
    expect(seenBy(TOMAS)).toEqual([
      '@Milepost 2.1',
      'My answers are for you alone, and I cannot write to you yet. Please open a chat with Milepost and ask me there.',
    ])
    expect(at.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  test('is answered without an apology even if the notice in the thread fails', async () => {
    const stop = at.tenant.onChange(() => {
      const isAnswered = seenBy(AMINA).includes('Understood')
      if (isAnswered && seenBy(TOMAS).length === 1) at.tenant.failNext('sendToConversation', 500)
    })
    await at.tenant.mention(AMINA.id, BOARD.id, '2.1')
    await settled()
    stop()
    expect(seenBy(AMINA)).toEqual(['@Milepost 2.1', 'Understood'])
  })

  test('that Teams repeats is answered once', async () => {
    reply = async () => ({ ...answer('Saved'), isRepeat: true })
    await at.tenant.mention(AMINA.id, BOARD.id, '2.1')
    await settled()
    expect(seenBy(AMINA)).toEqual(['@Milepost 2.1'])
  })
})

describe('an answer that Teams rate-limits', () => {
  const limit = { status: 429, retryAfterSeconds: 3 }
  const answersIn = (words: string) => seenBy(AMINA).filter((each) => each === words)

  test('to a message is posted once, after the wait', async () => {
    at.tenant.failNext('sendToConversation', limit, 2)
    await at.tenant.message(AMINA.id, '2.1')
    await eventually(async () => expect(answersIn('Understood')).toHaveLength(1))
    await settled()
    expect(waits).toEqual([3000, 3000])
    expect(at.tenant.calls('sendToConversation')).toBe(3)
    expect(seenBy(AMINA)).toEqual(['2.1', 'Understood'])
  })

  test('to a mention waits at each of its calls', async () => {
    at.tenant.failNext('createConversation', limit)
    at.tenant.failNext('sendToConversation', limit)
    await at.tenant.mention(AMINA.id, BOARD.id, '2.1')
    await eventually(async () => expect(seenBy(TOMAS)).toHaveLength(2))
    expect(waits).toEqual([3000, 3000])
    expect(answersIn('Understood')).toHaveLength(1)
  })

  test('to a button press waits, and the message is refreshed', async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    reply = async () => ({
      kind: 'answer',
      card: drawn('Saved'),
      refresh: drawn('Milestone done'),
    })
    at.tenant.failNext('updateActivity', limit)
    await press('status:form')
    await eventually(async () => expect(seenBy(TOMAS)).toEqual(['Milestone done']))
    expect(waits).toEqual([3000])
  })

  test('delays a stop', async () => {
    const { promise, resolve: allow } = Promise.withResolvers<void>()
    wait = () => promise
    at.tenant.failNext('sendToConversation', limit)
    await at.tenant.message(AMINA.id, '2.1')
    expect(waits).toEqual([3000])
    const stopped = at.teams.stop()
    allow()
    await stopped
    expect(seenBy(AMINA)).toEqual(['2.1', 'Understood'])
  })

  test('for longer than the limit ends with an apology', async () => {
    at.tenant.failNext('sendToConversation', { status: 429, retryAfterSeconds: 60 })
    await at.tenant.message(AMINA.id, '2.1')
    await at.teams.stop()
    expect(waits).toEqual([])
    expect(seenBy(AMINA).at(-1)).toMatch(/^Sorry/)
  })

  test('is different from an outbox message, which the dispatcher retries', async () => {
    at.tenant.failNext('createConversation', limit)
    const sending = at.teams.send(channel, { key: 'k', card: due })
    await expect(sending).rejects.toMatchObject({ name: 'RateLimitedError', retryAfterMs: 3000 })
    const sent = await at.teams.send(channel, { key: 'k', card: due })
    at.tenant.failNext('updateActivity', limit)
    const updating = at.teams.update(sent, { key: 'k', card: due })
    await expect(updating).rejects.toMatchObject({ name: 'RateLimitedError' })
    expect(waits).toEqual([])
  })
})

describe('work that takes longer than Teams waits', () => {
  const slowly = (result: Reply) => async () => {
    await new Promise((resolve) => setTimeout(resolve, 800))
    return result
  }

  test('a message is acknowledged with a notice, and answered when the reply is ready', async () => {
    reply = slowly(answer('Saved'))
    const { responses } = await at.tenant.message(AMINA.id, '2.1 green')
    expect(responses[0]?.status).toBe(200)
    await eventually(async () => expect(seenBy(AMINA)).toEqual(['2.1 green', pendingText]))
    await eventually(async () => expect(seenBy(AMINA)).toEqual(['2.1 green', pendingText, 'Saved']))
  })

  test('a button press shows a notice, and refreshes the message when the reply is ready', async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    const refresh = drawn('Milestone done')
    reply = slowly({ kind: 'answer', card: drawn('Saved'), refresh })
    const outcome = await press('status:form')
    expect(outcome).toMatchObject({ kind: 'note', text: expect.stringContaining('Got it') })
    await eventually(async () => expect(seenBy(TOMAS)).toEqual(['Milestone done']))
  })

  test("a button press in a channel is answered in the person's direct chat", async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    reply = slowly(answer('Only its leads may do that'))
    await press('status:form')
    await eventually(async () => expect(seenBy(AMINA)).toContain('Only its leads may do that'))
    expect(seenBy(TOMAS)).toEqual(['Milestone due'])
  })
})

describe('a request that Teams repeats', () => {
  test('is not answered by a second message', async () => {
    reply = async () => ({ ...answer('Saved'), isRepeat: true })
    await at.tenant.message(AMINA.id, '2.1 green')
    await settled()
    expect(at.tenant.calls('sendToConversation')).toBe(0)
  })

  test('shows the answer to a button press again', async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    const refresh = drawn('Milestone done')
    reply = async () => ({ kind: 'answer', card: drawn('Saved'), refresh, isRepeat: true })
    expect(await press('status:form')).toMatchObject({ kind: 'card' })
    await settled()
    expect(at.tenant.calls('updateActivity')).toBe(0)
  })
})

describe('an error of ours', () => {
  test('shows an apology at the button and is logged', async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    reply = async () => {
      throw new Error('the secret reason')
    }
    expect(await press('status:form')).toMatchObject({
      kind: 'note',
      text: expect.stringMatching(/^Sorry/),
    })
    expect(at.lines).toContainEqual(
      expect.objectContaining({ level: 'error', words: 'A button press failed in Teams' }),
    )
  })

  test('shows an apology after Teams refuses an answer', async () => {
    at.tenant.failNext('sendToConversation', 400)
    await at.tenant.message(AMINA.id, 'hello')
    expect(seenBy(AMINA).at(-1)).toMatch(/^Sorry/)
  })
})

test('an Action.Submit is answered by a message', async () => {
  const submit: AdaptiveCard['actions'] = [
    { type: 'Action.Submit', title: 'Done', data: { verb: 'done', id: 'm1' } },
  ]
  const { place, messageId } = await at.teams.send(direct, {
    key: 'k',
    card: drawn('Milestone due', { actions: submit }),
  })
  await at.tenant.submit(AMINA.id, { conversation: place.conversation, activityId: messageId }, 0)
  expect(seenBy(AMINA)).toEqual(['Milestone due', 'Understood'])
  expect(asked[0]?.input).toEqual({ by: 'button', verb: 'done', args: { id: 'm1' } })
})
