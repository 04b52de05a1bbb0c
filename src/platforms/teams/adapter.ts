import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from 'botbuilder'
import type { TeamsConfig } from './config.ts'
import { appSettings, credentialsFactory } from './credentials.ts'
import type { TeamsActivity } from './inbound.ts'

/** The SDK's result of checking a token; it does not export the type by name. */
export type AuthenticationResult = Awaited<
  ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>
>
/** The Bot Connector at one service address. */
export type Connector = Awaited<
  ReturnType<
    ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>['create']
  >
>

/**
 * The SDK's adapter, with its `process` split into two steps: for a bad signature `process` answers 500 and writes to
 * the console, but the answer has to be 401.
 */
export class TeamsAdapter extends CloudAdapter {
  readonly #appId: string

  constructor(config: TeamsConfig) {
    super(authenticationFor(config))
    this.#appId = config.mode === 'tenant' ? config.appId : ''
    this.use(async (context, next) => {
      disableRetries(context.turnState.get<Connector>(this.ConnectorClientKey))
      await next()
    })
  }

  /** Checks the token of a request. @throws what the SDK throws for a bad token. */
  authenticate(activity: TeamsActivity, authorization: string): Promise<AuthenticationResult> {
    return this.botFrameworkAuthentication.authenticateRequest(
      toSdkActivity(activity),
      authorization,
    )
  }

  /** Runs `logic` on an activity. Returns the response to the request, if `logic` set one. */
  runTurn(
    authenticated: AuthenticationResult,
    activity: TeamsActivity,
    logic: (context: TurnContext) => Promise<void>,
  ) {
    return this.processActivity(authenticated, toSdkActivity(activity), logic)
  }

  /** A connector that sends each request only once. */
  async connector(serviceUrl: string): Promise<Connector> {
    const botIdentity = this.createClaimsIdentity(this.#appId)
    const factory = this.botFrameworkAuthentication.createConnectorFactory(botIdentity)
    return disableRetries(await factory.create(serviceUrl))
  }
}

/** The SDK's type requires every field; teamsActivity has checked those that we rely on. */
function toSdkActivity(activity: TeamsActivity): Activity {
  return activity as unknown as Activity
}

function authenticationFor(config: TeamsConfig): ConfigurationBotFrameworkAuthentication {
  // Empty settings turn the SDK's checks off. Only for clients on this machine: see requireLoopback.
  if (config.mode === 'local') return new ConfigurationBotFrameworkAuthentication({})
  const { tokenUrl: _, ...issuer } = config.authSettings ?? {}
  return new ConfigurationBotFrameworkAuthentication(
    { ...appSettings(config), ...issuer },
    credentialsFactory(config),
  )
}

/**
 * The SDK's HTTP pipeline posts up to four times after a dropped connection, a 500 or a 504, even with
 * `noRetryPolicy`, which would post a message several times. Only the dispatcher retries.
 */
function disableRetries(connector: Connector): Connector {
  // The pipeline is private in the types, and no option changes it.
  const { client } = connector as unknown as {
    client: { pipeline: { removePolicy(options: { name: string }): unknown } }
  }
  client.pipeline.removePolicy({ name: 'defaultRetryPolicy' })
  return connector
}
