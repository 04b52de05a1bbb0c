import { type Request, Router } from 'express'
import { type ConnectorResponse, operationRoutes, type TeamsFailurePlan } from './operations.ts'
import type { Operation } from './planned-failure.ts'
import { Posting } from './posting.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { Roster } from './roster.ts'
import type { TenantState } from './state.ts'
import type { TokenIssuer } from './token-issuer.ts'

export interface ConnectorOptions {
  state: TenantState
  issuer: TokenIssuer
  failures: TeamsFailurePlan
  /** Null: no rate limits. */
  rates: RateLimiter | null
}

/**
 * The Bot Connector REST API, as far as Teams serves it to a bot that posts, updates and looks people up.
 * Every call must carry a token that the issuer signed.
 */
export function connectorRoutes({ state, issuer, failures, rates }: ConnectorOptions): Router {
  const posting = new Posting(state, rates)
  const roster = new Roster(state, rates)
  const route = operationRoutes(failures)
  const checked = (
    operation: Operation,
    handle: (ids: Ids, request: Request) => ConnectorResponse,
  ) =>
    route(operation, async (request) => {
      await issuer.verifyBotToken(request.get('authorization'))
      return handle(idsIn(request), request)
    })

  const router = Router()
  router.post(
    '/v3/conversations',
    checked('createConversation', (_, { body }) => posting.create(body)),
  )
  router
    .route('/v3/conversations/:conversation/activities')
    .post(checked('sendToConversation', (ids, { body }) => posting.send(ids.conversation, body)))
  // A reply goes where its conversation id says; Teams takes any id to reply to, an invoke's too.
  router
    .route('/v3/conversations/:conversation/activities/:id')
    .post(checked('replyToActivity', (ids, { body }) => posting.send(ids.conversation, body)))
    .put(
      checked('updateActivity', (ids, { body }) => posting.update(ids.conversation, ids.id, body)),
    )
    .delete(checked('deleteActivity', (ids) => posting.remove(ids.conversation, ids.id)))
  router.get(
    '/v3/conversations/:conversation/members',
    checked('getMembers', (ids) => roster.members(ids.conversation)),
  )
  router.get(
    '/v3/conversations/:conversation/pagedmembers',
    checked('getPagedMembers', (ids, { query }) => roster.pagedMembers(ids.conversation, query)),
  )
  router.get(
    '/v3/conversations/:conversation/members/:id',
    checked('getMember', (ids) => roster.member(ids.conversation, ids.id)),
  )
  router.get(
    '/v3/teams/:id',
    checked('getTeam', (ids) => roster.team(ids.id)),
  )
  router.get(
    '/v3/teams/:id/conversations',
    checked('getChannels', (ids) => roster.channels(ids.id)),
  )
  return router
}

/** The ids in a path; each route uses those that it names. */
interface Ids {
  conversation: string
  id: string
}

function idsIn({ params }: Request): Ids {
  const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '')
  return { conversation: text(params.conversation), id: text(params.id) }
}
