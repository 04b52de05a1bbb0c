import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Activity } from 'botbuilder'
import { z } from 'zod'
import { systemClock } from '../../../src/base/clock.ts'
import type { PlannedFailure } from '../../../src/playground/teams/planned-failure.ts'
import type { TeamsTenant } from '../../../src/playground/teams/tenant.ts'
import { clockAt } from '../../support/clock.ts'
import { AMINA, cardMessage, type RealBot, startBot, startTenant, textCard } from './sdk-bot.ts'

let tenant: TeamsTenant
let bot: RealBot
let toSend: Partial<Activity>
let thrown: unknown

beforeEach(async () => {
  toSend = { type: 'message', text: 'Due today' }
  thrown = undefined
  tenant = await startTenant()
  bot = await startBot(tenant, sendOnce)
})

afterEach(async () => {
  await bot.close()
  await tenant.close()
})

async function sendOnce(context: { sendActivity(activity: Partial<Activity>): Promise<unknown> }) {
  thrown = await context.sendActivity(toSend).then(
    () => undefined,
    (error: unknown) => error,
  )
}

/** What the person sees of the bot's. */
const seen = () => tenant.snapshot(AMINA.id).chat.messages.filter(({ from }) => from.isBot)

const restError = z.looseObject({
  statusCode: z.number(),
  code: z.string(),
  response: z.object({ headers: z.custom<{ get(name: string): string | undefined }>() }),
})

describe('A call that fails', () => {
  test.each<[PlannedFailure, number, string]>([
    [412, 412, 'PreconditionFailed'],
    [500, 500, 'ServiceError'],
    [502, 502, 'BadGateway'],
    [504, 504, 'GatewayTimeout'],
    [{ status: 403, code: 'ConversationBlockedByUser' }, 403, 'ConversationBlockedByUser'],
  ])('by %j makes one POST, posts nothing and says why', async (failure, statusCode, code) => {
    tenant.failNext('replyToActivity', failure)
    await tenant.message(AMINA.id, 'go')
    expect(restError.parse(thrown)).toMatchObject({ statusCode, code })
    expect(tenant.calls('replyToActivity')).toBe(1)
    expect(seen()).toEqual([])
  })

  test('by a rate limit says how long to wait', async () => {
    tenant.failNext('replyToActivity', { status: 429, retryAfterSeconds: 7 })
    await tenant.message(AMINA.id, 'go')
    const { statusCode, response } = restError.parse(thrown)
    expect(statusCode).toBe(429)
    expect(response.headers.get('retry-after')).toBe('7')
  })

  test('by a line dropped before the work posts nothing', async () => {
    tenant.failNext('replyToActivity', 'drop_before')
    await tenant.message(AMINA.id, 'go')
    expect(thrown).toBeInstanceOf(Error)
    expect(tenant.calls('replyToActivity')).toBe(1)
    expect(seen()).toEqual([])
  })

  test('by a line dropped after the work has posted once, though the bot cannot know', async () => {
    tenant.failNext('replyToActivity', 'drop_after')
    await tenant.message(AMINA.id, 'go')
    expect(thrown).toBeInstanceOf(Error)
    expect(tenant.calls('replyToActivity')).toBe(1)
    expect(seen().map(({ text }) => text)).toEqual(['Due today'])
  })

  test('is the next one only, or as many as asked for', async () => {
    tenant.failNext('replyToActivity', 500, 2)
    for (const text of ['one', 'two', 'three']) await tenant.message(AMINA.id, text)
    expect(tenant.calls('replyToActivity')).toBe(3)
    expect(seen()).toHaveLength(1)
  })

  test('may hang; closing the tenant ends it', async () => {
    tenant.failNext('replyToActivity', 'timeout')
    const message = tenant.message(AMINA.id, 'go')
    while (tenant.calls('replyToActivity') === 0) await new Promise((go) => setTimeout(go, 10))
    await tenant.close()
    await message
    expect(thrown).toBeInstanceOf(Error)
  })

  test('is posted again and again by the SDK, where its retry policy is left in', async () => {
    await bot.close()
    bot = await startBot(tenant, sendOnce, { retries: true })
    tenant.failNext('replyToActivity', 'drop_after', 1)
    await tenant.message(AMINA.id, 'go')
    expect(thrown).toBeUndefined()
    expect(seen()).toHaveLength(2)
  }, 15_000)
})

describe('A post that Teams refuses', () => {
  test.each<[string, Partial<Activity>, number, string]>([
    ['is empty', { type: 'message', text: ' ' }, 400, 'BadArgument'],
    ['is too long', { type: 'message', text: 'é'.repeat(60_000) }, 413, 'MessageSizeTooBig'],
    ['is far too long', { type: 'message', text: 'x'.repeat(2_000_000) }, 413, 'MessageSizeTooBig'],
    [
      'has a card of a newer version',
      cardMessage({ ...textCard('x'), version: '1.6' }),
      400,
      'BadArgument',
    ],
    [
      'has another attachment',
      { type: 'message', attachments: [{ contentType: 'image/png', contentUrl: 'data:,' }] },
      400,
      'BadArgument',
    ],
  ])('%s', async (_why, activity, statusCode, code) => {
    toSend = activity
    await tenant.message(AMINA.id, 'go')
    expect(restError.parse(thrown)).toMatchObject({ statusCode, code })
    expect(seen()).toEqual([])
  })

  test('comes too fast: the eighth in a second is told when to come again', async () => {
    await bot.close()
    await tenant.close()
    tenant = await startTenant({ wallClock: clockAt(systemClock.now()) })
    bot = await startBot(tenant, sendOnce)
    for (let count = 0; count < 8; count += 1) await tenant.message(AMINA.id, 'go')
    expect(restError.parse(thrown)).toMatchObject({ statusCode: 429, code: 'TooManyRequests' })
    expect(seen()).toHaveLength(7)
  })

  test('is in a conversation or about a message that is not there', async () => {
    const wrong: unknown[] = []
    await bot.close()
    bot = await startBot(tenant, async (context) => {
      const own = context.activity.id
      for (const id of ['1', own]) {
        await context.updateActivity({ type: 'message', id, text: 'x' }).catch((e) => wrong.push(e))
      }
      context.activity.conversation.id = 'a:nowhere'
      await context.sendActivity({ type: 'message', text: 'x' }).catch((e) => wrong.push(e))
    })
    await tenant.message(AMINA.id, 'go')
    expect(wrong.map((error) => restError.parse(error).code)).toEqual([
      'ActivityNotFoundInConversation',
      'ForbiddenOperationException',
      'ConversationNotFound',
    ])
  })
})
