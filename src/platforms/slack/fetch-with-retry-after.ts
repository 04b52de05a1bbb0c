/** How long to wait if Slack does not say. The documented limit is one post per second and channel, so this is ample. */
export const defaultRetryAfterMs = 30_000

/**
 * `fetch` for web-api, which throws an error without a code for a 429 without a valid Retry-After. This adds the header,
 * so that web-api throws its WebAPIRateLimitedError.
 */
export async function fetchWithRetryAfter(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request)
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10)
  if (response.status !== 429 || !Number.isNaN(seconds)) return response
  const headers = new Headers(response.headers)
  headers.set('retry-after', String(defaultRetryAfterMs / 1000))
  return new Response(response.body, { status: 429, headers })
}
