import { timingSafeEqual } from 'node:crypto'
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../../base/clock.ts'
import { unauthorized } from './connector-error.ts'
import { tokenRequest } from './schemas.ts'

/** What can be wrong with the token of a request to the bot. */
export type TokenFault =
  | 'none'
  | 'wrong audience'
  | 'expired'
  | 'bad signature'
  | 'wrong serviceUrl'

/** The resource for which a bot requests a token. */
const CONNECTOR_AUDIENCE = 'https://api.botframework.com'
const LIFETIME_SECONDS = 3600

export interface TokenIssuerOptions {
  /** `http://127.0.0.1:<port>` */
  origin: string
  appId: string
  appPassword: string
  tenantId: string
  /** The real time: the bot's SDK verifies tokens by the clock of its machine. */
  wallClock: Clock
}

export interface TokenResponse {
  status: number
  body: unknown
}

export type TokenIssuer = Awaited<ReturnType<typeof createTokenIssuer>>

/**
 * Signs what Teams sends to the bot, and issues the bot's own token for the connector, as
 * login.botframework.com and login.microsoftonline.com do.
 */
export async function createTokenIssuer(options: TokenIssuerOptions) {
  const { origin, appId, appPassword, tenantId, wallClock } = options
  const keys = await generateKeyPair('RS256')
  const kid = crypto.randomUUID()
  const jwk = { ...(await exportJWK(keys.publicKey)), kid, use: 'sig', endorsements: ['msteams'] }
  const channelIssuer = `${origin}/channel`
  const loginIssuer = `${origin}/${tenantId}/`
  const nowSeconds = () => Math.floor(wallClock.now().getTime() / 1000)

  const sign = (claims: Record<string, string>, expires: number, key = keys.privateKey) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
      .setIssuedAt(expires - LIFETIME_SECONDS)
      .setNotBefore(expires - LIFETIME_SECONDS)
      .setExpirationTime(expires)
      .sign(key)

  /** The Authorization header of a request to the bot; undefined for the fault 'none'. */
  async function authorizationToBot(
    serviceurl: string,
    fault?: TokenFault,
  ): Promise<string | undefined> {
    if (fault === 'none') return undefined
    const claims = {
      iss: channelIssuer,
      aud: fault === 'wrong audience' ? crypto.randomUUID() : appId,
      serviceurl: fault === 'wrong serviceUrl' ? 'https://elsewhere.example/' : serviceurl,
    }
    // The SDK tolerates five minutes.
    const expires = nowSeconds() + (fault === 'expired' ? -600 : LIFETIME_SECONDS)
    const stranger = fault === 'bad signature' ? await generateKeyPair('RS256') : undefined
    return `Bearer ${await sign(claims, expires, stranger?.privateKey)}`
  }

  /** The response to the bot's client-credentials request, as Microsoft Entra ID sends it. */
  async function issueToken(form: unknown): Promise<TokenResponse> {
    const request = tokenRequest.parse(form ?? {})
    const refusal = refusalOf(request, appId, appPassword)
    if (refusal) return refusal
    const claims = {
      iss: loginIssuer,
      aud: CONNECTOR_AUDIENCE,
      appid: appId,
      tid: tenantId,
      ver: '1.0',
    }
    const access_token = await sign(claims, nowSeconds() + LIFETIME_SECONDS)
    return {
      status: 200,
      body: { token_type: 'Bearer', expires_in: LIFETIME_SECONDS, access_token },
    }
  }

  /** @throws ConnectorError 401 where the header has no token of this issuer that is for the connector and in date */
  async function verifyBotToken(authorization: string | undefined): Promise<void> {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1]
    if (token === undefined) throw unauthorized('The request has no bearer token.')
    await jwtVerify(token, keys.publicKey, {
      issuer: loginIssuer,
      audience: CONNECTOR_AUDIENCE,
      currentDate: wallClock.now(),
      requiredClaims: ['exp', 'appid'],
    }).catch((error: unknown) => {
      throw unauthorized(`The token is not valid: ${String(error)}`)
    })
  }

  return {
    authorizationToBot,
    issueToken,
    verifyBotToken,
    jwks: { keys: [jwk] },
    openIdMetadata: {
      issuer: channelIssuer,
      authorization_endpoint: `${origin}/unused`,
      jwks_uri: `${origin}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    },
    ...botSettings(options, kid, channelIssuer),
  }
}

/** The bot's configuration. */
function botSettings(
  { origin, appId, appPassword, tenantId }: TokenIssuerOptions,
  kid: string,
  issuer: string,
) {
  // The SDK caches the keys of a metadata document for a day, by its address, for the whole process: so each
  // start has an address of its own.
  const metadataUrl = `${origin}/${kid}/.well-known/openidconfiguration`
  return {
    /** Settings for the SDK's ConfigurationBotFrameworkAuthentication. */
    authSettings: {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: appPassword,
      MicrosoftAppTenantId: tenantId,
      MicrosoftAppType: 'SingleTenant',
      ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
      ToBotFromChannelTokenIssuer: issuer,
      ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
      ToChannelFromBotLoginUrl: `${origin}/${tenantId}`,
      ToChannelFromBotOAuthScope: CONNECTOR_AUDIENCE,
      OAuthUrl: origin,
      ValidateAuthority: false,
    },
    /**
     * For the SDK's second argument. Its own credentials fetch the token with MSAL, which refuses any
     * authority that is not https ("authority_uri_insecure"), and cache it for the whole process by app id.
     * So against this tenant the bot passes a ServiceClientCredentialsFactory that posts a client-credentials
     * form to `tokenUrl` and sends the `access_token` of the response as a Bearer token.
     */
    credentials: {
      tokenUrl: `${origin}/${tenantId}/oauth2/v2.0/token`,
      appId,
      appPassword,
      scope: `${CONNECTOR_AUDIENCE}/.default`,
    },
  }
}

function refusalOf(
  request: { grant_type: string; client_id: string; client_secret: string; scope: string },
  appId: string,
  appPassword: string,
): TokenResponse | null {
  const refuse = (status: number, error: string, error_description: string) => ({
    status,
    body: { error, error_description },
  })
  if (request.grant_type !== 'client_credentials') {
    return refuse(400, 'unsupported_grant_type', 'AADSTS70003: Only client_credentials is known.')
  }
  if (request.client_id !== appId) {
    return refuse(400, 'unauthorized_client', 'AADSTS700016: Application was not found.')
  }
  if (!isSameSecret(request.client_secret, appPassword)) {
    return refuse(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.')
  }
  if (request.scope !== `${CONNECTOR_AUDIENCE}/.default`) {
    return refuse(400, 'invalid_scope', `AADSTS70011: The scope ${request.scope} is not valid.`)
  }
  return null
}

function isSameSecret(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
