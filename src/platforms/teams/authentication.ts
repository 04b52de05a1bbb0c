import { messageOf } from '../../base/errors.ts'
import { HttpError } from '../../chat/request-body.ts'
import type { AuthenticationResult, TeamsAdapter } from './adapter.ts'
import type { TeamsActivity } from './inbound.ts'

/** Checks the token of a request. @throws HttpError 401 for a bad token, 503 if it could not be checked. */
export async function authenticateRequest(
  adapter: TeamsAdapter,
  activity: TeamsActivity,
  authorization: string,
): Promise<AuthenticationResult> {
  try {
    return await adapter.authenticate(activity, authorization)
  } catch (error) {
    if (isBadToken(error)) throw new HttpError(401, messageOf(error))
    // Microsoft's signing keys could not be fetched: Teams may try again.
    throw new HttpError(503, `its token could not be checked: ${messageOf(error)}`)
  }
}

/** The SDK's AuthenticationError has a status; jsonwebtoken's errors are recognised by name. */
function isBadToken(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const jwt = ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(error.name)
  return jwt || ('statusCode' in error && error.statusCode === 401)
}
