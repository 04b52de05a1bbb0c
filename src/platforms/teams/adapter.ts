import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from 'botbuilder'
import type { TeamsConfig } from './config.ts'
import { appSettings, credentialsFactory } from './credentials.ts'
import type { TeamsActivity } from './inbound.ts'

/** What the SDK knows of an authenticated request; it does not export the type by name. */
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
 * The SDK's adapter in the two halves that its `process` joins: a bad signature makes `process` answer 500 and
 * write to the console, where it has to be 401.
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

  /** Checks the token of a request. Throws where it is not good. */
  authenticate(activity: TeamsActivity, authorization: string): Promise<AuthenticationResult> {
    return this.botFrameworkAuthentication.authenticateRequest(
      toSdkActivity(activity),
      authorization,
    )
  }

  /** Runs `logic` on an activity. Gives the answer to the request, where it has a body. */
  runTurn(
    authenticated: AuthenticationResult,
    activity: TeamsActivity,
    logic: (context: TurnContext) => Promise<void>,
  ) {
    return this.processActivity(authenticated, toSdkActivity(activity), logic)
  }

  /** A connector that sends each request once. */
  async connector(serviceUrl: string): Promise<Connector> {
    const ourselves = this.createClaimsIdentity(this.#appId)
    const factory = this.botFrameworkAuthentication.createConnectorFactory(ourselves)
    return disableRetries(await factory.create(serviceUrl))
  }
}

/** The SDK's type wants every field there is; the JSON has been checked for those that must be there. */
function toSdkActivity(activity: TeamsActivity): Activity {
  return activity as unknown as Activity
}

function authenticationFor(config: TeamsConfig): ConfigurationBotFrameworkAuthentication {
  // Empty settings switch the SDK's checks off: for a client on this machine alone (requireLoopback).
  if (config.mode === 'local') return new ConfigurationBotFrameworkAuthentication({})
  const { tokenUrl: _, ...issuer } = config.authSettings ?? {}
  return new ConfigurationBotFrameworkAuthentication(
    { ...appSettings(config), ...issuer },
    credentialsFactory(config),
  )
}

/**
 * The SDK's HTTP pipeline posts up to four times on a dropped line, a 500 or a 504, whatever `noRetryPolicy` says:
 * a message would stand there more than once. Only the dispatcher retries.
 */
function disableRetries(connector: Connector): Connector {
  // The types keep the pipeline private, and there is no option that reaches it.
  const { client } = connector as unknown as {
    client: { pipeline: { removePolicy(options: { name: string }): unknown } }
  }
  client.pipeline.removePolicy({ name: 'defaultRetryPolicy' })
  return connector
}
