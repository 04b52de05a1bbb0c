import { messageOf } from '../../base/errors.ts'
import type { AuthenticationResult, TeamsAdapter } from './adapter.ts'
import { HttpError } from './endpoint.ts'
import type { TeamsActivity } from './inbound.ts'
import { muteConsole } from './mute-console.ts'

/** Checks the token of a request. Throws Refused: 401 where it is not good, 503 where it could not be checked. */
export async function authenticateRequest(
  adapter: TeamsAdapter,
  activity: TeamsActivity,
  authorization: string,
): Promise<AuthenticationResult> {
  try {
    return await muteConsole(() => adapter.authenticate(activity, authorization))
  } catch (error) {
    if (isBadToken(error)) throw new HttpError(401, messageOf(error))
    // The keys to check it with could not be had: Teams may try again.
    throw new HttpError(503, `its token could not be checked: ${messageOf(error)}`)
  }
}

/** The SDK's own AuthenticationError carries a status; jsonwebtoken's errors go by their names. */
function isBadToken(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const jwt = ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(error.name)
  return jwt || ('statusCode' in error && error.statusCode === 401)
}
