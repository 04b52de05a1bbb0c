import { setTimeout as pause } from 'node:timers/promises'
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt'
import { EnvHttpProxyAgent } from 'undici'
import { type Clock, systemClock } from '../../base/clock.ts'
import { Refusal } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { OutboundProxy } from '../../base/outbound-proxy.ts'
import { type AdaptiveCard, type Card, expandCard as expandTemplate } from '../../chat/cards.ts'
import type { PlatformAdapter, PlatformOptions } from '../../chat/platform-definition.ts'
import type { ChatRequestHandler } from '../../chat/port.ts'
import { replyDeadlineMs, type Sleep } from '../../chat/rate-limit-retry.ts'
import { type BodyReader, createBodyReader } from '../../chat/request-body.ts'
import { noInstallations, type WorkspaceInstallations } from '../../chat/workspace-installations.ts'
import { createBoltLogger } from './bolt-logger.ts'
import type { SlackConfig } from './config.ts'
import { type Connection, createConnections } from './connections.ts'
import { isTokenRefused, toPlatformError } from './errors.ts'
import { fetchWithRetryAfter } from './fetch-with-retry-after.ts'
import { createFormRedraws } from './form-redraws.ts'
import { registerListeners } from './listeners.ts'
import { createInstallRoutes, type InstallRouteOptions } from './oauth-routes.ts'
import { createOutbound } from './outbound.ts'
import { createFileReceiver } from './receive-file.ts'
import { createTokenRenewal } from './renew-token.ts'
import { guardRequests } from './request-guard.ts'
import { createResponder } from './responder.ts'

export interface SlackOptions {
  readonly config: SlackConfig
  readonly handle: ChatRequestHandler
  readonly log: Log
  /** Expands a card's template. */
  readonly expand?: (card: Card) => AdaptiveCard
  /** Real time: signatures are compared with it. */
  readonly clock?: Clock
  /** How long to wait for a reply, in milliseconds, before a notice says that it takes longer. Slack itself waits 3,000. */
  readonly replyTimeoutMs?: number
  /** Waits before a reply is sent again after a 429. */
  readonly wait?: Sleep
  /** Left out: one for this platform alone. */
  readonly bodies?: BodyReader
  readonly proxy?: OutboundProxy | undefined
  /** Left out: nobody keeps it. */
  readonly noteAccount?: PlatformOptions['noteAccount']
  readonly noteChannelMoved?: PlatformOptions['noteChannelMoved']
  /** Left out: no workspace but that of the configured token. */
  readonly installations?: WorkspaceInstallations
  /** How the pages of an install are served. Left out: none is. */
  readonly pages?: Pick<InstallRouteOptions, 'publicUrl' | 'renderPage'>
}

/** Of one call to Slack, in milliseconds. A post that takes longer may or may not have been made. */
const callTimeoutMs = 10_000

/** The only path that Bolt's receiver serves. */
const eventsPath = '/slack/events'

/**
 * Connects Milepost to the Slack workspaces that have it: an unmodified Bolt app behind our port. `start` asks Slack who the bot is
 * and, in Socket Mode, connects. `stop` waits for replies that are held up by a rate limit, at most half a minute.
 */
export function createSlack(options: SlackOptions): PlatformAdapter {
  const { config, handle, log, expand = expandTemplate, proxy } = options
  const {
    clock = systemClock,
    replyTimeoutMs = replyDeadlineMs,
    wait = (ms: number) => pause(ms),
    bodies = createBodyReader(),
    noteAccount = async () => {},
    noteChannelMoved = async () => {},
    installations = noInstallations,
    pages,
  } = options
  const logger = createBoltLogger(log)
  const api = config.apiUrl === undefined ? {} : { slackApiUrl: config.apiUrl }
  const receiver =
    config.mode === 'http'
      ? // guardRequests checks each signature before the receiver sees a request: once is enough.
        new HTTPReceiver({
          signingSecret: config.signingSecret,
          logger,
          signatureVerification: false,
        })
      : // Bolt's own retries stay on here: they only open a new connection and post nothing.
        new SocketModeReceiver({
          appToken: config.appToken,
          logger,
          ...(proxy && {
            dispatcher: new EnvHttpProxyAgent({ httpsProxy: proxy.url, noProxy: proxy.except }),
          }),
          installerOptions: { clientOptions: { ...api, timeout: callTimeoutMs } },
        })
  // By default web-api posts again after a dropped connection, and queues every call after a 429.
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
    // Given a token, Bolt calls auth.test before every command and, if that fails, acknowledges without an answer.
    // start() calls it once, so that a wrong token is one clear error. The listeners find the token of each request.
    authorize: async () => ({}),
    convoStore: false,
    ignoreSelf: false,
    clientOptions,
  })
  const connections = createConnections({
    ...{ botToken: config.botToken, clientOptions, installations },
  })
  const formRedraws = createFormRedraws()
  const responderOf = ({ client, token }: Connection) =>
    createResponder({
      ...{ client, handle, expand, log, formRedraws, replyTimeoutMs, wait },
      receiveFile: createFileReceiver({ client, botToken: token, apiUrl: config.apiUrl, log }),
    })
  const listeners = registerListeners(app, {
    ...{ connections, installations, responderOf, log, noteAccount, noteChannelMoved },
  })
  const installRoutes =
    config.oauth && pages
      ? createInstallRoutes({
          ...{ oauth: config.oauth, installations, clientOptions, log, ...pages },
          isHome: connections.isHome,
          // A workspace on this machine has its own page for it.
          ...(config.apiUrl && {
            authorizeUrl: new URL('/oauth/v2/authorize', config.apiUrl).href,
          }),
        })
      : []

  return {
    name: 'slack',
    renewToken: config.oauth && createTokenRenewal(config.oauth, clientOptions, clock),
    ...createOutbound({
      clientOf: async (team) => (await connections.to(team)).client,
      ...{ expand, log, clock },
    }),
    routes: [
      ...installRoutes,
      ...(config.mode === 'http' && receiver instanceof HTTPReceiver
        ? [
            {
              method: 'post' as const,
              path: eventsPath,
              listener: guardRequests({
                ...{ receiver, signingSecret: config.signingSecret, clock, bodies, log },
                path: eventsPath,
                isOpen: () => listeners.isOpen(),
              }),
            },
          ]
        : []),
    ],
    start: async () => {
      try {
        await connections.open()
        listeners.open()
        if (receiver instanceof SocketModeReceiver) await receiver.start()
      } catch (error) {
        throw startError(error)
      }
    },
    stop: async () => {
      // Acknowledgements go through the socket, so it stays open until every request is answered.
      await listeners.whenIdle()
      if (receiver instanceof SocketModeReceiver) await receiver.stop()
      await listeners.whenIdle()
    },
  }
}

/** What a failed start throws: a Refusal where Slack refuses a token, which only an operator can mend. */
function startError(error: unknown): Error {
  if (error instanceof Refusal) return error
  const platformError = toPlatformError(error)
  return isTokenRefused(platformError)
    ? new Refusal(`Milepost cannot start on Slack. ${platformError.message}`)
    : platformError
}
