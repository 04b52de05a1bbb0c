import type { webApi } from '@slack/bolt'
import type { Clock } from '../../base/clock.ts'
import { callSlack } from './errors.ts'
import { readUsers, type SlackUser, standingOf } from './members.ts'
import { isLastPage, readPages } from './pages.ts'

/**
 * Whether guests, or people of other organisations, are among the members of a channel. Slack says of each account alone
 * what it is, so that is kept for an hour; who is in the channel is asked each time.
 * Source: https://docs.slack.dev/reference/methods/conversations.members
 */
export interface ChannelMembers {
  /**
   * Undefined where that takes more calls than Slack allows at once: ask again in a minute; and where it found none in as
   * much of a large channel as it reads. @throws PlatformError
   */
  hasOutsiders(
    client: webApi.WebClient,
    team: string,
    channel: string,
  ): Promise<boolean | undefined>
}

const pageSize = 1_000
/** 10,000 members. A larger channel is not read to its end before each digest: whether guests are in it is not known. */
const maxPages = 10
/** Of more accounts than these the whole workspace is read, which takes fewer calls. */
const maxAskedSingly = 40
const keptMs = 60 * 60_000
/** Of all workspaces together. */
const maxKept = 100_000

export function createChannelMembers(clock: Clock): ChannelMembers {
  const kept = new Map<string, { readonly isOutsider: boolean; readonly until: number }>()

  function keep(team: string, user: string | undefined, found: SlackUser): void {
    if (!user) return
    if (kept.size >= maxKept) kept.clear()
    const standing = standingOf(found)
    const isOutsider = standing === 'guest' || standing === 'outsider'
    kept.set(`${team}/${user}`, { isOutsider, until: clock.now().getTime() + keptMs })
  }

  function isOutsider(team: string, user: string): boolean | undefined {
    const known = kept.get(`${team}/${user}`)
    return known && known.until > clock.now().getTime() ? known.isOutsider : undefined
  }

  return {
    async hasOutsiders(client, team, channel) {
      const { members, isWhole } = await readMembers(client, channel)
      const unknown = () => members.filter((user) => isOutsider(team, user) === undefined)
      const hasAny = () => members.some((user) => isOutsider(team, user))
      if (hasAny()) return true
      if (unknown().length > maxAskedSingly) {
        for await (const user of readUsers(client)) keep(team, user.id, user)
      }
      // The list of a workspace lacks the people of other workspaces of the same Slack organisation.
      await Promise.all(
        unknown()
          .slice(0, maxAskedSingly)
          .map(async (user) => {
            const { user: found = {} } = await callSlack(() => client.users.info({ user }))
            keep(team, user, found)
          }),
      )
      if (hasAny()) return true
      return isWhole && unknown().length === 0 ? false : undefined
    },
  }
}

async function readMembers(
  client: webApi.WebClient,
  channel: string,
): Promise<{ members: string[]; isWhole: boolean }> {
  const all: string[] = []
  let isWhole = false
  const pages = readPages(maxPages, (cursor) =>
    client.conversations.members({ channel, limit: pageSize, ...cursor }),
  )
  for await (const page of pages) {
    all.push(...(page.members ?? []))
    isWhole = isLastPage(page)
  }
  return { members: all, isWhole }
}
