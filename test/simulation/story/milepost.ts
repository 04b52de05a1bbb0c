import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { messageKinds } from '../../../src/app/message-kinds.ts'
import { platforms as allPlatforms } from '../../../src/app/platforms.ts'
import type { PlatformName } from '../../../src/base/addresses.ts'
import { expandCard } from '../../../src/chat/cards.ts'
import { createChannelLookup } from '../../../src/chat/channel-lookup.ts'
import type { ChatPlatform, ChatRequestHandler } from '../../../src/chat/port.ts'
import { createRouter } from '../../../src/chat/router.ts'
import { noInstallations } from '../../../src/chat/workspace-installations.ts'
import { lookAtAll } from '../../../src/domain/looks/look-store.ts'
import {
  checkDirectPlace,
  markReached,
  passOver,
  placesElsewhere,
} from '../../../src/domain/people/direct-places.ts'
import { resolveActorIn } from '../../../src/domain/people/identity-store.ts'
import { enqueueFailureNotices } from '../../../src/features/delivery-log/failure-notices.ts'
import { resendPolicyOf } from '../../../src/features/delivery-log/resend-policy.ts'
import { createDigestJob } from '../../../src/features/digests/posting/publish.ts'
import { createReminderJob } from '../../../src/features/reminders/reminder-job.ts'
import type { Database } from '../../../src/infra/db.ts'
import { createDispatcher, type Dispatcher } from '../../../src/outbox/dispatcher.ts'
import { createSlack } from '../../../src/platforms/slack/app.ts'
import { TeamsAdapter } from '../../../src/platforms/teams/adapter.ts'
import { TeamsConfig } from '../../../src/platforms/teams/config.ts'
import { createConnectorClient } from '../../../src/platforms/teams/connector-client.ts'
import { createOutbound } from '../../../src/platforms/teams/outbound.ts'
import { platformRateLimits } from '../../support/platforms.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'
import type { Carry } from './network.ts'
import type { Replica } from './replica.ts'
import type { Schedule } from './schedule.ts'
import { keyOnTheWay, serviceUrl, tenantId } from './wire.ts'

/** Milepost as one replica runs it: rules, router, dispatcher and both adapters, without its timers. */
export interface Milepost {
  readonly handle: ChatRequestHandler
  readonly dispatcher: Dispatcher
  /** What every minute does. A task that fails is tried again by the next. */
  tick(): Promise<void>
}

interface Parts {
  readonly db: Database
  readonly replica: Replica
  readonly schedule: Schedule
  readonly random: SeededRandom
  readonly carry: Carry
}

const { commands } = buildCommandRegistry()
const prefix = (platform: PlatformName) => allPlatforms.commandPrefix(platform, '/rag')
const platformTitle = allPlatforms.title

export function createMilepost({ db, replica, schedule, random, carry }: Parts): Milepost {
  const { clock, name } = replica
  const quiet = () => {}
  const log = { info: quiet, warn: quiet, error: quiet }
  const platforms = new Map<PlatformName, ChatPlatform>([
    ['slack', noteKeys(slackOf(name, log))],
    ['teams', noteKeys(teamsOf(replica, carry, log))],
  ])
  carriers.set(name, carry)
  const channel = createChannelLookup(platforms)
  let isStarted = false
  const reminders = createReminderJob({ db, clock, prefix, log })
  const tasks = [
    reminders,
    createDigestJob({ db, clock, prefix, platformTitle, log, channel }),
    () =>
      enqueueFailureNotices({
        ...{ db, clock, prefix, platformTitle, kinds: messageKinds },
        explain: allPlatforms.explain,
      }),
  ]
  return {
    handle: createRouter({
      ...{ db, clock, commands, prefix, platformTitle, resolveActor: resolveActorIn },
      redraw: async () => undefined,
      countNotifyingRequest: async () => {},
      onError: (error) => schedule.note(`${name} answers a fault: ${String(error).slice(0, 200)}`),
    }),
    dispatcher: createDispatcher({
      ...{ db, platforms, clock, log, rateLimits: platformRateLimits, timers: schedule.timers },
      random: () => random.next(),
      revalidate: (message) => messageKinds.revalidate({ db, clock }, message),
      resendPolicy: (claim) => resendPolicyOf(db, claim),
      addressBook: { checkDirectPlace, passOver, placesElsewhere, markReached },
    }),
    async tick() {
      // As the service does when it starts.
      if (!isStarted) await lookAtAll(db).then(() => (isStarted = true), quiet)
      for (const task of tasks) await task().catch(quiet)
    },
  }
}

type Log = Parameters<typeof createSlack>[0]['log']

function slackOf(name: string, log: Log): ChatPlatform {
  return createSlack({
    config: {
      ...{ mode: 'http', signingSecret: 'secret' },
      apiUrl: `http://${name}.slack.simulated/api/`,
    },
    // A configured token is asked whose it is by a start, and a story starts no server.
    installations: {
      ...noInstallations,
      find: async () => ({ token: 'xoxb-story', botUser: 'U0MILEPOST', isOrganisationWide: false }),
    },
    handle: () => Promise.reject(new Error('Requests come by the router.')),
    log,
  })
}

function teamsOf({ name, clock }: Replica, carry: Carry, log: Log): ChatPlatform {
  const local = 'http://127.0.0.1:9'
  const config = TeamsConfig.parse({
    ...{ mode: 'tenant', appId: 'app', appPassword: 'password', tenantId, serviceUrl },
    allowedHosts: ['127.0.0.1'],
    authSettings: {
      ToBotFromChannelOpenIdMetadataUrl: `${local}/keys`,
      ToBotFromChannelTokenIssuer: `${local}/channel`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${local}/keys`,
      ToChannelFromBotLoginUrl: `${local}/login`,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      OAuthUrl: local,
      ValidateAuthority: false,
      tokenUrl: `${local}/${name}/token`,
    },
  })
  const adapter = new TeamsAdapter(config)
  const connect = async (url: string) => carriedBy(carry, await adapter.connector(url))
  const connector = createConnectorClient({ config, clock, connect, timeoutMs: 60_000 })
  const outbound = createOutbound({ config, expand: expandCard, connector, log })
  return { name: 'teams', ...outbound }
}

/** The connector's HTTP pipeline ends in the simulated network in place of Node's http. */
function carriedBy<T>(carry: Carry, connector: T): T {
  const { client } = connector as unknown as { client: { pipeline: Pipeline } }
  const simulated: PipelinePolicy = {
    name: 'simulated network',
    async sendRequest(request) {
      const { method, url, body, headers } = request
      const answer = await carry({ method, url, body: typeof body === 'string' ? body : '' })
      // The SDK's own class of headers, which it does not export.
      const Headers = headers.constructor as new (values: Record<string, string>) => object
      return {
        request,
        status: answer.status,
        headers: new Headers(answer.headers),
        bodyAsText: answer.body,
      }
    },
  }
  client.pipeline.addPolicy(simulated, { afterPhase: 'Sign' })
  return connector
}

interface Pipeline {
  addPolicy(policy: PipelinePolicy, options: { afterPhase: 'Sign' }): void
}

interface PipelinePolicy {
  readonly name: string
  sendRequest(request: {
    readonly method: string
    readonly url: string
    readonly body?: unknown
    readonly headers: object
  }): Promise<object>
}

function noteKeys(platform: ChatPlatform): ChatPlatform {
  return {
    ...platform,
    send: (place, message) => keyOnTheWay.run(message.key, () => platform.send(place, message)),
  }
}

const carriers = new Map<string, Carry>()

/** web-api and the token request use the global `fetch`, which is simulated while `work` runs. */
export async function withSimulatedFetch<T>(work: () => Promise<T>): Promise<T> {
  const realFetch = globalThis.fetch
  globalThis.fetch = simulatedFetch
  try {
    return await work()
  } finally {
    globalThis.fetch = realFetch
  }
}

const simulatedFetch: typeof fetch = async (input, init) => {
  const url = input instanceof Request ? input.url : String(input)
  const name = [...carriers.keys()].find(
    (each) => url.includes(`/${each}.`) || url.includes(`/${each}/`),
  )
  const carry = name && carriers.get(name)
  if (!carry) throw new Error(`No replica of the story calls ${url}`)
  const body = typeof init?.body === 'string' ? init.body : String(init?.body ?? '')
  const answer = await carry({ method: init?.method ?? 'GET', url, body })
  return new Response(answer.body, { status: answer.status, headers: answer.headers })
}
