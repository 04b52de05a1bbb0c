/** How long to wait where Slack does not say: far more than one post a second and channel needs. */
export const defaultRetryAfterMs = 30_000

/**
 * `fetch` for web-api, which throws an error without a code for a 429 that has no valid Retry-After: such an answer gets
 * one, so that it becomes a WebAPIRateLimitedError as every other.
 */
export async function fetchWithRetryAfter(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request)
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10)
  if (response.status !== 429 || !Number.isNaN(seconds)) return response
  const headers = new Headers(response.headers)
  headers.set('retry-after', String(defaultRetryAfterMs / 1000))
  return new Response(response.body, { status: 429, headers })
}
