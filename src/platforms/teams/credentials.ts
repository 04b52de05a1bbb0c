import { CredentialUnavailableError, ManagedIdentityCredential } from '@azure/identity'
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder'
import { z } from 'zod'
import { messageOf } from '../../base/errors.ts'
import { withDeadline } from '../../base/timeout.ts'
import { teamsClouds } from './clouds.ts'
import type { TeamsConfig } from './config.ts'

/** The SDK does not export these types by name. */
export type CredentialsFactory = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]
>
type Credentials = Awaited<ReturnType<CredentialsFactory['createCredentials']>>
type TenantConfig = Extract<TeamsConfig, { mode: 'tenant' }>

/** Milepost could not get its own token, so nothing was sent. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  /** The issuer answered and refused the credentials: only an operator can mend that. */
  readonly isRefused: boolean
  constructor(message: string, isRefused = false) {
    super(message)
    this.isRefused = isRefused
  }
}

/** The HTTP status in an error of the SDK, of a managed identity or of `fetchToken`. */
const issuerError = z.union([
  z.looseObject({ status: z.number() }),
  z.looseObject({ statusCode: z.number() }).transform(({ statusCode }) => ({ status: statusCode })),
])

/** 408 and 429 pass by themselves. */
function isRefusal(error: unknown): boolean {
  // This machine has no managed identity at all.
  if (error instanceof CredentialUnavailableError) return true
  const status = issuerError.safeParse(error).data?.status ?? 0
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

/** The bot's identity under the SDK's names. An empty app id would turn its checks off, so the config forbids it. */
export function appSettings(config: TenantConfig) {
  const { channelService } = teamsClouds[config.cloud]
  const byPassword = config.isMultiTenant ? 'MultiTenant' : 'SingleTenant'
  return {
    ...(channelService && { ChannelService: channelService }),
    MicrosoftAppType: config.appPassword ? byPassword : 'UserAssignedMSI',
    MicrosoftAppId: config.appId,
    ...(config.appPassword && { MicrosoftAppPassword: config.appPassword }),
    MicrosoftAppTenantId: config.tenantId,
  }
}

/** Where Milepost's tokens come from: Microsoft Entra ID through the SDK, or the issuer on this machine. */
export function credentialsFactory(config: TenantConfig): CredentialsFactory {
  const microsoft = new ConfigurationServiceClientCredentialFactory(appSettings(config))
  const ours = ownCredentials(config)
  return {
    isValidAppId: async (appId) => appId === config.appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async (appId, audience, ...endpoint) => {
      // The SDK's type requires an audience; without one it uses that of the login endpoint.
      const credentials =
        ours ?? (await microsoft.createCredentials(appId, audience ?? '', ...endpoint))
      return withTokenError(credentials)
    },
  }
}

/** Undefined: the SDK's do. */
function ownCredentials(config: TenantConfig): Credentials | undefined {
  if (config.authSettings) return loopbackCredentials(config)
  return config.appPassword ? undefined : managedIdentityCredentials(config)
}

/**
 * By the managed identity of this machine, whose token needs no secret. The SDK would try other sources after it, programs
 * of the machine among them, which would be handed our environment.
 */
function managedIdentityCredentials(config: TenantConfig): Credentials {
  const getToken = managedIdentityTokens(config)
  return {
    signRequest: async (request) => {
      request.headers.set('authorization', `Bearer ${(await getToken()).token}`)
      return request
    },
  }
}

/** MSAL keeps a token until shortly before it expires. */
function managedIdentityTokens({ appId, cloud }: TenantConfig) {
  const identity = new ManagedIdentityCredential({ clientId: appId })
  return () => identity.getToken(`${teamsClouds[cloud].scope}/.default`)
}

/** Why the managed identity gives no token, in few words; undefined where it gives one. Never throws. */
export function whyNoManagedToken(config: TenantConfig): Promise<string | undefined> {
  const asked = managedIdentityTokens(config)()
  return withDeadline(TOKEN_TIMEOUT_MS, asked, tokenTimeout).then(
    () => undefined,
    (error: unknown) => messageOf(error),
  )
}

const TOKEN_TIMEOUT_MS = 10_000

/** Throws TokenError if no token comes in time, so that it can be told apart from a failed call. */
function withTokenError(credentials: Credentials): Credentials {
  return {
    // MSAL has no timeout.
    signRequest: (request) =>
      withDeadline(TOKEN_TIMEOUT_MS, credentials.signRequest(request), tokenTimeout).catch(
        (error: unknown) => {
          const message = `Milepost was given no token for Teams: ${messageOf(error)}`
          throw new TokenError(message, isRefusal(error))
        },
      ),
  }
}

function tokenTimeout(): Error {
  return new Error('The operation was aborted due to timeout')
}

const tokenResponse = z.object({ access_token: z.string().min(1), expires_in: z.number() })

/** A new token is requested this long before the old one expires. */
const RENEWAL_MARGIN_SECONDS = 300

/** The client-credentials request of OAuth 2.0 (RFC 6749, 4.4) against the issuer on this machine. */
function loopbackCredentials({ appId, appPassword, authSettings }: TenantConfig): Credentials {
  let cached: { token: string; until: number } | undefined

  const fetchToken = async () => {
    if (!authSettings) throw new Error('No issuer is set.')
    const response = await fetch(authSettings.tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: appId,
        client_secret: appPassword ?? '',
        scope: `${authSettings.ToChannelFromBotOAuthScope}/.default`,
      }),
    })
    if (!response.ok) {
      const { status } = response
      throw Object.assign(new Error(`the issuer answered ${status}`), { status })
    }
    const { access_token, expires_in } = tokenResponse.parse(await response.json())
    // Measured on the monotonic clock: the playground can move the time of day.
    const until = performance.now() + (expires_in - RENEWAL_MARGIN_SECONDS) * 1000
    return { token: access_token, until }
  }

  return {
    signRequest: async (request) => {
      if (!cached || cached.until <= performance.now()) cached = await fetchToken()
      request.headers.set('authorization', `Bearer ${cached.token}`)
      return request
    },
  }
}
