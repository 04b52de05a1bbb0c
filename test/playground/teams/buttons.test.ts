import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { TurnContext } from 'botbuilder'
import type { TeamsTenant } from '../../../src/playground/teams/tenant.ts'
import type { CardAddress } from '../../../src/playground/teams/user-actions.ts'
import {
  AMINA,
  BOARD,
  cardMessage,
  FORM,
  type RealBot,
  startBot,
  startTenant,
  TOMAS,
  textCard,
} from './sdk-bot.ts'

let tenant: TeamsTenant
let bot: RealBot
let invoked: TurnContext['activity'][]
let answer: unknown
let submitted: TurnContext['activity'][]

const cardAnswer = (text: string) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: textCard(text),
})

beforeEach(async () => {
  invoked = []
  submitted = []
  answer = cardAnswer('Saved')
  tenant = await startTenant()
  bot = await startBot(tenant, async (context) => {
    const { activity } = context
    if (activity.type === 'invoke') {
      invoked.push(activity)
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: answer } })
    } else if (activity.value) {
      submitted.push(activity)
    } else {
      await context.sendActivity(cardMessage(FORM))
    }
  })
})

afterEach(async () => {
  await bot.close()
  await tenant.close()
})

async function formInChat(): Promise<CardAddress> {
  await tenant.message(AMINA.id, 'update')
  const { conversationId, messages } = tenant.snapshot(AMINA.id).chat
  return { conversation: conversationId, activityId: messages.at(-1)?.id ?? '' }
}

async function formInChannel(): Promise<CardAddress> {
  await tenant.mention(AMINA.id, BOARD.id, 'update')
  const [thread] = tenant.snapshot(AMINA.id).team.channels[1]?.threads ?? []
  return {
    conversation: thread?.conversationId ?? '',
    activityId: thread?.replies[0]?.id ?? '',
  }
}

const lastInChat = () => tenant.snapshot(AMINA.id).chat.messages.at(-1)

describe('Action.Execute', () => {
  test('sends its data with what was filled in, and the answer replaces the card', async () => {
    const at = await formInChat()
    const { outcome } = await tenant.execute(AMINA.id, at, 'save', { reason: 'Supplier late' })

    expect(invoked).toHaveLength(1)
    expect(invoked[0]).toMatchObject({
      name: 'adaptiveCard/action',
      replyToId: at.activityId,
      from: AMINA,
      conversation: { id: at.conversation, conversationType: 'personal' },
      value: {
        action: {
          type: 'Action.Execute',
          verb: 'save',
          data: { ref: '2.1', reason: 'Supplier late', tell: 'true' },
        },
        trigger: 'manual',
      },
    })
    expect(outcome).toEqual({ kind: 'card', card: textCard('Saved') })
    expect(lastInChat()?.card).toEqual(textCard('Saved'))
  })

  test('in a channel replaces the card for the one who pressed; an update replaces it for all', async () => {
    const at = await formInChannel()
    await tenant.execute(AMINA.id, at, 'save', { reason: 'Supplier late' })
    const seenBy = (id: string) =>
      tenant.snapshot(id).team.channels[1]?.threads[0]?.replies[0]?.card
    expect(seenBy(AMINA.id)).toEqual(textCard('Saved'))
    expect(seenBy(TOMAS.id)).toEqual(FORM)
    expect(invoked[0]?.conversation.id).toBe(at.conversation)

    answer = cardAnswer('Saved by Tomas')
    await tenant.execute(TOMAS.id, at, 'save', { reason: 'So it is' })
    expect(seenBy(TOMAS.id)).toEqual(textCard('Saved by Tomas'))
  })

  test('is not sent while a required input is empty, unless the client skips its checks', async () => {
    const at = await formInChat()
    const stopped = await tenant.execute(AMINA.id, at, 'save')
    expect(stopped).toEqual({
      outcome: { kind: 'not sent', problems: [{ id: 'reason', message: 'Say why.' }] },
      delivery: null,
    })
    expect(invoked).toHaveLength(0)

    await tenant.execute(AMINA.id, at, 'save', {}, { clientChecks: false })
    expect(invoked[0]?.value.action.data).toEqual({ ref: '2.1', tell: 'true' })
  })

  test('leaves the inputs out where it is tied to none', async () => {
    await tenant.execute(AMINA.id, await formInChat(), 1)
    expect(invoked[0]?.value.action).toMatchObject({ verb: 'cancel', data: {} })
  })

  test.each([
    [
      { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'All done.' },
      { kind: 'note', text: 'All done.' },
    ],
    [
      {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'BadRequest', message: 'Only a lead may do that.' },
      },
      { kind: 'error', text: 'Only a lead may do that.' },
    ],
    [
      { statusCode: 200, type: 'no.such.type', value: 'x' },
      { kind: 'error', text: 'Something went wrong. Please try again.' },
    ],
    [
      { ...cardAnswer('new'), value: { ...textCard('new'), version: '1.6' } },
      { kind: 'error', text: expect.stringContaining('version 1.6') },
    ],
  ])('keeps the card and shows a note for the answer %j', async (given, expected) => {
    answer = given
    const { outcome } = await tenant.execute(AMINA.id, await formInChat(), 'cancel')
    expect(outcome).toEqual(expected)
    expect(lastInChat()).toMatchObject({ card: FORM, note: { text: expect.any(String) } })
    expect(tenant.snapshot(TOMAS.id).chat.messages).toEqual([])
  })

  test('shows that the app is out of reach when the bot is down', async () => {
    const at = await formInChat()
    await bot.close()
    const { outcome, delivery } = await tenant.execute(AMINA.id, at, 'cancel')
    expect(outcome).toEqual({ kind: 'error', text: 'Unable to reach app. Please try again.' })
    expect(delivery?.responses[0]?.status).toBeNull()
  })

  test('that fits no button, or none that this person can see, is a mistake of the test', async () => {
    const at = await formInChat()
    await expect(tenant.execute(AMINA.id, at, 'approve')).rejects.toThrow(
      'No button matches "approve"',
    )
    await expect(tenant.execute(TOMAS.id, at, 'save')).rejects.toThrow('cannot see the chat')
    await expect(tenant.execute(AMINA.id, at, 'save', { colour: 'red' })).rejects.toThrow(
      'no input colour',
    )
  })
})

describe('Action.Submit', () => {
  test('reaches the bot as a message with a value and no text', async () => {
    const at = await formInChat()
    const { outcome } = await tenant.submit(AMINA.id, at, 0, { reason: 'Late', tell: false })
    expect(outcome).toEqual({ kind: 'sent' })
    expect(submitted[0]).toMatchObject({
      type: 'message',
      replyToId: at.activityId,
      value: { ask: true, reason: 'Late', tell: 'false' },
    })
    expect(submitted[0]?.text).toBeUndefined()
  })
})
