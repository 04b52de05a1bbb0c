import { systemClock } from '../../base/clock.ts'
import { parseRetryAfter } from '../../chat/retry-after.ts'

/** How long to wait if Slack does not say. The documented limit is one post per second and channel, so this is ample. */
export const defaultRetryAfterMs = 30_000

/**
 * `fetch` for web-api, which reads the Retry-After of a 429 as a whole number of seconds alone, and throws an error
 * without a code where it is not one. This makes it one, whatever came, so that web-api throws its
 * WebAPIRateLimitedError.
 */
export async function fetchWithRetryAfter(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request)
  if (response.status !== 429) return response
  const waitMs = parseRetryAfter(response.headers.get('retry-after'), systemClock.now())
  const headers = new Headers(response.headers)
  headers.set('retry-after', String(Math.ceil((waitMs ?? defaultRetryAfterMs) / 1000)))
  return new Response(response.body, { status: 429, headers })
}
