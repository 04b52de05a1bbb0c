import type { IncomingMessage, ServerResponse } from 'node:http'
import { ActivityTypes, type TurnContext } from 'botbuilder'
import type { Clock } from '../../base/clock.ts'
import { messageOf } from '../../base/errors.ts'
import { expand as expandTemplate } from '../../chat/cards.ts'
import type { ChatPlatform, Handle } from '../../chat/port.ts'
import type { Reply } from '../../chat/reply.ts'
import { type Authenticated, TeamsAdapter } from './adapter.ts'
import {
  type Answer,
  answerByMessage,
  answerToPress,
  type Expand,
  pressBody,
  SORRY,
  WORKING,
} from './answer.ts'
import type { TeamsConfig } from './config.ts'
import {
  foreignness,
  type Received,
  received,
  type TeamsActivity,
  teamsActivity,
} from './inbound.ts'
import { Refused, readJson, requireThisMachine } from './listener.ts'
import { createOutbound } from './outbound.ts'
import { quietly } from './quiet.ts'

/** What we need of a pino logger. */
export interface Log {
  info(about: object, words: string): void
  warn(about: object, words: string): void
  error(about: object, words: string): void
}

export interface TeamsParts {
  readonly config: TeamsConfig
  readonly handle: Handle
  readonly log: Log
  readonly clock: Clock
  readonly expand?: Expand
  /** How long a request waits for its answer before it is answered without, in milliseconds. */
  readonly patience?: { readonly press: number; readonly message: number }
}

export interface Teams extends ChatPlatform {
  readonly name: 'teams'
  /** To be mounted at POST /api/messages, on plain node:http or express. */
  listener(request: IncomingMessage, response: ServerResponse): void
  start(): Promise<void>
  /** Waits for what is in hand. */
  stop(): Promise<void>
}

/**
 * The Teams client gives up on a press after 5 s by the strictest page of its documentation (10 to 15 s as seen), and
 * Teams sends a message again after about 15 s.
 */
const PATIENCE = { press: 4_000, message: 10_000 }

const LATE = Symbol('late')

export function createTeams(parts: TeamsParts): Teams {
  const { config, handle, log, clock, expand = expandTemplate, patience = PATIENCE } = parts
  const adapter = new TeamsAdapter(config)
  const connect = (serviceUrl: string) => adapter.connector(serviceUrl)
  const outbound = createOutbound({ config, clock, expand, connect })
  const inHand = new Set<Promise<void>>()
  let open = false

  /** Work that stop() waits for. Never rejects: what goes wrong is logged. */
  const keep = (what: string, work: Promise<unknown>): Promise<void> => {
    const kept = work
      .then(() => undefined)
      .catch((error: unknown) => log.error({ error: messageOf(error) }, what))
      .finally(() => inHand.delete(kept))
    inHand.add(kept)
    return kept
  }

  const carryOut = async (
    { invocation, conversation }: Received,
    answer: Answer,
  ): Promise<void> => {
    const { place, message, actor } = invocation
    if (answer.edit && message) await outbound.edit(message, answer.edit)
    if (answer.post) await outbound.post(place, conversation, answer.post)
    if (answer.tell) {
      await outbound.say({ ...place, kind: 'direct', conversation: actor.user }, answer.tell)
    }
  }

  /** Answers by a message, whenever the reply is there. */
  const answerLater = async (asked: Received, replying: Promise<Reply>): Promise<void> => {
    try {
      await carryOut(asked, answerByMessage(asked, await replying, expand))
    } catch (error) {
      log.error({ key: asked.invocation.key, error: messageOf(error) }, 'an answer failed in Teams')
      await outbound.sayText(asked.invocation.place, asked.conversation, SORRY)
    }
  }

  const onMessage = async (asked: Received): Promise<void> => {
    const answering = keep(
      'no apology could be made in Teams',
      answerLater(asked, handle(asked.invocation)),
    )
    await within(patience.message, answering)
  }

  const onPress = async (asked: Received, context: TurnContext): Promise<void> => {
    const replying = handle(asked.invocation)
    const respond = (body: Record<string, unknown>) =>
      context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } })
    try {
      const reply = await within(patience.press, replying)
      if (reply === LATE) {
        keep('no apology could be made in Teams', answerLater(asked, replying))
        await respond(pressBody({ note: WORKING }))
        return
      }
      const answer = answerToPress(asked, reply, expand)
      await respond(pressBody(answer))
      keep('the answer to a press could not be kept in Teams', carryOut(asked, answer))
    } catch (error) {
      log.error({ key: asked.invocation.key, error: messageOf(error) }, 'a press failed in Teams')
      await respond(pressBody({ note: SORRY }))
    }
  }

  const onTurn = async (activity: TeamsActivity, context: TurnContext): Promise<void> => {
    const asked = received(activity)
    if (asked) await (asked.as === 'press' ? onPress(asked, context) : onMessage(asked))
  }

  const authenticated = async (
    activity: TeamsActivity,
    authorization: string,
  ): Promise<Authenticated> => {
    try {
      return await quietly(() => adapter.authenticate(activity, authorization))
    } catch (error) {
      throw refusalOf(error)
    }
  }

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') throw new Refused(405, 'it is not a POST')
    if (!open) throw new Refused(503, 'Milepost is not running')
    if (config.mode === 'local') requireThisMachine(request)
    const read = teamsActivity.safeParse(await readJson(request))
    if (!read.success) throw new Refused(400, 'it is not an activity')
    const foreign = foreignness(config, read.data)
    if (foreign) throw new Refused(403, foreign)
    const checked = await authenticated(read.data, request.headers.authorization ?? '')
    outbound.heardFrom(read.data.serviceUrl)
    const result = await adapter.turn(checked, read.data, (context) => onTurn(read.data, context))
    respondTo(response, result?.status ?? 200, result?.body)
  }

  const answerRefusal = (response: ServerResponse, error: unknown): void => {
    const status = error instanceof Refused ? error.status : 500
    const about = { status, error: messageOf(error) }
    if (status === 500) log.error(about, 'a request from Teams failed')
    else log.warn(about, 'a request to the Teams address was refused')
    respondTo(response, status)
  }

  return {
    name: 'teams',
    send: outbound.send,
    update: outbound.update,
    find: outbound.find,
    profile: outbound.profile,
    listener: (request, response) => {
      const work = receive(request, response).catch((error: unknown) =>
        answerRefusal(response, error),
      )
      keep('a request from Teams could not be answered', work)
    },
    start: async () => {
      open = true
      log.info({ mode: config.mode }, 'Teams is being listened to')
    },
    stop: async () => {
      open = false
      while (inHand.size > 0) await Promise.all(inHand)
    },
  }
}

/** A token that is not good is the sender's fault; keys that cannot be fetched are not. */
function refusalOf(error: unknown): Refused {
  const name = error instanceof Error ? error.name : ''
  const isToken = /Token|NotBefore/.test(name) || hasStatus(error, 401)
  return isToken
    ? new Refused(401, messageOf(error))
    : new Refused(503, `its token could not be checked: ${messageOf(error)}`)
}

function hasStatus(error: unknown, status: number): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'statusCode' in error &&
    error.statusCode === status
  )
}

function respondTo(response: ServerResponse, status: number, body?: unknown): void {
  if (response.headersSent) return
  response.statusCode = status
  if (body === undefined) {
    response.end()
    return
  }
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(body))
}

/** What `work` gives if it does so in time. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result | typeof LATE> {
  const { promise, resolve } = Promise.withResolvers<typeof LATE>()
  const timer = setTimeout(resolve, ms, LATE)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}
