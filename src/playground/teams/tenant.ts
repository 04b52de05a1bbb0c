import type { AddressInfo } from 'node:net'
import express from 'express'
import { type Clock, systemClock } from '../../base/clock.ts'
import { createBotDelivery } from './bot-delivery.ts'
import { connectorRoutes } from './connector.ts'
import { FailurePlan } from './failure-plan.ts'
import { errorHandler, operationRoutes } from './operations.ts'
import { RateLimiter } from './rate-limiter.ts'
import { snapshotFor } from './snapshot.ts'
import { type Layout, TenantState } from './state.ts'
import { createTokenIssuer, type TokenIssuer } from './token-issuer.ts'
import { UserActions } from './user-actions.ts'

export interface TeamsTenantOptions extends Omit<Layout, 'botName'> {
  /** The tenant's own time, which stands on every message. */
  clock: Clock
  /** The real time of day, for tokens, ids and rates: the bot's SDK goes by it too. */
  wallClock?: Clock
  appPassword: string
  botName?: string
  /** Loopback; 0 (the default) is any free one. */
  port?: number
  /** Whether the documented rate limits answer 429. Default: they do. */
  rateLimits?: boolean
}

export type TeamsTenant = Awaited<ReturnType<typeof startTeamsTenant>>

/**
 * Starts a small Teams tenant on 127.0.0.1: the Bot Connector REST API, the token issuer, and the clients
 * of its people. The app is installed for everyone and in the team; `setBotUrl` says where the bot listens.
 */
export async function startTeamsTenant(options: TeamsTenantOptions) {
  const { clock, wallClock = systemClock, appId, appPassword, tenant } = options
  const { people, team, botName = 'Milepost' } = options
  const app = express()
  const server = await listen(app, options.port ?? 0)
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // Teams' own are https://smba.trafficmanager.net/<region>/, with the slash.
  const serviceUrl = `${origin}/uk/`

  const state = new TenantState({ appId, botName, tenant, people, team }, clock, wallClock)
  const failures = new FailurePlan()
  const rates = options.rateLimits === false ? null : new RateLimiter(wallClock)
  const issuer = await createTokenIssuer({
    origin,
    appId,
    appPassword,
    tenantId: tenant.id,
    wallClock,
  })
  let botUrl: string | null = null
  const deliver = createBotDelivery(issuer, () => {
    if (botUrl === null) throw new Error('The tenant was not told where the bot is: setBotUrl.')
    return botUrl
  })
  const clients = new UserActions(state, serviceUrl, deliver)

  app.use(express.json({ limit: '1mb' }))
  app.use(loginRoutes(issuer, failures, tenant.id))
  app.use('/uk', connectorRoutes({ state, issuer, failures, rates }))
  app.use(errorHandler)

  return {
    serviceUrl,
    bot: state.bot,
    authSettings: issuer.authSettings,
    credentials: issuer.credentials,
    tokenUrl: issuer.credentials.tokenUrl,
    /** For example `http://127.0.0.1:3000/api/messages`. */
    setBotUrl(url: string): void {
      botUrl = url
    },
    message: clients.message.bind(clients),
    mention: clients.mention.bind(clients),
    execute: clients.execute.bind(clients),
    submit: clients.submit.bind(clients),
    install: clients.install.bind(clients),
    uninstall: clients.uninstall.bind(clients),
    post: clients.post.bind(clients),
    failNext: failures.failNext.bind(failures),
    calls: failures.calls.bind(failures),
    /** Makes a guest of somebody, as if they had been let in from another organisation. */
    makeGuest(userId: string): void {
      state.guests.add(state.person(userId).id)
    },
    snapshot: (userId: string) => snapshotFor(state, state.person(userId)),
    /** Calls `listener` after every change that someone can see. Returns how to stop it. */
    onChange: state.onChange.bind(state),
    /** Stops listening and ends calls that are left hanging. */
    async close(): Promise<void> {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function listen(app: express.Express, port: number) {
  return new Promise<ReturnType<typeof app.listen>>((resolve, reject) => {
    const server = app.listen(port, '127.0.0.1', (error) =>
      error ? reject(error) : resolve(server),
    )
  })
}

/** What the bot asks for without a token: the keys to check ours with, and a token of its own. */
function loginRoutes(issuer: TokenIssuer, failures: FailurePlan, tenantId: string): express.Router {
  const router = express.Router()
  const route = operationRoutes(failures)
  router.get('/:start/.well-known/openidconfiguration', (_request, response) => {
    response.json(issuer.openIdMetadata)
  })
  router.get('/keys', (_request, response) => {
    response.json(issuer.jwks)
  })
  router.post(
    `/${tenantId}/oauth2/v2.0/token`,
    express.urlencoded({ extended: false }),
    route('token', ({ body }) => issuer.giveToken(body)),
  )
  return router
}
