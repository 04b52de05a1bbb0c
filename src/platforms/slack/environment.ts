import { z } from 'zod'
import { defineEnvironment, type EnvironmentValues } from '../../chat/platform-definition.ts'
import { SlackConfig } from './config.ts'

/** A token in the settings cannot be renewed: whoever renews it has to save what it is renewed with. */
const botTokenText =
  'must begin with xoxb-. One that begins with xoxe. ends after twelve hours: leave it out, and install Milepost by a link (docs/organisations.md)'

const schema = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', botTokenText).optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must begin with xapp-').optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_API_URL: z.url().optional(),
})

export const slackEnvironment = defineEnvironment(schema, {
  isGiven: ({ SLACK_BOT_TOKEN, SLACK_CLIENT_ID }) =>
    SLACK_BOT_TOKEN !== undefined || SLACK_CLIENT_ID !== undefined,
  findMissing,
  toConfig,
})

function findMissing(values: EnvironmentValues): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: app } = values
  const { SLACK_CLIENT_ID: client } = values
  const problems = findMissingOfInstalls(values)
  if ((bot || client) && !secret && !app) {
    const beside = bot ? 'SLACK_BOT_TOKEN' : 'SLACK_CLIENT_ID'
    problems.push(
      `SLACK_SIGNING_SECRET (for HTTP) or SLACK_APP_TOKEN (for Socket Mode) is missing beside ${beside}`,
    )
  }
  if ((secret || app) && !bot && !client) {
    problems.push('SLACK_BOT_TOKEN is missing beside the other SLACK_ names')
  }
  return problems
}

/** What it takes that workspaces can install Milepost by themselves. */
function findMissingOfInstalls(values: EnvironmentValues): string[] {
  const { SLACK_CLIENT_ID: client, SLACK_CLIENT_SECRET: secret } = values
  if (secret && !client) return ['SLACK_CLIENT_ID is missing beside SLACK_CLIENT_SECRET']
  if (!client) return []
  const needed = ['SLACK_CLIENT_SECRET', 'PUBLIC_URL', 'TOKEN_KEYS']
  return needed.flatMap((name) =>
    values[name] ? [] : [`${name} is missing beside SLACK_CLIENT_ID`],
  )
}

/** With both secrets set, the app-level token wins: Socket Mode needs no address that Slack can reach. */
function toConfig({
  SLACK_BOT_TOKEN: botToken,
  SLACK_SIGNING_SECRET: signingSecret,
  SLACK_APP_TOKEN: appToken,
  SLACK_CLIENT_ID: clientId,
  SLACK_CLIENT_SECRET: clientSecret,
  SLACK_API_URL: apiUrl,
}: z.infer<typeof schema>): SlackConfig | undefined {
  if (!botToken && !clientId) return undefined
  const oauth = clientId && clientSecret ? { clientId, clientSecret } : undefined
  const common = { ...(botToken && { botToken }), ...(oauth && { oauth }), apiUrl }
  return SlackConfig.parse(
    appToken ? { ...common, mode: 'socket', appToken } : { ...common, mode: 'http', signingSecret },
  )
}
