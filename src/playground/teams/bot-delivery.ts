import { messageOf } from '../../base/errors.ts'
import { type Activity, withTenant } from './activities.ts'
import type { TokenFault, TokenIssuer } from './token-issuer.ts'

/** Faults of a request that Teams or a stranger may cause. */
export interface DeliveryFaults {
  /**
   * What is wrong with the token. A channel's token names no tenant: 'wrong tenant' is a valid token on an
   * activity of another tenant, which the SDK accepts.
   */
  token?: TokenFault | 'wrong tenant'
  /** Sends the activity twice: again after the first response, or both at once. */
  deliverTwice?: boolean | 'at once'
  /** Replaces fields of the activity. The token is for the serviceUrl that results. */
  activityChanges?: Activity
}

/** The bot's response to one request; the status is null without a response. */
export interface BotResponse {
  status: number | null
  /** Parsed JSON, otherwise text; without a response, the reason. */
  body: unknown
}

/** An activity as it was sent, and the response to each time it was sent. */
export interface DeliveryResult {
  activity: Activity
  responses: BotResponse[]
}

/** Teams gives a request up after about 15 s, and sends it again. */
const RESPONSE_TIMEOUT_MS = 15_000

const OTHER_TENANT_ID = '00000000-0000-4000-8000-000000000bad'

/** Posts activities to the bot, signed as Teams signs them. `botUrl` is called for each post. */
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

  return async (activity: Activity, faults: DeliveryFaults = {}): Promise<DeliveryResult> => {
    const { token, deliverTwice = false, activityChanges = {} } = faults
    const changed = { ...activity, ...activityChanges }
    const outgoing = token === 'wrong tenant' ? withTenant(changed, OTHER_TENANT_ID) : changed
    const fault = token === 'wrong tenant' ? undefined : token
    const first = tryPost(outgoing, fault)
    if (deliverTwice === true) await first
    const posts = deliverTwice ? [first, tryPost(outgoing, fault)] : [first]
    return { activity: outgoing, responses: await Promise.all(posts) }
  }
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text // An empty body or an error page.
  }
}
