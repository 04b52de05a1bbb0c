import { messageOf } from '../../base/errors.ts'
import type { Authenticated, TeamsAdapter } from './adapter.ts'
import { Refused } from './endpoint.ts'
import type { TeamsActivity } from './inbound.ts'
import { quietly } from './mute-console.ts'

/** Checks the token of a request. Throws Refused: 401 where it is not good, 503 where it could not be checked. */
export async function authenticated(
  adapter: TeamsAdapter,
  activity: TeamsActivity,
  authorization: string,
): Promise<Authenticated> {
  try {
    return await quietly(() => adapter.authenticate(activity, authorization))
  } catch (error) {
    if (isBadToken(error)) throw new Refused(401, messageOf(error))
    // The keys to check it with could not be had: Teams may try again.
    throw new Refused(503, `its token could not be checked: ${messageOf(error)}`)
  }
}

/** The SDK's own AuthenticationError carries a status; jsonwebtoken's errors go by their names. */
function isBadToken(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const jwt = ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(error.name)
  return jwt || ('statusCode' in error && error.statusCode === 401)
}
