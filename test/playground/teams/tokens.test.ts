import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
} from 'botbuilder'
import type { DeliveryFaults } from '../../../src/playground/teams/bot-delivery.ts'
import type { TeamsTenant } from '../../../src/playground/teams/tenant.ts'
import { AMINA, type RealBot, startBot, startTenant, tokenResponse } from './sdk-bot.ts'

let tenant: TeamsTenant
let bot: RealBot
let turns = 0

beforeEach(async () => {
  // The SDK prints each token that it refuses.
  jest.spyOn(console, 'error').mockImplementation(() => {})
  turns = 0
  tenant = await startTenant()
  bot = await startBot(tenant, async () => {
    turns += 1
  })
})

afterEach(async () => {
  jest.restoreAllMocks()
  await bot.close()
  await tenant.close()
})

describe('A token to the bot', () => {
  test.each<[NonNullable<DeliveryFaults['token']>, number]>([
    ['none', 401],
    ['wrong audience', 401],
    ['expired', 401],
    ['wrong serviceUrl', 401],
    // jsonwebtoken's JsonWebTokenError ("invalid signature") is no AuthenticationError: the SDK makes it a 500.
    ['bad signature', 500],
  ])('that is not good (%s) is answered %d, and no turn begins', async (token, status) => {
    const { responses } = await tenant.message(AMINA.id, 'let me in', { token })
    expect(responses[0]?.status).toBe(status)
    expect(turns).toBe(0)
  })

  test('says nothing of the tenant, so the SDK lets another one through', async () => {
    const { responses, activity } = await tenant.message(AMINA.id, 'hello', {
      token: 'wrong tenant',
    })
    expect(activity.channelData).toEqual({ tenant: { id: expect.stringMatching(/bad$/) } })
    expect(responses[0]?.status).toBe(200)
    expect(turns).toBe(1)
  })

  test('vouches for any serviceUrl it was made for', async () => {
    const activity = { serviceUrl: 'https://elsewhere.example/' }
    const { responses } = await tenant.message(AMINA.id, 'hello', { activityChanges: activity })
    expect(responses[0]?.status).toBe(200)
  })

  test('is good again after the tenant was started anew on the same port', async () => {
    await tenant.message(AMINA.id, 'hello')
    await bot.close()
    await tenant.close()
    tenant = await startTenant({ port: Number(new URL(tenant.serviceUrl).port) })
    bot = await startBot(tenant, async () => {
      turns += 1
    })
    await tenant.message(AMINA.id, 'hello')
    expect(turns).toBe(2)
  })
})

describe('A token from the bot', () => {
  const ask = (form: Record<string, string>) =>
    fetch(tenant.tokenUrl, { method: 'POST', body: new URLSearchParams(form) })
  const goodForm = () => ({
    grant_type: 'client_credentials',
    client_id: tenant.credentials.appId,
    client_secret: tenant.credentials.appPassword,
    scope: tenant.credentials.scope,
  })
  const getToken = async () => tokenResponse.parse(await (await ask(goodForm())).json())
  const listTeam = (token: string) =>
    fetch(`${tenant.serviceUrl}v3/conversations/x/members`, {
      headers: { authorization: `Bearer ${token}` },
    })

  test.each([
    [{ client_secret: 'guess' }, 401, 'invalid_client'],
    [{ client_id: 'someone' }, 400, 'unauthorized_client'],
    [{ scope: 'https://graph.microsoft.com/.default' }, 400, 'invalid_scope'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('is not given for %o', async (wrong, status, error) => {
    const response = await ask({ ...goodForm(), ...wrong })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error })
  })

  test('cannot be fetched by the credentials of the SDK, as MSAL takes no http', async () => {
    const auth = new ConfigurationBotFrameworkAuthentication(tenant.authSettings)
    const reference = { serviceUrl: tenant.serviceUrl, conversation: { id: 'x' } }
    const sending = new CloudAdapter(auth).continueConversationAsync(
      tenant.credentials.appId,
      reference as Partial<ConversationReference>,
      async (context) => {
        await context.sendActivity('hello')
      },
    )
    await expect(sending).rejects.toThrow('authority_uri_insecure')
    expect(tenant.calls('token')).toBe(0)
  })

  test('opens the connector, and nothing else does', async () => {
    const { access_token } = await getToken()
    expect((await listTeam(access_token)).status).toBe(404)
    const refused = await listTeam(`${access_token.slice(0, -8)}AAAAAAAA`)
    expect(refused.status).toBe(401)
    expect(await refused.json()).toMatchObject({ error: { code: 'Unauthorized' } })
  })

  test('is of no use once it has expired', async () => {
    let now = new Date('2017-02-27T09:00:00Z')
    await bot.close()
    await tenant.close()
    tenant = await startTenant({ wallClock: { now: () => now } })
    const { access_token } = await getToken()
    expect((await listTeam(access_token)).status).toBe(404)
    now = new Date('2017-02-27T10:00:01Z')
    expect((await listTeam(access_token)).status).toBe(401)
  })
})
