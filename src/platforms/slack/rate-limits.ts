import type { PlatformRateLimits } from '../../chat/platform-definition.ts'

/**
 * One message a second in a channel, "several hundred" a minute in a workspace, chat.update 50 times a minute.
 * Source: https://docs.slack.dev/apis/web-api/rate-limits
 */
export const slackRateLimits: PlatformRateLimits = {
  conversation: [{ messages: 1, perMs: 1_000 }],
  workspace: [{ messages: 200, perMs: 60_000 }],
  edits: [{ messages: 50, perMs: 60_000 }],
}
