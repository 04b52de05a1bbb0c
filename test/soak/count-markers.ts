import type { SlackWorkspace } from '../../src/playground/slack/workspace.ts'
import type { TeamsTenant } from '../../src/playground/teams/tenant.ts'

/** Every message of a soak has a marker of its own, by which it is counted on the platform. */
const markerPattern = /soak-\d+/g

/** How often this person sees each marker in a Slack workspace. */
export function countInSlack(workspace: SlackWorkspace, user: string): Map<string, number> {
  const { conversations } = workspace.snapshot(user)
  return countIn(conversations.flatMap(({ messages }) => messages))
}

/** How often this person sees each marker in their chat with the bot in Teams. */
export function countInTeams(tenant: TeamsTenant, user: string): Map<string, number> {
  return countIn(tenant.snapshot(user).chat.messages)
}

export function sumCounts(counts: readonly Map<string, number>[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const [marker, times] of counts.flatMap((one) => [...one])) {
    totals.set(marker, (totals.get(marker) ?? 0) + times)
  }
  return totals
}

/** Counts a message once, even where it has its marker twice (text and fallback text). */
function countIn(messages: readonly object[]): Map<string, number> {
  return sumCounts(
    messages.map((message) => {
      const found = new Set(JSON.stringify(message).match(markerPattern))
      return new Map([...found].map((each) => [each, 1]))
    }),
  )
}
