import { z } from 'zod'
import { type Channel, unknownChannel } from '../../chat/port.ts'
import type { ConnectorClient, ReachablePlace } from './connector-client.ts'

/** What the roster tells of somebody (Teams documentation, "Get Teams specific context": TeamsChannelAccount). */
const member = z.looseObject({ userRole: z.string().nullish(), tenantId: z.string().nullish() })

/** Of 500 people each. A team that is larger is not read to its end before each digest. */
const maxPages = 10

/**
 * Who can read a channel, by who is in it: guests, and people of another tenant, are outsiders. Whether others of the
 * organisation may join is told by Microsoft Graph alone, for which Milepost has no permission; a channel without
 * outsiders is therefore one of which we cannot tell.
 */
export async function fetchChannel(
  calls: Pick<ConnectorClient, 'members'>,
  place: ReachablePlace,
): Promise<Channel> {
  let from: string | undefined
  for (let page = 0; page < maxPages; page += 1) {
    const told = await calls.members(place, from)
    if (!told) break
    const { members, continuationToken } = told
    if (members.some((one) => isOutsider(one, place.tenant))) {
      return { ...unknownChannel, visibility: 'with outsiders' }
    }
    if (!continuationToken) break
    from = continuationToken
  }
  return unknownChannel
}

function isOutsider(told: unknown, ours: string): boolean {
  const read = member.safeParse(told)
  if (!read.success) return false
  const { userRole, tenantId } = read.data
  const isForeign = Boolean(tenantId) && tenantId?.toLowerCase() !== ours.toLowerCase()
  return isForeign || ['guest', 'anonymous'].includes(userRole ?? '')
}
