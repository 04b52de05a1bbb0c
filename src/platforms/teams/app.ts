import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { ActivityTypes } from 'botbuilder'
import type { Clock } from '../../base/clock.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { createTaskTracker } from '../../chat/background-tasks.ts'
import { expandCard as expandTemplate } from '../../chat/cards.ts'
import { editNotReadText } from '../../chat/edited-message.ts'
import type { KeptFiles } from '../../chat/kept-files.ts'
import type { PlatformAdapter, PlatformOptions } from '../../chat/platform-definition.ts'
import type { ChatRequestHandler } from '../../chat/port.ts'
import { replyDeadlineMs, retryRateLimited, type Sleep } from '../../chat/rate-limit-retry.ts'
import {
  type BodyReader,
  createBodyReader,
  HttpError,
  refuseRequest,
} from '../../chat/request-body.ts'
import { noInstallations, type WorkspaceInstallations } from '../../chat/workspace-installations.ts'
import { createActivityHandler } from './activity-handler.ts'
import { TeamsAdapter } from './adapter.ts'
import { authenticateRequest } from './authentication.ts'
import type { TeamsConfig } from './config.ts'
import { createConnectorClient } from './connector-client.ts'
import type { OpenChat } from './direct-answer.ts'
import { readJsonBody, requireLoopback, respond } from './endpoint.ts'
import { createConsentHandler } from './file-consent.ts'
import {
  type EditedMessage,
  editedMessageIn,
  fileConsentIn,
  parseActivity,
  rejectionReason,
  removedByIn,
  teamsActivity,
} from './inbound.ts'
import { createConsoleMute } from './mute-console.ts'
import { createOutbound } from './outbound.ts'
import { createOutsiderAnswer } from './outsiders.ts'
import type { ExpandCard } from './reply.ts'
import { createFileFinder } from './sent-files.ts'
import { createServedTenants } from './served-tenants.ts'
import { isOutsider } from './tenants.ts'

export interface TeamsOptions {
  readonly config: TeamsConfig
  readonly handle: ChatRequestHandler
  readonly log: Log
  readonly clock: Clock
  readonly expand?: ExpandCard
  /** Left out: none is known. */
  readonly openChat?: OpenChat
  /** Left out: nobody keeps it. */
  readonly noteAccount?: PlatformOptions['noteAccount']
  /** Left out: none is kept. */
  readonly files?: KeptFiles
  /** Which tenants an operator allowed. Left out: none but that of the configuration. */
  readonly installations?: Pick<WorkspaceInstallations, 'stateOf'>
  /** Left out: one for this platform alone. */
  readonly bodies?: BodyReader
  /**
   * In milliseconds: how long a request waits for a reply before a notice says that it takes longer, and how long we
   * wait for a call to Teams.
   */
  readonly timeouts?: { readonly answer: number; readonly call: number }
  /** Waits before a reply is sent again after a 429. */
  readonly wait?: Sleep
}

/**
 * Teams gives up on a button press after 5 s, by the strictest page of its documentation (10 to 15 s were seen), and
 * sends a message again after about 15 s. The reply or a notice is there before that.
 */
const DEFAULT_TIMEOUTS = { answer: replyDeadlineMs, call: 15_000 }

/** The path of the messaging endpoint that is set in the Azure Bot. */
const messagesPath = '/api/messages'

/** Connects Milepost to the Teams tenants that it serves. `stop` waits for replies that are held up by a rate limit, at most half a minute. */
export function createTeams(options: TeamsOptions): PlatformAdapter {
  const { config, handle, log, clock, expand = expandTemplate } = options
  const { timeouts = DEFAULT_TIMEOUTS, wait = (ms: number) => pause(ms) } = options
  const { bodies = createBodyReader(), openChat = async () => undefined } = options
  const { noteAccount = async () => {} } = options
  const { files = { load: async () => undefined }, installations = noInstallations } = options
  const servedTenants = createServedTenants(config, installations)
  const adapter = new TeamsAdapter(config)
  const connect = (serviceUrl: string) => adapter.connector(serviceUrl)
  const connector = createConnectorClient({ config, clock, connect, timeoutMs: timeouts.call })
  const outbound = createOutbound({ config, expand, connector, log })
  const tasks = createTaskTracker(log)
  const muteConsole = createConsoleMute()
  const handleActivity = createActivityHandler({
    ...{ handle, outbound, openChat, expand, log, tasks, wait },
    replyTimeoutMs: timeouts.answer,
  })
  const answerOutsider = createOutsiderAnswer({ outbound, tasks, wait })
  const findFiles = createFileFinder({ config, log })
  const handleConsent = createConsentHandler({ config, files, outbound, log, tasks, wait })
  let isOpen = false

  const sayEditsAreNotRead = ({ place, conversation }: EditedMessage) =>
    tasks.keep(
      retryRateLimited(() => outbound.postText(place, conversation, editNotReadText), wait),
      'An edited message could not be answered in Teams',
    )

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') throw new HttpError(405, 'it is not a POST')
    if (!isOpen) throw new HttpError(503, 'Milepost is not running')
    if (config.mode === 'local') requireLoopback(request)
    const parsed = teamsActivity.safeParse(await readJsonBody(request, response, bodies))
    if (!parsed.success) throw new HttpError(400, 'it is not an activity')
    const activity = parsed.data
    const authorization = request.headers.authorization ?? ''
    const authentication = await muteConsole(() =>
      authenticateRequest(adapter, activity, authorization),
    )
    // Only now: whose a tenant is costs a look in the database, which is for nobody whom Teams does not vouch for.
    const isServed = await servedTenants.among(activity)
    const rejection = rejectionReason(config, activity, isServed)
    if (rejection) throw new HttpError(403, rejection)
    outbound.rememberServiceUrl(activity.serviceUrl)
    const activityRequest = parseActivity(activity, findFiles)
    const consent = fileConsentIn(activity)
    const edited = editedMessageIn(activity)
    const removedBy = removedByIn(activity)
    if (removedBy) await noteAccount(removedBy, 'closed')
    const answer = isOutsider(config, activity, isServed) ? answerOutsider : handleActivity
    const result = await adapter.runTurn(authentication, activity, async (context) => {
      if (activityRequest) await answer(activityRequest, context)
      if (edited) await sayEditsAreNotRead(edited)
      if (consent) {
        await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200 } })
        handleConsent(consent)
      }
    })
    respond(response, result?.status ?? 200, result?.body)
  }

  const refuse = (response: ServerResponse, error: unknown): void => {
    if (error instanceof HttpError) {
      const fields = { status: error.status, error: error.message }
      log.warn(fields, 'A request to the Teams endpoint was refused')
      refuseRequest(response, error)
      return
    }
    log.error({ status: 500, error: messageOf(error) }, 'A request from Teams failed')
    respond(response, 500)
  }

  /** Works with plain node:http and behind express, which may have parsed the body. */
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const receiving = receive(request, response).catch((error: unknown) => refuse(response, error))
    tasks.keep(receiving, 'A request from Teams could not be answered')
  }

  return {
    name: 'teams',
    send: async (place, message) => {
      await servedTenants.requireAllowed(place.tenant)
      return outbound.send(place, message)
    },
    update: async (address, message) => {
      await servedTenants.requireAllowed(address.place.tenant)
      return outbound.update(address, message)
    },
    find: outbound.find,
    profile: outbound.profile,
    channel: outbound.channel,
    members: outbound.members,
    routes: [{ method: 'post', path: messagesPath, listener }],
    start: async () => {
      isOpen = true
      log.info({ mode: config.mode }, 'The Teams endpoint is open')
    },
    stop: async () => {
      isOpen = false
      await tasks.done()
    },
  }
}
