import { z } from 'zod'
import { clockFinding, type Finding } from '../../base/diagnostic.ts'
import { whyFetchFailed } from '../../base/errors.ts'
import type { SlackConfig } from './config.ts'
import { scopes } from './manifest.ts'

/** Asks Slack whether the tokens work and allow what Milepost does. Posts nothing; never throws. */
export async function checkSlack(config: SlackConfig, now: () => Date): Promise<Finding[]> {
  const bot = await ask(config, 'auth.test', config.botToken)
  if ('unreachable' in bot) return [unreachable(bot.unreachable)]
  return [
    ...botFindings(bot),
    ...(bot.date ? [clockFinding(about, now(), bot.date)] : []),
    ...(config.mode === 'socket' ? [await socketFinding(config, config.appToken)] : []),
  ]
}

const about = 'Slack'

const answer = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  team: z.string().optional(),
})

interface Answered extends z.infer<typeof answer> {
  readonly date: Date | undefined
  /** What the token may do; empty where Slack did not say. */
  readonly scopes: readonly string[]
}

const patienceMs = 10_000

async function ask(
  { apiUrl = 'https://slack.com/api/' }: SlackConfig,
  method: string,
  token: string,
): Promise<Answered | { readonly unreachable: string }> {
  try {
    const response = await fetch(new URL(method, apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patienceMs),
    })
    const date = response.headers.get('date')
    const told = response.headers.get('x-oauth-scopes')?.split(',') ?? []
    return {
      ...answer.parse(await response.json()),
      date: date ? new Date(date) : undefined,
      scopes: told.map((scope) => scope.trim()).filter(Boolean),
    }
  } catch (error) {
    return { unreachable: whyFetchFailed(error) }
  }
}

function unreachable(why: string): Finding {
  return {
    about,
    state: 'mend',
    says: `Slack does not answer (${why}).`,
    remedy: 'Let this machine reach slack.com by https, through your proxy if you have one.',
  }
}

function botFindings({ ok, error, team, scopes: may }: Answered): Finding[] {
  if (!ok) {
    const says = `Slack refuses SLACK_BOT_TOKEN (${error ?? 'without a reason'}).`
    const remedy =
      'Copy the “Bot User OAuth Token” of the app again; install the app where it is not.'
    return [{ about, state: 'mend', says, remedy }]
  }
  const well: Finding = { about, state: 'well', says: `The bot token belongs to ${team}.` }
  const missing = may.length > 0 ? scopes.filter((scope) => !may.includes(scope)) : []
  if (missing.length === 0) return [well]
  const says = `The bot token may not: ${missing.join(', ')}.`
  const remedy =
    'Paste the manifest again (npm run -s milepost -- manifest slack) and reinstall the app.'
  return [well, { about, state: 'mend', says, remedy }]
}

async function socketFinding(config: SlackConfig, appToken: string): Promise<Finding> {
  const app = await ask(config, 'apps.connections.open', appToken)
  if ('unreachable' in app) return unreachable(app.unreachable)
  if (app.ok) return { about, state: 'well', says: 'Socket Mode can connect.' }
  return {
    about,
    state: 'mend',
    says: `Slack opens no connection with SLACK_APP_TOKEN (${app.error ?? 'without a reason'}).`,
    remedy: 'Make an app-level token with connections:write, and switch Socket Mode on in the app.',
  }
}
