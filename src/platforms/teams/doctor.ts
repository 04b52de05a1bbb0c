import { z } from 'zod'
import type { Diagnostic } from '../../base/diagnostic.ts'
import {
  type CheckResponse,
  clockDiagnostics,
  postCheck,
  whyUnreachable,
} from '../../chat/credentials-check.ts'
import { teamsClouds } from './clouds.ts'
import { loginUrlOf, type TeamsConfig } from './config.ts'

/** Requests the bot's token from Microsoft Entra ID. Posts nothing; never throws. */
export async function checkTeams(config: TeamsConfig, now: () => Date): Promise<Diagnostic[]> {
  if (config.mode === 'local') {
    const says = 'TEAMS_LOCAL accepts clients of this machine without a token.'
    return [
      {
        about: platformTitle,
        state: 'look',
        says,
        remedy: 'Unset it where real people use Milepost.',
      },
    ]
  }
  if (!config.appPassword) {
    return [await managedIdentityDiagnostic(config), ...(await reachDiagnostics(config))]
  }
  const { loginHost, serviceHosts } = teamsClouds[config.cloud]
  const response = await requestToken(config, config.appPassword)
  if ('unreachable' in response) {
    return [
      {
        about: platformTitle,
        state: 'mend',
        says: `The login of Microsoft does not answer (${response.unreachable}).`,
        remedy: `Let this machine reach ${loginHost} and ${serviceHosts.join(', ')} by https, directly or through HTTPS_PROXY.`,
      },
    ]
  }
  const { status, headers, json } = response
  const token: Diagnostic =
    status === 200
      ? { about: platformTitle, state: 'well', says: 'Milepost is given its token.' }
      : tokenRefusedDiagnostic(errorCodeIn(json) ?? `status ${status}`)
  return [
    token,
    ...(await reachDiagnostics(config)),
    ...clockDiagnostics(platformTitle, headers, now()),
  ]
}

/** Whether the keys and the connector can be reached, which a proxy may let through or not; only what is wrong. */
async function reachDiagnostics(config: TenantConfig): Promise<Diagnostic[]> {
  const keys = config.authSettings?.ToBotFromChannelOpenIdMetadataUrl
  const urls = [
    [keys ?? teamsClouds[config.cloud].keysUrl, 'its requests cannot be checked'],
    [config.serviceUrl, 'nothing can be sent'],
  ] as const
  const found = await Promise.all(
    urls.map(async ([url, consequence]): Promise<Diagnostic[]> => {
      const why = await whyUnreachable(url)
      if (why === undefined) return []
      const { host } = new URL(url)
      const says = `${host} does not answer (${why}), so ${consequence}.`
      const remedy = `Let this machine reach ${host} by https, directly or through HTTPS_PROXY.`
      return [{ about: platformTitle, state: 'mend', says, remedy }]
    }),
  )
  return found.flat()
}

type TenantConfig = Extract<TeamsConfig, { mode: 'tenant' }>

const platformTitle = 'Teams'

/** Loads the SDK of Azure only where it is needed: the command line imports this file for every command. */
async function managedIdentityDiagnostic(config: TenantConfig): Promise<Diagnostic> {
  const { whyNoManagedToken } = await import('./credentials.ts')
  const why = await whyNoManagedToken(config)
  if (why === undefined) {
    const says = 'Milepost is given its token by the managed identity of this machine.'
    return { about: platformTitle, state: 'well', says }
  }
  return {
    about: platformTitle,
    state: 'mend',
    says: `The managed identity of this machine gives Milepost no token (${why}).`,
    remedy:
      'Assign this machine, in Azure, the identity whose client id is TEAMS_APP_ID; elsewhere use TEAMS_APP_PASSWORD.',
  }
}

function requestToken(config: TenantConfig, appPassword: string): Promise<CheckResponse> {
  const { appId, authSettings, cloud } = config
  const scope = authSettings?.ToChannelFromBotOAuthScope ?? teamsClouds[cloud].scope
  const body = new URLSearchParams({
    ...{ grant_type: 'client_credentials', scope: `${scope}/.default` },
    ...{ client_id: appId, client_secret: appPassword },
  })
  return postCheck(authSettings?.tokenUrl ?? loginUrlOf(config), { body })
}

const tokenErrorResponse = z.object({
  error: z.string(),
  error_codes: z.array(z.number()).optional(),
})

/** Microsoft's error code, 'AADSTS7000215', or else the error of OAuth 2.0. */
function errorCodeIn(json: unknown): string | undefined {
  const { data } = tokenErrorResponse.safeParse(json)
  const code = data?.error_codes?.[0]
  return code === undefined ? data?.error : `AADSTS${code}`
}

/** What to do, by error code. Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const remedies: Readonly<Record<string, string>> = {
  AADSTS7000215: 'TEAMS_APP_PASSWORD is not the secret: copy its value, not its id.',
  AADSTS7000222: 'The secret has run out: make a new one and put it in TEAMS_APP_PASSWORD.',
  AADSTS700016:
    'TEAMS_APP_ID is not known in that tenant: compare it and TEAMS_APP_TYPE with the Azure Bot.',
  AADSTS90002: 'TEAMS_TENANT_ID is not a tenant: compare it with the Azure Bot.',
}

function tokenRefusedDiagnostic(error: string): Diagnostic {
  const remedy = remedies[error] ?? 'Compare the TEAMS_ names with those of the Azure Bot.'
  return {
    about: platformTitle,
    state: 'mend',
    says: `Milepost is given no token (${error}).`,
    remedy,
  }
}
