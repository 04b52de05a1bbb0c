import { setTimeout as pause } from 'node:timers/promises'
import { App, HTTPReceiver, SocketModeReceiver, webApi } from '@slack/bolt'
import { type Clock, systemClock } from '../../base/clock.ts'
import { messageOf, Refusal } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { type AdaptiveCard, type Card, expandCard as expandTemplate } from '../../chat/cards.ts'
import type { PlatformAdapter } from '../../chat/platform-definition.ts'
import type { ChatRequestHandler } from '../../chat/port.ts'
import { replyDeadlineMs, type Sleep } from '../../chat/rate-limit-retry.ts'
import { createBoltLogger } from './bolt-logger.ts'
import type { SlackConfig } from './config.ts'
import { toPlatformError } from './errors.ts'
import { fetchWithRetryAfter } from './fetch-with-retry-after.ts'
import { registerListeners } from './listeners.ts'
import { createOutbound } from './outbound.ts'
import { guardRequests } from './request-guard.ts'
import { createResponder } from './responder.ts'

export interface SlackOptions {
  readonly config: SlackConfig
  readonly handle: ChatRequestHandler
  readonly log: Log
  /** Draws a card by name. */
  readonly expand?: (card: Card) => AdaptiveCard
  /** Real time: signatures are compared with it. */
  readonly clock?: Clock
  /** How long an answer may take, in milliseconds, before it is said that it takes longer; Slack itself waits 3,000. */
  readonly replyTimeoutMs?: number
  /** How an answer waits that Slack asks to come later. */
  readonly wait?: Sleep
}

/** Slack keeps a caller waiting for seconds when it is in trouble; a delivery then counts as unanswered. */
const callTimeoutMs = 10_000

/** Bolt's receiver answers at this path and no other. */
const eventsPath = '/slack/events'

/**
 * Milepost in one Slack workspace: an unmodified Bolt app behind our port. `start` learns who the bot is and, by Socket
 * Mode, connects. `stop` waits for half a minute at most, where Slack asks an answer to wait.
 */
export function createSlack(parts: SlackOptions): PlatformAdapter {
  const { config, handle, log, expand = expandTemplate } = parts
  const {
    clock = systemClock,
    replyTimeoutMs = replyDeadlineMs,
    wait = (ms: number) => pause(ms),
  } = parts
  const logger = createBoltLogger(log)
  const api = config.apiUrl === undefined ? {} : { slackApiUrl: config.apiUrl }
  const receiver =
    config.mode === 'http'
      ? new HTTPReceiver({ signingSecret: config.signingSecret, logger })
      : // Bolt's own retries stay on here: they only ask for a new connection, nothing is posted.
        new SocketModeReceiver({
          appToken: config.appToken,
          logger,
          installerOptions: { clientOptions: { ...api, timeout: callTimeoutMs } },
        })
  // web-api would post again after a dropped connection, and hold everything back after a 429.
  const clientOptions = {
    ...api,
    logger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: callTimeoutMs,
    fetch: fetchWithRetryAfter,
  }
  const app = new App({
    receiver,
    logger,
    // Given a token, Bolt asks auth.test before every command, and acknowledges with nothing where that fails.
    // start() asks once, so that a wrong token is one clear error.
    authorize: async () => ({ botToken: config.botToken }),
    convoStore: false,
    ignoreSelf: false,
    clientOptions,
  })
  const client = new webApi.WebClient(config.botToken, clientOptions)
  const desk = createResponder({ client, handle, expand, log, replyTimeoutMs, wait })
  const work = registerListeners(app, desk)

  return {
    name: 'slack',
    ...createOutbound({ client, expand, log }),
    routes:
      receiver instanceof HTTPReceiver
        ? [
            {
              method: 'post',
              path: eventsPath,
              listener: guardRequests(receiver, clock, () => work.isOpen()),
            },
          ]
        : [],
    start: async () => {
      work.open(await fetchBotIdentity(client))
      if (receiver instanceof SocketModeReceiver) await receiver.start()
    },
    stop: async () => {
      // Acknowledgements go through the socket, so it stays open for what is in hand.
      await work.whenIdle()
      if (receiver instanceof SocketModeReceiver) await receiver.stop()
      await work.whenIdle()
    },
  }
}

async function fetchBotIdentity(client: App['client']): Promise<{ team: string; user: string }> {
  try {
    const { team_id, user_id } = await client.auth.test()
    if (team_id && user_id) return { team: team_id, user: user_id }
  } catch (error) {
    throw new Refusal(`Milepost cannot start on Slack. ${messageOf(toPlatformError(error))}`)
  }
  throw new Refusal('Milepost cannot start on Slack: the token does not belong to a bot.')
}
