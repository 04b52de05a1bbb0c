import type { AddressInfo } from 'node:net'
import express from 'express'
import { type Clock, systemClock } from '../../base/clock.ts'
import { FailurePlan } from '../failure-plan.ts'
import { createBotDelivery } from './bot-delivery.ts'
import { connectorRoutes } from './connector.ts'
import { Drive, driveRoutes, type KeptFiles } from './drive.ts'
import { createFileActions } from './file-actions.ts'
import { errorHandler, operationRoutes, type TeamsFailurePlan } from './operations.ts'
import { RateLimiter } from './rate-limiter.ts'
import { snapshotFor } from './snapshot.ts'
import { type Layout, type StoredMessage, TenantState } from './state.ts'
import { createTokenIssuer, type TokenIssuer } from './token-issuer.ts'
import { UserActions } from './user-actions.ts'

export interface TeamsTenantOptions extends Omit<Layout, 'botName'> {
  /** The tenant's time, which every message has. */
  clock: Clock
  /** The real time, for tokens, ids and rate limits: the bot's SDK uses it too. Default: the system's. */
  wallClock?: Clock
  appPassword: string
  botName?: string
  /** Default: a free port. */
  port?: number
  /** False: calls above the documented rate limits are not answered with 429. */
  rateLimits?: boolean
}

export type TeamsTenant = Awaited<ReturnType<typeof startTeamsTenant>>

/** What was said, and the files of people. */
export interface KeptTenant {
  readonly messages: readonly StoredMessage[]
  readonly files: KeptFiles
}

/**
 * Starts a small Teams tenant on 127.0.0.1: the Bot Connector REST API, the token issuer, and the clients
 * of its people. The app is installed for everyone and in the team. The tenant needs `setBotUrl`.
 */
export async function startTeamsTenant(options: TeamsTenantOptions) {
  const { clock, wallClock = systemClock, appId, appPassword, tenant } = options
  const { people, team, botName = 'Milepost' } = options
  const app = express()
  const server = await listen(app, options.port ?? 0)
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // Teams' own look like https://smba.trafficmanager.net/<region>/, with a trailing slash.
  const serviceUrl = `${origin}/uk/`

  const state = new TenantState({ appId, botName, tenant, people, team }, clock, wallClock)
  const failures: TeamsFailurePlan = new FailurePlan()
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
    if (botUrl === null) throw new Error('The tenant does not know its bot: call setBotUrl first.')
    return botUrl
  })
  const clients = new UserActions(state, serviceUrl, deliver)
  const drive = new Drive(origin)
  const fileActions = createFileActions({ state, drive, serviceUrl, deliver })

  app.use('/onedrive', driveRoutes(drive, failures))
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
    /** Where the bot listens: `http://127.0.0.1:3000/api/messages`. */
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
    ...fileActions,
    /** The bytes of a file in somebody's OneDrive. */
    file: drive.bytesOf.bind(drive),
    failNext: failures.failNext.bind(failures),
    calls: failures.calls.bind(failures),
    /** Makes a person a guest, as if they were of another organisation. */
    makeGuest(userId: string): void {
      state.guests.add(state.person(userId).id)
    },
    snapshot: (userId: string) => snapshotFor(state, state.person(userId)),
    /** Calls the listener after every change that a person can see. Returns a function that removes it. */
    onChange: state.onChange.bind(state),
    keep: () => ({ messages: state.keep(), files: drive.keep() }),
    restore(kept: KeptTenant): void {
      state.restore(kept.messages)
      drive.restore(kept.files)
    },
    /** Stops listening, and cuts the connections of calls that are never answered. */
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

/** The routes that need no token: the keys by which the bot verifies ours, and a token for the bot. */
function loginRoutes(
  issuer: TokenIssuer,
  failures: TeamsFailurePlan,
  tenantId: string,
): express.Router {
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
    route('token', ({ body }) => issuer.issueToken(body)),
  )
  return router
}
