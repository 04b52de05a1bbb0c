import { z } from 'zod'
import type { Diagnostic } from '../../base/diagnostic.ts'
import { clockDiagnostics, postCheck } from '../../chat/credentials-check.ts'
import type { SlackConfig } from './config.ts'
import { scopes } from './manifest.ts'

/** Asks Slack whether the tokens work and allow what Milepost does. Posts nothing; never throws. */
export async function checkSlack(config: SlackConfig, now: () => Date): Promise<Diagnostic[]> {
  // Without a token Slack says that there is none: that it answers, and what time it has.
  const bot = await callMethod(config, 'auth.test', config.botToken ?? '')
  if ('unreachable' in bot) return [unreachableDiagnostic(bot.unreachable)]
  return [
    ...(config.botToken === undefined ? [installedByOthers] : botDiagnostics(bot)),
    ...clockDiagnostics(platformTitle, bot.headers, now()),
    ...(config.mode === 'socket' ? [await socketDiagnostic(config, config.appToken)] : []),
  ]
}

const platformTitle = 'Slack'

const installedByOthers: Diagnostic = {
  about: platformTitle,
  state: 'well',
  says: 'Workspaces install Milepost by themselves: npm run -s milepost -- organisations lists them.',
}

const apiResponse = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  team: z.string().optional(),
})

interface ApiResponse extends z.infer<typeof apiResponse> {
  readonly headers: Headers
}

async function callMethod(
  { apiUrl = 'https://slack.com/api/' }: SlackConfig,
  method: string,
  token: string,
): Promise<ApiResponse | { readonly unreachable: string }> {
  const headers = { authorization: `Bearer ${token}` }
  const response = await postCheck(new URL(method, apiUrl), { headers })
  if ('unreachable' in response) return response
  const { data } = apiResponse.safeParse(response.json)
  // Whoever sent this is not Slack's API: a proxy, perhaps.
  if (!data) return { unreachable: `something else answers, with status ${response.status}` }
  return { ...data, headers: response.headers }
}

/** What the token may do; empty if Slack does not say. */
function grantedScopes(headers: Headers): string[] {
  const scopes = headers.get('x-oauth-scopes')?.split(',') ?? []
  return scopes.map((scope) => scope.trim()).filter(Boolean)
}

function unreachableDiagnostic(reason: string): Diagnostic {
  return {
    about: platformTitle,
    state: 'mend',
    says: `Slack does not answer (${reason}).`,
    remedy: 'Let this machine reach slack.com by https, through your proxy if you have one.',
  }
}

function botDiagnostics({ ok, error, team, headers }: ApiResponse): Diagnostic[] {
  if (!ok) {
    const says = `Slack refuses SLACK_BOT_TOKEN (${error ?? 'without a reason'}).`
    const remedy =
      'Copy the “Bot User OAuth Token” of the app again; install the app where it is not.'
    return [{ about: platformTitle, state: 'mend', says, remedy }]
  }
  const tokenWorks: Diagnostic = {
    about: platformTitle,
    state: 'well',
    says: `The bot token belongs to ${team}.`,
  }
  const granted = grantedScopes(headers)
  const missing = granted.length > 0 ? scopes.filter((scope) => !granted.includes(scope)) : []
  if (missing.length === 0) return [tokenWorks]
  const says = `The bot token may not: ${missing.join(', ')}.`
  const remedy =
    'Paste the manifest again (npm run -s milepost -- manifest slack) and reinstall the app.'
  return [tokenWorks, { about: platformTitle, state: 'mend', says, remedy }]
}

async function socketDiagnostic(config: SlackConfig, appToken: string): Promise<Diagnostic> {
  const app = await callMethod(config, 'apps.connections.open', appToken)
  if ('unreachable' in app) return unreachableDiagnostic(app.unreachable)
  if (app.ok) return { about: platformTitle, state: 'well', says: 'Socket Mode can connect.' }
  return {
    about: platformTitle,
    state: 'mend',
    says: `Slack opens no connection with SLACK_APP_TOKEN (${app.error ?? 'without a reason'}).`,
    remedy: 'Make an app-level token with connections:write, and switch Socket Mode on in the app.',
  }
}
