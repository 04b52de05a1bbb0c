import type { AddressInfo } from 'node:net'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder'
import express from 'express'
import { z } from 'zod'
import type { CardJson } from '../../../src/playground/teams/model.ts'
import {
  startTeamsTenant,
  type TeamsTenant,
  type TeamsTenantOptions,
} from '../../../src/playground/teams/tenant.ts'
import { clockAt } from '../../support/clock.ts'

export const AMINA = {
  id: '29:1amina',
  aadObjectId: '5d1c1a5e-0001-4000-8000-000000000001',
  name: 'Amina Rowe',
}
export const TOMAS = {
  id: '29:1tomas',
  aadObjectId: '5d1c1a5e-0002-4000-8000-000000000002',
  name: 'Tomas Hale',
}
export const BOARD = { id: '19:board@thread.tacv2', name: 'Programme board' }
export const TEAM = {
  id: '19:general@thread.tacv2',
  name: 'Transformation',
  channels: [{ id: '19:general@thread.tacv2', name: 'General' }, BOARD],
}
export const TENANT = { id: '5d1c1a5e-aaaa-4000-8000-00000000aaaa', name: 'Wychdale Council' }
export const APP_ID = '5d1c1a5e-bbbb-4000-8000-00000000bbbb'

export function startTenant(options: Partial<TeamsTenantOptions> = {}): Promise<TeamsTenant> {
  return startTeamsTenant({
    clock: clockAt(new Date('2017-02-27T09:00:00Z')),
    appId: APP_ID,
    appPassword: 'a secret of the test',
    tenant: TENANT,
    people: [AMINA, TOMAS],
    team: TEAM,
    ...options,
  })
}

export type Turn = (context: TurnContext) => Promise<void>

export interface RealBot {
  adapter: CloudAdapter
  close(): Promise<void>
}

export const tokenResponse = z.object({ access_token: z.string() })

/** The part of the SDK's outgoing request that a signature needs; its type is in a package of its own. */
interface Signable {
  headers: { set(name: string, value: string): void }
}

/** Fetches a new token from the tenant for each call, in place of MSAL, which refuses http. */
function credentialsOf({ credentials }: TeamsTenant) {
  const { tokenUrl, appId, appPassword, scope } = credentials
  return {
    isValidAppId: async (id = '') => id === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      signRequest: async <Request extends Signable>(request: Request): Promise<Request> => {
        const response = await fetch(tokenUrl, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_id: appId,
            client_secret: appPassword,
            scope,
          }),
        })
        const { access_token } = tokenResponse.parse(await response.json())
        request.headers.set('authorization', `Bearer ${access_token}`)
        return request
      },
    }),
  }
}

/** An unmodified CloudAdapter with its token checks on, on a free port; the tenant is told where. */
export async function startBot(
  tenant: TeamsTenant,
  turn: Turn,
  { retries = false } = {},
): Promise<RealBot> {
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication(tenant.authSettings, credentialsOf(tenant)),
  )
  if (!retries) adapter.use(withoutRetries)
  adapter.onTurnError = async (_context, error) => {
    throw error
  }
  const app = express()
  app.use(express.json())
  app.post('/api/messages', (request, response) => adapter.process(request, response, turn))
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  tenant.setBotUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`)
  return {
    adapter,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

interface Connector {
  client: { pipeline: { removePolicy(which: { name: string }): void } }
}

/** The connector client re-POSTs by itself; `noRetryPolicy` is ignored, so the policy is taken out. */
async function withoutRetries(context: TurnContext, next: () => Promise<void>): Promise<void> {
  const adapter = context.adapter as CloudAdapter
  const connector = context.turnState.get<Connector>(adapter.ConnectorClientKey)
  connector?.client.pipeline.removePolicy({ name: 'defaultRetryPolicy' })
  await next()
}

export function cardMessage(card: CardJson) {
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  }
}

export function textCard(text: string): CardJson {
  return { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] }
}

/** A form with one required field and a button; a second button does without the form. */
export const FORM: CardJson = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    {
      type: 'Input.Text',
      id: 'reason',
      label: 'Reason',
      isRequired: true,
      errorMessage: 'Say why.',
    },
    { type: 'Input.Toggle', id: 'tell', title: 'Tell the board', value: 'true' },
  ],
  actions: [
    { type: 'Action.Execute', title: 'Save', verb: 'save', data: { ref: '2.1' } },
    { type: 'Action.Execute', title: 'Cancel', verb: 'cancel', associatedInputs: 'none' },
    { type: 'Action.Submit', title: 'Ask', data: { ask: true } },
  ],
}
