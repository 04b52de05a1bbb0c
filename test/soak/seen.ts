import type { SlackWorkspace } from '../../src/playground/slack/workspace.ts'
import type { TeamsTenant } from '../../src/playground/teams/tenant.ts'

/** What every message of a soak says, so that it can be counted where it stands. */
const marker = /soak-\d+/g

/** How often each marker stands in a Slack workspace, as this person sees it. */
export function countInSlack(workspace: SlackWorkspace, user: string): Map<string, number> {
  const { conversations } = workspace.snapshot(user)
  return countIn(conversations.flatMap(({ messages }) => messages))
}

/** How often each marker stands in this person's own chat in Teams. */
export function countInTeams(tenant: TeamsTenant, user: string): Map<string, number> {
  return countIn(tenant.snapshot(user).chat.messages)
}

export function added(counts: readonly Map<string, number>[]): Map<string, number> {
  const all = new Map<string, number>()
  for (const [found, times] of counts.flatMap((one) => [...one])) {
    all.set(found, (all.get(found) ?? 0) + times)
  }
  return all
}

/** A message that says its marker in two places is one message. */
function countIn(messages: readonly object[]): Map<string, number> {
  return added(
    messages.map((message) => {
      const found = new Set(JSON.stringify(message).match(marker))
      return new Map([...found].map((each) => [each, 1]))
    }),
  )
}
