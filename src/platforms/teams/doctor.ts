import { z } from 'zod'
import { clockDiagnostic, type Diagnostic } from '../../base/diagnostic.ts'
import { fetchErrorText } from '../../base/errors.ts'
import type { TeamsConfig } from './config.ts'

/** Asks Microsoft Entra ID for the token that Milepost speaks with. Posts nothing; never throws. */
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
  try {
    const { status, date, error } = await requestToken(config)
    const clock = date ? [clockDiagnostic(platformTitle, now(), date)] : []
    if (status === 200) {
      return [
        { about: platformTitle, state: 'well', says: 'Milepost is given its token.' },
        ...clock,
      ]
    }
    return [tokenRefusedDiagnostic(error ?? `status ${status}`), ...clock]
  } catch (error) {
    return [
      {
        about: platformTitle,
        state: 'mend',
        says: `The login of Microsoft does not answer (${fetchErrorText(error)}).`,
        remedy:
          'Let this machine reach login.microsoftonline.com and smba.trafficmanager.net by https.',
      },
    ]
  }
}

const platformTitle = 'Teams'
const timeoutMs = 10_000

const tokenErrorResponse = z.object({
  error: z.string(),
  error_codes: z.array(z.number()).optional(),
})

async function requestToken(config: Extract<TeamsConfig, { mode: 'tenant' }>) {
  const { appId, appPassword, tenantId, authSettings } = config
  const login = `https://login.microsoftonline.com/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`
  const scope = authSettings?.ToChannelFromBotOAuthScope ?? 'https://api.botframework.com'
  const response = await fetch(authSettings?.tokenUrl ?? login, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'client_credentials', scope: `${scope}/.default` },
      ...{ client_id: appId, client_secret: appPassword },
    }),
    signal: AbortSignal.timeout(timeoutMs),
  })
  const date = response.headers.get('date')
  const told = response.ok
    ? undefined
    : tokenErrorResponse.safeParse(await response.json().catch(() => null))
  const code = told?.data?.error_codes?.[0]
  return {
    status: response.status,
    date: date ? new Date(date) : undefined,
    error: code === undefined ? told?.data?.error : `AADSTS${code}`,
  }
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const remedies: Readonly<Record<string, string>> = {
  AADSTS7000215: 'TEAMS_APP_PASSWORD is not the secret: copy its value, not its id.',
  AADSTS7000222: 'The secret has run out: make a new one and put it in TEAMS_APP_PASSWORD.',
  AADSTS700016: 'TEAMS_APP_ID is not known in that tenant: compare it with the Azure Bot.',
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
