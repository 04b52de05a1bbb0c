import { systemClock } from '../../base/clock.ts'
import { parseRetryAfter } from '../../chat/retry-after.ts'
import type { SlackMessage } from './converter/message.ts'
import { platformErrorOfStatus } from './errors.ts'

/**
 * Posts to a response_url, which takes five messages within thirty minutes and no token.
 * @throws RateLimitedError on a 429, PlatformUnavailableError on another error status, TimeoutError after ten seconds.
 * Source: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export async function postToResponseUrl(
  url: string,
  message: SlackMessage & { readonly replace_original: boolean },
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', mrkdwn: false, ...message }),
    signal: AbortSignal.timeout(10_000),
  })
  if (response.ok) return
  const waitMs = parseRetryAfter(response.headers.get('retry-after'), systemClock.now())
  throw platformErrorOfStatus(response.status, waitMs)
}
