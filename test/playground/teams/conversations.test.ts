import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { TeamsInfo, TurnContext } from 'botbuilder'
import type { TeamsTenant } from '../../../src/playground/teams/tenant.ts'
import {
  AMINA,
  APP_ID,
  BOARD,
  cardMessage,
  type RealBot,
  startBot,
  startTenant,
  TEAM,
  TENANT,
  TOMAS,
  type Turn,
  textCard,
} from './sdk-bot.ts'

let tenant: TeamsTenant
let bot: RealBot
let turn: Turn

beforeEach(async () => {
  tenant = await startTenant()
  bot = await startBot(tenant, (context) => turn(context))
})

afterEach(async () => {
  await bot.close()
  await tenant.close()
})

const chatTexts = (userId: string) => tenant.snapshot(userId).chat.messages.map(({ text }) => text)

function board(userId: string) {
  const channel = tenant.snapshot(userId).team.channels.find(({ id }) => id === BOARD.id)
  return channel?.threads ?? []
}

describe('A chat with the bot', () => {
  test('carries a message in and a reply back, seen by nobody else', async () => {
    turn = async (context) => {
      await context.sendActivity(`You said ${context.activity.text}`)
    }

    const { responses, activity } = await tenant.message(AMINA.id, '2.1 green')

    expect(responses).toEqual([{ status: 200, body: '' }])
    expect(chatTexts(AMINA.id)).toEqual(['2.1 green', 'You said 2.1 green'])
    expect(chatTexts(TOMAS.id)).toEqual([])
    expect(activity).toMatchObject({
      type: 'message',
      channelId: 'msteams',
      timestamp: '2017-02-27T09:00:00.000Z',
      localTimestamp: '2017-02-27T09:00:00.000+00:00',
      serviceUrl: tenant.serviceUrl,
      from: AMINA,
      recipient: { id: `28:${APP_ID}`, name: 'Milepost' },
      conversation: { conversationType: 'personal', tenantId: TENANT.id },
      channelData: { tenant: { id: TENANT.id } },
      text: '2.1 green',
    })
  })

  test('shows an edited message as edited and a deleted one as gone', async () => {
    turn = async (context) => {
      const first = await context.sendActivity('first')
      const second = await context.sendActivity('second')
      await context.updateActivity({ type: 'message', id: first?.id, text: 'first, corrected' })
      await context.deleteActivity(second?.id ?? '')
    }

    await tenant.message(AMINA.id, 'go')

    const [, first, second] = tenant.snapshot(AMINA.id).chat.messages
    expect(first).toMatchObject({ text: 'first, corrected', editedAt: '2017-02-27T09:00:00.000Z' })
    expect(second).toMatchObject({ text: null, card: null, deleted: true })
  })

  test('splits a text and a card sent together, and then tells the bot no id', async () => {
    const ids: (string | undefined)[] = []
    turn = async (context) => {
      const sent = await context.sendActivity({ ...cardMessage(textCard('card')), text: 'text' })
      ids.push(sent?.id)
    }

    await tenant.message(AMINA.id, 'go')

    expect(chatTexts(AMINA.id)).toEqual(['go', 'text', null])
    expect(tenant.snapshot(AMINA.id).chat.messages[2]?.card).toEqual(textCard('card'))
    expect(ids).toEqual([undefined])
  })

  test('keeps its id when the tenant is started again', async () => {
    const again = await startTenant()
    expect(again.snapshot(AMINA.id).chat.conversationId).toBe(
      tenant.snapshot(AMINA.id).chat.conversationId,
    )
    await again.close()
  })

  test('delivers one message twice under one id, and shows it once', async () => {
    const ids: (string | undefined)[] = []
    turn = async ({ activity }) => {
      ids.push(activity.id)
    }

    await tenant.message(AMINA.id, 'again', { deliverTwice: true })
    await tenant.message(AMINA.id, 'and again', { deliverTwice: 'at once' })

    expect(ids).toHaveLength(4)
    expect(new Set(ids).size).toBe(2)
    expect(chatTexts(AMINA.id)).toEqual(['again', 'and again'])
  })

  test('tells listeners of changes until they stop listening', async () => {
    turn = async () => {}
    let changes = 0
    const stop = tenant.onChange(() => {
      changes += 1
    })
    await tenant.message(AMINA.id, 'one')
    stop()
    await tenant.message(AMINA.id, 'two')
    expect(changes).toBe(1)
  })
})

describe('A channel', () => {
  test('carries a mention in, and the reply goes to its thread', async () => {
    const heard: string[] = []
    turn = async (context) => {
      heard.push(TurnContext.removeRecipientMention(context.activity))
      await context.sendActivity('noted')
    }

    const { activity } = await tenant.mention(AMINA.id, BOARD.id, 'due 14')

    expect(heard).toEqual(['due 14'])
    const [thread] = board(TOMAS.id)
    expect(thread?.root).toMatchObject({ text: '@Milepost due 14', from: { name: 'Amina Rowe' } })
    expect(thread?.replies.map(({ text }) => text)).toEqual(['noted'])
    expect(activity).toMatchObject({
      text: '<at>Milepost</at> due 14',
      conversation: {
        id: `${BOARD.id};messageid=${thread?.root.id}`,
        conversationType: 'channel',
        isGroup: true,
        tenantId: TENANT.id,
      },
      channelData: { channel: { id: BOARD.id }, team: { id: TEAM.id }, tenant: { id: TENANT.id } },
    })
  })

  test('takes a further mention in the thread that it is made in', async () => {
    turn = async () => {}
    await tenant.mention(AMINA.id, BOARD.id, 'one')
    const thread = board(AMINA.id)[0]?.conversationId ?? ''
    await tenant.mention(TOMAS.id, thread, 'two')
    expect(board(AMINA.id)).toHaveLength(1)
    expect(board(AMINA.id)[0]?.replies.map(({ text }) => text)).toEqual(['@Milepost two'])
  })

  test('gets a new thread from a post that nobody asked for', async () => {
    await bot.adapter.createConversationAsync(
      APP_ID,
      'msteams',
      tenant.serviceUrl,
      '',
      {
        isGroup: true,
        bot: tenant.bot,
        channelData: { channel: { id: BOARD.id } },
        // The SDK asks for a whole activity, though Teams takes a message as it is sent.
        activity: { type: 'message', text: 'Weekly digest' } as TurnContext['activity'],
      },
      async (context) => {
        await context.sendActivity('and what did not fit')
      },
    )

    const [thread] = board(TOMAS.id)
    expect(thread?.root.text).toBe('Weekly digest')
    expect(thread?.replies.map(({ text }) => text)).toEqual(['and what did not fit'])
  })
})

describe('The bot by itself', () => {
  const openChat = (tenantId: string) =>
    bot.adapter.createConversationAsync(
      APP_ID,
      'msteams',
      tenant.serviceUrl,
      '',
      {
        isGroup: false,
        bot: tenant.bot,
        members: [{ id: TOMAS.id, name: '' }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
        // The SDK's type demands an activity, which Teams does not take here.
        activity: undefined as unknown as TurnContext['activity'],
      },
      async (context) => {
        await context.sendActivity('Due in 3 working days')
      },
    )

  test('opens the chat with a person and writes there', async () => {
    await openChat(TENANT.id)
    expect(chatTexts(TOMAS.id)).toEqual(['Due in 3 working days'])
  })

  test('cannot reach people of another tenant', async () => {
    await expect(openChat('another')).rejects.toMatchObject({ statusCode: 400 })
  })

  test('is refused once the person has taken the app out, until it is put back', async () => {
    turn = async () => {}
    await tenant.uninstall(TOMAS.id)
    await expect(openChat(TENANT.id)).rejects.toMatchObject({
      statusCode: 403,
      code: 'BotNotInConversationRoster',
    })
    await tenant.install(TOMAS.id)
    await openChat(TENANT.id)
    expect(chatTexts(TOMAS.id)).toEqual(['Due in 3 working days'])
  })

  test('continues a conversation that it kept', async () => {
    let kept: Partial<ReturnType<typeof TurnContext.getConversationReference>> = {}
    turn = async (context) => {
      kept = TurnContext.getConversationReference(context.activity)
    }
    await tenant.message(AMINA.id, 'hello')
    await bot.adapter.continueConversationAsync(APP_ID, kept, async (context) => {
      await context.sendActivity('later')
    })
    expect(chatTexts(AMINA.id)).toEqual(['hello', 'later'])
  })

  test('is told when it is put into a team', async () => {
    const events: unknown[] = []
    turn = async ({ activity }) => {
      const { type, action, membersAdded, conversation, channelData } = activity
      events.push({ type, action, membersAdded, id: conversation.id, team: channelData.team })
    }
    await tenant.install(AMINA.id, 'team')
    expect(events).toEqual([
      {
        type: 'conversationUpdate',
        membersAdded: [tenant.bot],
        id: TEAM.id,
        team: { id: TEAM.id, name: TEAM.name },
      },
      {
        type: 'installationUpdate',
        action: 'add',
        id: TEAM.id,
        team: { id: TEAM.id, name: TEAM.name },
      },
    ])
  })

  test('looks up people, the team and its channels', async () => {
    const found: Record<string, unknown> = {}
    turn = async (context) => {
      found.me = await TeamsInfo.getMember(context, AMINA.id)
      found.byDirectory = await TeamsInfo.getMember(context, TOMAS.aadObjectId)
      found.paged = (await TeamsInfo.getPagedMembers(context, 1)).members.map(({ id }) => id)
      found.team = await TeamsInfo.getTeamDetails(context)
      found.channels = await TeamsInfo.getTeamChannels(context)
    }
    const { responses } = await tenant.mention(AMINA.id, BOARD.id, 'who')

    expect(responses[0]?.status).toBe(200)
    expect(found).toMatchObject({
      me: {
        id: AMINA.id,
        aadObjectId: AMINA.aadObjectId,
        name: 'Amina Rowe',
        givenName: 'Amina',
        tenantId: TENANT.id,
        userRole: 'user',
      },
      byDirectory: { id: TOMAS.id },
      paged: [AMINA.id],
      team: { id: TEAM.id, name: TEAM.name, memberCount: 2, channelCount: 2 },
      channels: [{ id: TEAM.id }, BOARD],
    })
  })
})
