import type { RequestListener } from 'node:http'
import { platforms } from '../../src/app/platforms.ts'
import type { PlatformAdapter } from '../../src/chat/platform-definition.ts'
import { slackRateLimits } from '../../src/platforms/slack/rate-limits.ts'
import { teamsRateLimits } from '../../src/platforms/teams/rate-limits.ts'

/** What app/ hands to whoever has to know a platform's limits or title. */

export const platformRateLimits = { slack: slackRateLimits, teams: teamsRateLimits }

export const platformTitle = platforms.title

export const explainErrorCode = platforms.explain

/** What the platform's requests reach; undefined where Milepost connects to the platform itself. */
export function listenerOf({ routes }: PlatformAdapter): RequestListener | undefined {
  return routes[0]?.listener
}
