import { type Channel, unknownChannel } from '../../chat/port.ts'
import type { ConnectorClient, ReachablePlace } from './connector-client.ts'
import { rosterMember, standingOf } from './roster-member.ts'

/** Of 500 people each. A larger team is not read to its end before each digest. */
const maxPages = 10

/**
 * Who can read a channel, judged by its members: guests and people of another tenant are outsiders. Only Microsoft
 * Graph tells whether others in the organisation may join, and Milepost has no permission for it, so a channel without
 * outsiders is one of which we cannot tell.
 */
export async function fetchChannel(
  connector: Pick<ConnectorClient, 'members'>,
  place: ReachablePlace,
): Promise<Channel> {
  let from: string | undefined
  for (let page = 0; page < maxPages; page += 1) {
    const roster = await connector.members(place, from)
    if (!roster) break
    const { members = [], continuationToken } = roster
    if (members.some((account) => isOutsider(account, place.tenant))) {
      return { ...unknownChannel, visibility: 'with outsiders' }
    }
    if (!continuationToken) break
    from = continuationToken
  }
  return unknownChannel
}

function isOutsider(account: unknown, ownTenantId: string): boolean {
  const parsed = rosterMember.safeParse(account)
  return parsed.success && standingOf(parsed.data, ownTenantId) !== 'employee'
}
