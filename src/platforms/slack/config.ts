import { z } from 'zod'

/** How Slack is reached. Does not import Bolt, so that reading the configuration stays cheap. */

const common = {
  /** Absent: workspaces install Milepost by themselves alone. */
  botToken: z.string().startsWith('xoxb-', 'must be a bot token (xoxb-…)').optional(),
  /** By which workspaces install it by themselves; absent: none can. */
  oauth: z.object({ clientId: z.string().min(1), clientSecret: z.string().min(1) }).optional(),
  /** Base URL of the Web API, for the playground and the tests. */
  apiUrl: z.url().optional(),
}

export const SlackConfig = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('http'), signingSecret: z.string().min(1), ...common }),
  z.object({
    mode: z.literal('socket'),
    appToken: z.string().startsWith('xapp-', 'must be an app-level token (xapp-…)'),
    ...common,
  }),
])
export type SlackConfig = z.infer<typeof SlackConfig>
export type SlackOAuth = NonNullable<SlackConfig['oauth']>
