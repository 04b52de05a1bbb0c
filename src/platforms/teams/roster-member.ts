import { z } from 'zod'
import type { Standing } from '../../base/standing.ts'

/** A member in the roster. Source: Teams documentation, "Get Teams specific context", TeamsChannelAccount. */
export const rosterMember = z.looseObject({
  id: z.string().nullish(),
  name: z.string().nullish(),
  givenName: z.string().nullish(),
  surname: z.string().nullish(),
  email: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  userRole: z.string().nullish(),
  tenantId: z.string().nullish(),
})
export type RosterMember = z.infer<typeof rosterMember>

/** What a member is to the tenant; a roster lists neither programs nor accounts that were closed. */
export function standingOf(
  { userRole, tenantId }: Pick<RosterMember, 'userRole' | 'tenantId'>,
  ownTenantId: string,
): Standing {
  if (tenantId && tenantId.toLowerCase() !== ownTenantId.toLowerCase()) return 'outsider'
  return ['guest', 'anonymous'].includes(userRole ?? '') ? 'guest' : 'employee'
}
