import type { ChatIdentity } from '../../base/addresses.ts'
import type { DirectoryMember, UserProfile } from '../../chat/port.ts'
import type { ConnectorClient, ReachablePlace } from './connector-client.ts'
import { type RosterMember, rosterMember, standingOf } from './roster-member.ts'

/** Of 500 people each. */
const maxPages = 10

/** Everybody in these channels, each once; Teams tells a bot of nobody else. 'cannot tell' where there is no channel. */
export async function fetchMembers(
  connector: Pick<ConnectorClient, 'members'>,
  channels: readonly ReachablePlace[],
): Promise<readonly DirectoryMember[] | 'cannot tell'> {
  const found = new Map<string, DirectoryMember>()
  for (const channel of channels) {
    for await (const member of rosterOf(connector, channel)) found.set(member.user, member)
  }
  return found.size > 0 ? [...found.values()] : 'cannot tell'
}

async function* rosterOf(
  connector: Pick<ConnectorClient, 'members'>,
  channel: ReachablePlace,
): AsyncGenerator<DirectoryMember> {
  let from: string | undefined
  for (let page = 0; page < maxPages; page += 1) {
    const roster = await connector.members(channel, from)
    for (const account of roster?.members ?? []) {
      const member = memberOf(account, channel.tenant)
      if (member) yield member
    }
    from = roster?.continuationToken
    if (!from) return
  }
}

function memberOf(account: unknown, tenant: string): DirectoryMember | undefined {
  const { data } = rosterMember.safeParse(account)
  const user = data?.aadObjectId || data?.id
  if (!data || !user) return undefined
  const names = namesOf(data)
  if (names.length === 0) return undefined
  return { user, names, email: emailOf(data), standing: standingOf(data, tenant) }
}

/** What Teams tells of one account. `user` is given where the id that requests carry is another. */
export function profileOf(
  member: RosterMember,
  asked: Pick<ChatIdentity, 'tenant' | 'user'>,
): UserProfile {
  const names = namesOf(member)
  const { aadObjectId } = member
  return {
    displayName: names[0] ?? asked.user,
    ...(aadObjectId && aadObjectId !== asked.user && { user: aadObjectId }),
    ...{ standing: standingOf(member, asked.tenant), names, email: emailOf(member) },
  }
}

function namesOf({ name, givenName, surname }: RosterMember): string[] {
  const full = givenName && surname ? `${givenName} ${surname}` : undefined
  return [...new Set([name, full].flatMap((each) => each || []))]
}

const emailOf = ({ email, userPrincipalName }: RosterMember) =>
  email || userPrincipalName || undefined
