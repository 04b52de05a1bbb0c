import { z } from 'zod'
import { defineEnvironment, type EnvironmentValues } from '../../chat/platform-definition.ts'
import { SlackConfig } from './config.ts'

const schema = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must begin with xoxb-').optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must begin with xapp-').optional(),
  SLACK_API_URL: z.url().optional(),
})

export const slackEnvironment = defineEnvironment(schema, {
  isGiven: ({ SLACK_BOT_TOKEN }) => SLACK_BOT_TOKEN !== undefined,
  findMissing,
  toConfig,
})

function findMissing(values: EnvironmentValues): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: app } = values
  if (bot && !secret && !app) {
    return [
      'SLACK_SIGNING_SECRET (for HTTP) or SLACK_APP_TOKEN (for Socket Mode) is missing beside SLACK_BOT_TOKEN',
    ]
  }
  return (secret || app) && !bot ? ['SLACK_BOT_TOKEN is missing beside the other SLACK_ names'] : []
}

/** With both secrets set, the app-level token wins: Socket Mode needs no address that Slack can reach. */
function toConfig({
  SLACK_BOT_TOKEN: botToken,
  SLACK_SIGNING_SECRET: signingSecret,
  SLACK_APP_TOKEN: appToken,
  SLACK_API_URL: apiUrl,
}: z.infer<typeof schema>): SlackConfig | undefined {
  if (!botToken) return undefined
  const common = { botToken, apiUrl }
  return SlackConfig.parse(
    appToken ? { ...common, mode: 'socket', appToken } : { ...common, mode: 'http', signingSecret },
  )
}
