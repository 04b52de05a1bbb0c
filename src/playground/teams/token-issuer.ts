import { timingSafeEqual } from 'node:crypto'
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../../base/clock.ts'
import { unauthorized } from './connector-error.ts'
import { tokenRequest } from './schemas.ts'

/** Ways in which the token of a request to the bot can be wrong. */
export type TokenFault =
  | 'none'
  | 'wrong audience'
  | 'expired'
  | 'bad signature'
  | 'wrong serviceUrl'

/** The resource that a bot asks a token for. */
const CONNECTOR_AUDIENCE = 'https://api.botframework.com'
const LIFETIME_SECONDS = 3600

export interface TokenIssuerOptions {
  /** `http://127.0.0.1:<port>` */
  origin: string
  appId: string
  appPassword: string
  tenantId: string
  /** The real time of day: the bot's SDK checks tokens by its own machine's clock. */
  wallClock: Clock
}

export interface TokenResponse {
  status: number
  body: unknown
}

export type TokenIssuer = Awaited<ReturnType<typeof createTokenIssuer>>

/**
 * Signs what Teams sends to the bot, and gives the bot its own token for the connector: the parts that
 * login.botframework.com and login.microsoftonline.com play.
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

  /** The Authorization header of a request to the bot; undefined for none. */
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
    // The SDK forgives five minutes.
    const expires = nowSeconds() + (fault === 'expired' ? -600 : LIFETIME_SECONDS)
    const stranger = fault === 'bad signature' ? await generateKeyPair('RS256') : undefined
    return `Bearer ${await sign(claims, expires, stranger?.privateKey)}`
  }

  /** The answer to the bot's client-credentials request, in the shape of Microsoft Entra ID. */
  async function giveToken(form: unknown): Promise<TokenResponse> {
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

  /** Refuses (401) a call of the connector that does not carry a token of ours, made for it and in date. */
  async function checkBot(authorization: string | undefined): Promise<void> {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1]
    if (token === undefined) throw unauthorized('The request has no bearer token.')
    await jwtVerify(token, keys.publicKey, {
      issuer: loginIssuer,
      audience: CONNECTOR_AUDIENCE,
      currentDate: wallClock.now(),
      requiredClaims: ['exp', 'appid'],
    }).catch((error: unknown) => {
      throw unauthorized(`The token is not good: ${String(error)}`)
    })
  }

  return {
    authorizationToBot,
    giveToken,
    checkBot,
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

/** What the bot is configured with. */
function botSettings(
  { origin, appId, appPassword, tenantId }: TokenIssuerOptions,
  kid: string,
  issuer: string,
) {
  // The SDK keeps a metadata document's keys for a day, by its address, for the whole process: so each
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
     * authority that is not https ("authority_uri_insecure"), and keep it for the whole process by app id.
     * So against this tenant the bot hands in a ServiceClientCredentialsFactory that posts the form of a
     * client-credentials request to `tokenUrl` and sends the `access_token` it gets as a Bearer token.
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
  if (!sameSecret(request.client_secret, appPassword)) {
    return refuse(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.')
  }
  if (request.scope !== `${CONNECTOR_AUDIENCE}/.default`) {
    return refuse(400, 'invalid_scope', `AADSTS70011: The scope ${request.scope} is not valid.`)
  }
  return null
}

function sameSecret(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}
