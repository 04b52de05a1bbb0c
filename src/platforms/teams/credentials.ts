import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder'
import { z } from 'zod'
import { messageOf } from '../../base/errors.ts'
import { withDeadline } from '../../base/timeout.ts'
import type { TeamsConfig } from './config.ts'

/** The SDK does not export these types by name. */
export type CredentialsFactory = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]
>
type Credentials = Awaited<ReturnType<CredentialsFactory['createCredentials']>>
type TenantConfig = Extract<TeamsConfig, { mode: 'tenant' }>

/** Milepost's own token could not be got, so nothing was sent. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
}

/** The SDK's names for who Milepost is. An empty app id would switch its checks off: the config allows none. */
export function appSettings(config: TenantConfig) {
  return {
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppId: config.appId,
    MicrosoftAppPassword: config.appPassword,
    MicrosoftAppTenantId: config.tenantId,
  }
}

/** Where Milepost's tokens come from: Microsoft Entra ID through the SDK, or the issuer on this machine. */
export function credentialsFactory(config: TenantConfig): CredentialsFactory {
  const microsoft = new ConfigurationServiceClientCredentialFactory(appSettings(config))
  const loopback = config.authSettings && loopbackCredentials(config)
  return {
    isValidAppId: async (appId) => appId === config.appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async (appId, audience, ...where) => {
      // The SDK's own factory declares an audience; without one it takes that of the login it is given.
      const given = loopback ?? (await microsoft.createCredentials(appId, audience ?? '', ...where))
      return withTokenError(given)
    },
  }
}

const TOKEN_TIMEOUT_MS = 10_000

/** Makes a token that was not given, or not in time, tell itself apart from a call that failed. */
function withTokenError(credentials: Credentials): Credentials {
  return {
    // MSAL waits for ever.
    signRequest: (request) =>
      withDeadline(TOKEN_TIMEOUT_MS, credentials.signRequest(request), tokenTimeout).catch(
        (error: unknown) => {
          throw new TokenError(`Milepost was given no token for Teams: ${messageOf(error)}`)
        },
      ),
  }
}

function tokenTimeout(): Error {
  return new Error('The operation was aborted due to timeout')
}

const tokenResponse = z.object({ access_token: z.string().min(1), expires_in: z.number() })

/** A new token is asked for this long before the old one ends. */
const RENEWAL_MARGIN_SECONDS = 300

/** The client-credentials request of OAuth 2.0 (RFC 6749, 4.4) against the issuer on this machine. */
function loopbackCredentials({ appId, appPassword, authSettings }: TenantConfig): Credentials {
  let kept: { token: string; until: number } | undefined

  const fetched = async () => {
    if (!authSettings) throw new Error('No issuer is set.')
    const response = await fetch(authSettings.tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: appId,
        client_secret: appPassword,
        scope: `${authSettings.ToChannelFromBotOAuthScope}/.default`,
      }),
    })
    if (!response.ok) throw new Error(`the issuer answered ${response.status}`)
    const { access_token, expires_in } = tokenResponse.parse(await response.json())
    // Counted on a clock that only runs forward: the time of day may be moved in the playground.
    const until = performance.now() + (expires_in - RENEWAL_MARGIN_SECONDS) * 1000
    return { token: access_token, until }
  }

  return {
    signRequest: async (request) => {
      if (!kept || kept.until <= performance.now()) kept = await fetched()
      request.headers.set('authorization', `Bearer ${kept.token}`)
      return request
    },
  }
}
