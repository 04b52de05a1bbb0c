import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { AdaptiveCard, Card } from '../../../src/chat/cards.ts'
import type { Invocation, Place } from '../../../src/chat/invocation.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { AMINA, BOARD, TENANT, TOMAS } from '../../playground/teams/real-bot.ts'
import { drawn, eventually, settled } from '../contract.ts'
import { inputsIn, messagesOf, openTenant, wordsOf } from './workplace.ts'

let at: Awaited<ReturnType<typeof openTenant>>
let asked: Invocation[]
let reply: (invocation: Invocation) => Promise<Reply>

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
    actions: [button('Save', 'status'), button('Back', 'back', { associatedInputs: 'none' })],
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
  reply = async () => answer('Understood')
  at = await openTenant(
    (invocation) => {
      asked.push(invocation)
      return reply(invocation)
    },
    { patience: { press: 150, message: 150, call: 5_000 } },
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

  test('stands before the person who pressed, and nobody else', () => {
    expect(seenBy(AMINA)).toEqual(['Update 2.1'])
    expect(seenBy(TOMAS)).toEqual(['Milestone due'])
  })

  test('gives way to the answer, before the same person alone', async () => {
    reply = async () => answer('Stored')
    await press('status', { reason: 'why' })
    await settled()
    expect(seenBy(AMINA)).toEqual(['Stored'])
    expect(seenBy(TOMAS)).toEqual(['Milestone due'])
  })

  test('gives way to the refreshed message, before everybody', async () => {
    const refresh = drawn('Milestone done')
    reply = async () => ({ kind: 'answer', card: drawn('Stored'), refresh })
    await press('status', { reason: 'why' })
    await eventually(async () => expect(seenBy(TOMAS)).toEqual(['Milestone done']))
    expect(seenBy(AMINA)).toEqual(['Milestone done'])
  })

  test('gives way to the message again on the way back', async () => {
    reply = async () => ({ kind: 'answer', card: due })
    await press('back')
    expect(seenBy(AMINA)).toEqual(['Milestone due'])
    expect(asked.at(-1)?.ask).toEqual({ by: 'button', verb: 'back', args: {} })
  })

  test('is not stored into the message where it was refused and mended', async () => {
    const fields = { reason: 'Please say why.' }
    reply = async () => ({ kind: 'invalid', card: form(), fields })
    await press('status', { reason: 'x' })
    reply = async () => answer('Stored')
    await press('status', { reason: 'why' })
    await settled()
    expect(seenBy(TOMAS)).toEqual(['Milestone due'])
  })
})

test('a form asked for in words is a message, which the answer replaces for good', async () => {
  reply = async () => ({ kind: 'form', card: form() })
  await at.tenant.message(AMINA.id, 'update 2.1')
  reply = async () => answer('Stored')
  await press('status', { reason: 'why' })
  await eventually(async () => {
    const edited = messagesOf(at.tenant, AMINA.id).at(-1)?.message
    expect(edited?.editedAt).not.toBeNull()
    expect(inputsIn(edited?.card)).toEqual([])
  })
  expect(seenBy(AMINA)).toEqual(['update 2.1', 'Stored'])
})

describe('a button whose message stays', () => {
  test('is answered below it in the chat', async () => {
    await at.teams.send(direct, { key: 'k', card: due })
    reply = async () => answer('Here it is')
    expect(await press('status:form')).toMatchObject({ kind: 'note' })
    await eventually(async () => expect(seenBy(AMINA)).toContain('Here it is'))
  })

  test('is answered in one line, to the person who pressed, in a channel', async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    reply = async () => answer('Only its leads may do that')
    expect(await press('status:form')).toEqual({
      kind: 'note',
      text: 'Only its leads may do that',
    })
    expect(seenBy(TOMAS)).toEqual(['Milestone due'])
  })
})

describe('a mention in a channel', () => {
  test('is answered in its thread', async () => {
    await at.tenant.mention(AMINA.id, BOARD.id, 'help')
    const [question, answered] = messagesOf(at.tenant, TOMAS.id)
    expect(answered?.conversation).toBe(question?.conversation)
    expect(seenBy(TOMAS)).toEqual(['@Milepost help', 'Understood'])
    expect(asked[0]?.place).toMatchObject({ conversation: BOARD.id, kind: 'channel' })
  })
})

describe('work that takes longer than Teams waits', () => {
  const slowly = (result: Reply) => async () => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    return result
  }

  test('a message is acknowledged, and answered when it is done', async () => {
    reply = slowly(answer('Stored'))
    const { answers } = await at.tenant.message(AMINA.id, '2.1 green')
    expect(answers[0]?.status).toBe(200)
    expect(seenBy(AMINA)).toEqual(['2.1 green'])
    await eventually(async () => expect(seenBy(AMINA)).toEqual(['2.1 green', 'Stored']))
  })

  test('a press says so, and refreshes the message when it is done', async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    const refresh = drawn('Milestone done')
    reply = slowly({ kind: 'answer', card: drawn('Stored'), refresh })
    const outcome = await press('status:form')
    expect(outcome).toMatchObject({ kind: 'note', text: expect.stringContaining('still working') })
    await eventually(async () => expect(seenBy(TOMAS)).toEqual(['Milestone done']))
  })

  test('a press in a channel is answered in the chat of the person who pressed', async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    reply = slowly(answer('Only its leads may do that'))
    await press('status:form')
    await eventually(async () => expect(seenBy(AMINA)).toContain('Only its leads may do that'))
    expect(seenBy(TOMAS)).toEqual(['Milestone due'])
  })
})

describe('a request that Teams repeats', () => {
  test('is not answered by a second message', async () => {
    reply = async () => ({ ...answer('Stored'), repeat: true })
    await at.tenant.message(AMINA.id, '2.1 green')
    await settled()
    expect(at.tenant.calls('sendToConversation')).toBe(0)
  })

  test('shows a press its answer again', async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    const refresh = drawn('Milestone done')
    reply = async () => ({ kind: 'answer', card: drawn('Stored'), refresh, repeat: true })
    expect(await press('status:form')).toMatchObject({ kind: 'card' })
    await settled()
    expect(at.tenant.calls('updateActivity')).toBe(0)
  })
})

describe('a fault of ours', () => {
  test('is an apology at the button, and a line in the log', async () => {
    await at.teams.send(channel, { key: 'k', card: due })
    reply = async () => {
      throw new Error('the secret reason')
    }
    expect(await press('status:form')).toMatchObject({
      kind: 'note',
      text: expect.stringMatching(/^Sorry/),
    })
    expect(at.lines).toContainEqual(
      expect.objectContaining({ level: 'error', words: 'a press failed in Teams' }),
    )
  })

  test('an answer that Teams refuses is an apology, too', async () => {
    at.tenant.failNext('sendToConversation', 400)
    await at.tenant.message(AMINA.id, 'hello')
    expect(seenBy(AMINA).at(-1)).toMatch(/^Sorry/)
  })
})

test('an Action.Submit is answered by a message', async () => {
  const submit: AdaptiveCard['actions'] = [
    { type: 'Action.Submit', title: 'Done', data: { verb: 'done', id: 'm1' } },
  ]
  const { place, message } = await at.teams.send(direct, {
    key: 'k',
    card: drawn('Milestone due', { actions: submit }),
  })
  await at.tenant.submit(AMINA.id, { conversation: place.conversation, activityId: message }, 0)
  expect(seenBy(AMINA)).toEqual(['Milestone due', 'Understood'])
  expect(asked[0]?.ask).toEqual({ by: 'button', verb: 'done', args: { id: 'm1' } })
})
