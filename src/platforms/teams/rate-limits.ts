import type { PlatformRateLimits } from '../../chat/platform-definition.ts'

/**
 * In a thread 7 messages a second, 60 in 30 seconds, 1,800 an hour; in a tenant 50 a second.
 * Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
export const teamsRateLimits: PlatformRateLimits = {
  conversation: [
    { messages: 7, perMs: 1_000 },
    { messages: 60, perMs: 30_000 },
    { messages: 1_800, perMs: 3_600_000 },
  ],
  workspace: [{ messages: 50, perMs: 1_000 }],
  edits: [],
}
