import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../base/clock.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { createTaskTracker } from '../../chat/background-tasks.ts'
import { expandCard as expandTemplate } from '../../chat/cards.ts'
import type { PlatformAdapter } from '../../chat/platform-definition.ts'
import type { ChatRequestHandler } from '../../chat/port.ts'
import { replyDeadlineMs, type Sleep } from '../../chat/rate-limit-retry.ts'
import { createActivityHandler } from './activity-handler.ts'
import { TeamsAdapter } from './adapter.ts'
import { authenticateRequest } from './authentication.ts'
import type { TeamsConfig } from './config.ts'
import { createConnectorClient } from './connector-client.ts'
import { HttpError, readJsonBody, requireLoopback, respond } from './endpoint.ts'
import { parseActivity, rejectionReason, teamsActivity } from './inbound.ts'
import { createOutbound } from './outbound.ts'
import type { ExpandCard } from './reply.ts'

export interface TeamsOptions {
  readonly config: TeamsConfig
  readonly handle: ChatRequestHandler
  readonly log: Log
  readonly clock: Clock
  readonly expand?: ExpandCard
  /**
   * How long a request waits for its answer before it is answered that it takes longer, and a call of ours for its
   * own; in milliseconds.
   */
  readonly timeouts?: { readonly answer: number; readonly call: number }
  /** How an answer waits that Teams asks to come later. */
  readonly wait?: Sleep
}

/**
 * The Teams client gives up on a press after 5 s by the strictest page of its documentation (10 to 15 s as seen), and
 * Teams sends a message again after about 15 s: people are told something before.
 */
const DEFAULT_TIMEOUTS = { answer: replyDeadlineMs, call: 15_000 }

/** The messaging endpoint that the Azure Bot is given. */
const messagesPath = '/api/messages'

/** Milepost in one Teams tenant. `stop` waits for half a minute at most, where Teams asks an answer to wait. */
export function createTeams(parts: TeamsOptions): PlatformAdapter {
  const { config, handle, log, clock, expand = expandTemplate } = parts
  const { timeouts = DEFAULT_TIMEOUTS, wait = (ms: number) => pause(ms) } = parts
  const adapter = new TeamsAdapter(config)
  const connect = (serviceUrl: string) => adapter.connector(serviceUrl)
  const calls = createConnectorClient({ config, clock, connect, timeoutMs: timeouts.call })
  const outbound = createOutbound({ config, expand, connector: calls, log })
  const inHand = createTaskTracker(log)
  const answer = createActivityHandler({
    ...{ handle, outbound, expand, log, tasks: inHand, wait },
    replyTimeoutMs: timeouts.answer,
  })
  let open = false

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') throw new HttpError(405, 'it is not a POST')
    if (!open) throw new HttpError(503, 'Milepost is not running')
    if (config.mode === 'local') requireLoopback(request)
    const read = teamsActivity.safeParse(await readJsonBody(request))
    if (!read.success) throw new HttpError(400, 'it is not an activity')
    const activity = read.data
    const foreign = rejectionReason(config, activity)
    if (foreign) throw new HttpError(403, foreign)
    const checked = await authenticateRequest(
      adapter,
      activity,
      request.headers.authorization ?? '',
    )
    outbound.rememberServiceUrl(activity.serviceUrl)
    const asked = parseActivity(activity)
    const result = await adapter.runTurn(checked, activity, async (context) => {
      if (asked) await answer(asked, context)
    })
    respond(response, result?.status ?? 200, result?.body)
  }

  const refuse = (response: ServerResponse, error: unknown): void => {
    const status = error instanceof HttpError ? error.status : 500
    const about = { status, error: messageOf(error) }
    if (status === 500) log.error(about, 'a request from Teams failed')
    else log.warn(about, 'a request to the Teams address was refused')
    respond(response, status)
  }

  /** Works on plain node:http and behind express, which may have parsed the body. */
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const work = receive(request, response).catch((error: unknown) => refuse(response, error))
    inHand.keep(work, 'a request from Teams could not be answered')
  }

  return {
    name: 'teams',
    send: outbound.send,
    update: outbound.update,
    find: outbound.find,
    profile: outbound.profile,
    channel: outbound.channel,
    routes: [{ method: 'post', path: messagesPath, listener }],
    start: async () => {
      open = true
      log.info({ mode: config.mode }, 'Teams is being listened to')
    },
    stop: async () => {
      open = false
      await inHand.done()
    },
  }
}
