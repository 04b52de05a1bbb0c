import type { webApi } from '@slack/bolt'
import type { Standing } from '../../base/standing.ts'
import {
  type DirectoryMember,
  PlatformUnavailableError,
  type UserProfile,
} from '../../chat/port.ts'
import { readPages } from './pages.ts'

/** The parts of Slack's user object that we read. Source: https://docs.slack.dev/reference/objects/user-object */
export interface SlackUser {
  readonly id?: string
  readonly team_id?: string
  readonly name?: string
  readonly real_name?: string
  readonly tz?: string
  readonly deleted?: boolean
  readonly is_bot?: boolean
  readonly is_restricted?: boolean
  readonly is_ultra_restricted?: boolean
  readonly is_stranger?: boolean
  readonly profile?: {
    readonly real_name?: string
    readonly display_name?: string
    /** Absent without the scope users:read.email. */
    readonly email?: string
    readonly title?: string
  }
}

/** Slackbot is a program, though Slack does not mark it as one. */
const slackbot = 'USLACKBOT'

export function standingOf(user: SlackUser): Standing {
  if (user.deleted) return 'deactivated'
  if (user.is_bot || user.id === slackbot) return 'bot'
  if (user.is_stranger) return 'outsider'
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'employee'
}

function namesOf({ real_name, profile, name }: SlackUser): string[] {
  const names = [real_name, profile?.real_name, profile?.display_name, name]
  return [...new Set(names.flatMap((each) => each || []))]
}

/** What Slack tells of one account; `user`: the id that was asked for. */
export function profileOf(found: SlackUser, user: string, displayName?: string): UserProfile {
  const names = namesOf(found)
  return {
    displayName: names[0] ?? displayName ?? user,
    zone: found.tz,
    standing: standingOf(found),
    names,
    email: found.profile?.email || undefined,
  }
}

/** The most that Slack gives at once without trouble; it allows about twenty calls a minute. */
const pageSize = 500
const maxPages = 20

/** The accounts of the workspace, closed ones included, 10,000 at most. */
export async function fetchMembers(client: webApi.WebClient): Promise<DirectoryMember[]> {
  const members: DirectoryMember[] = []
  for await (const user of readUsers(client)) members.push(...membersOf(user))
  return members
}

/** Each of those accounts, as soon as its page is there. Source: https://docs.slack.dev/reference/methods/users.list */
export async function* readUsers(client: webApi.WebClient): AsyncGenerator<SlackUser, void> {
  const pages = readPages(maxPages, (cursor) => client.users.list({ limit: pageSize, ...cursor }))
  for await (const { members } of pages) {
    if (!members)
      throw new PlatformUnavailableError('no_members', 'Slack gave no list of members.', 'no')
    yield* members
  }
}

/** None of an account without a name. */
function membersOf(user: SlackUser): DirectoryMember[] {
  const names = namesOf(user)
  if (!user.id || names.length === 0) return []
  const { email, title } = user.profile ?? {}
  const member = { user: user.id, names, standing: standingOf(user) }
  return [{ ...member, email: email || undefined, title: title || undefined }]
}
