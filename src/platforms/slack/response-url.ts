import type { SlackMessage } from './converter/message.ts'
import { ofStatus } from './errors.ts'

/**
 * Posts to a response_url: five times within thirty minutes, without a token.
 * Throws where Slack refuses, asks to wait (RateLimited), or does not answer within ten seconds.
 * Source: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export async function postTo(
  url: string,
  message: SlackMessage & { readonly replace_original: boolean },
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', mrkdwn: false, ...message }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw ofStatus(response.status, response.headers.get('retry-after'))
}
