import { messageOf } from '../../base/errors.ts'
import { type Activity, withTenant } from './activities.ts'
import type { TokenFault, TokenIssuer } from './token-issuer.ts'

/** Ways for a client to misbehave. */
export interface DeliveryFaults {
  /**
   * What is wrong with the token. A channel's token names no tenant: 'wrong tenant' is a good token on an
   * activity of another tenant, which the SDK lets through.
   */
  token?: TokenFault | 'wrong tenant'
  /** The same activity again: once the first is answered, or both at once. */
  deliverTwice?: boolean | 'at once'
  /** Replaces fields of the activity. The token vouches for the serviceUrl that then stands in it. */
  activityChanges?: Activity
}

/** What the bot answered to one request; the status is null where no answer came. */
export interface BotResponse {
  status: number | null
  /** The parsed JSON, else the text; without an answer, why. */
  body: unknown
}

/** An activity as it went out, and the bot's answer to each time it went. */
export interface DeliveryResult {
  activity: Activity
  responses: BotResponse[]
}

/** Teams gives a request up, and sends it again, after about 15 s. */
const RESPONSE_TIMEOUT_MS = 15_000

const OTHER_TENANT_ID = '00000000-0000-4000-8000-000000000bad'

/** Posts activities to the bot, signed as Teams signs them. `botUrl` is asked for at each post. */
export function createBotDelivery(issuer: TokenIssuer, botUrl: () => string) {
  const post = async (activity: Activity, fault: TokenFault | undefined): Promise<BotResponse> => {
    const authorization = await issuer.authorizationToBot(String(activity.serviceUrl ?? ''), fault)
    const response = await fetch(botUrl(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: JSON.stringify(activity),
      signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MS),
    })
    return { status: response.status, body: parseBody(await response.text()) }
  }

  const tryPost = (activity: Activity, fault: TokenFault | undefined): Promise<BotResponse> =>
    post(activity, fault).catch((error: unknown) => ({ status: null, body: messageOf(error) }))

  return async (activity: Activity, misbehaviour: DeliveryFaults = {}): Promise<DeliveryResult> => {
    const { token, deliverTwice = false, activityChanges: changes = {} } = misbehaviour
    const mine = { ...activity, ...changes }
    const goingOut = token === 'wrong tenant' ? withTenant(mine, OTHER_TENANT_ID) : mine
    const fault = token === 'wrong tenant' ? undefined : token
    const first = tryPost(goingOut, fault)
    if (deliverTwice === true) await first
    const posts = deliverTwice ? [first, tryPost(goingOut, fault)] : [first]
    return { activity: goingOut, responses: await Promise.all(posts) }
  }
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text // An empty body, or an error page: no JSON, but an answer.
  }
}
