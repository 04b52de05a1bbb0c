import { z } from 'zod'
import { clockDiagnostic, type Diagnostic } from '../../base/diagnostic.ts'
import { fetchErrorText } from '../../base/errors.ts'
import type { SlackConfig } from './config.ts'
import { scopes } from './manifest.ts'

/** Asks Slack whether the tokens work and allow what Milepost does. Posts nothing; never throws. */
export async function checkSlack(config: SlackConfig, now: () => Date): Promise<Diagnostic[]> {
  const bot = await callMethod(config, 'auth.test', config.botToken)
  if ('unreachable' in bot) return [unreachableDiagnostic(bot.unreachable)]
  return [
    ...botDiagnostics(bot),
    ...(bot.date ? [clockDiagnostic(platformTitle, now(), bot.date)] : []),
    ...(config.mode === 'socket' ? [await socketDiagnostic(config, config.appToken)] : []),
  ]
}

const platformTitle = 'Slack'

const apiResponse = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  team: z.string().optional(),
})

interface ApiResponse extends z.infer<typeof apiResponse> {
  readonly date: Date | undefined
  /** What the token may do; empty where Slack did not say. */
  readonly scopes: readonly string[]
}

const timeoutMs = 10_000

async function callMethod(
  { apiUrl = 'https://slack.com/api/' }: SlackConfig,
  method: string,
  token: string,
): Promise<ApiResponse | { readonly unreachable: string }> {
  try {
    const response = await fetch(new URL(method, apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMs),
    })
    const date = response.headers.get('date')
    const told = response.headers.get('x-oauth-scopes')?.split(',') ?? []
    return {
      ...apiResponse.parse(await response.json()),
      date: date ? new Date(date) : undefined,
      scopes: told.map((scope) => scope.trim()).filter(Boolean),
    }
  } catch (error) {
    return { unreachable: fetchErrorText(error) }
  }
}

function unreachableDiagnostic(why: string): Diagnostic {
  return {
    about: platformTitle,
    state: 'mend',
    says: `Slack does not answer (${why}).`,
    remedy: 'Let this machine reach slack.com by https, through your proxy if you have one.',
  }
}

function botDiagnostics({ ok, error, team, scopes: may }: ApiResponse): Diagnostic[] {
  if (!ok) {
    const says = `Slack refuses SLACK_BOT_TOKEN (${error ?? 'without a reason'}).`
    const remedy =
      'Copy the “Bot User OAuth Token” of the app again; install the app where it is not.'
    return [{ about: platformTitle, state: 'mend', says, remedy }]
  }
  const well: Diagnostic = {
    about: platformTitle,
    state: 'well',
    says: `The bot token belongs to ${team}.`,
  }
  const missing = may.length > 0 ? scopes.filter((scope) => !may.includes(scope)) : []
  if (missing.length === 0) return [well]
  const says = `The bot token may not: ${missing.join(', ')}.`
  const remedy =
    'Paste the manifest again (npm run -s milepost -- manifest slack) and reinstall the app.'
  return [well, { about: platformTitle, state: 'mend', says, remedy }]
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
