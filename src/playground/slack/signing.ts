import { createHmac } from 'node:crypto'

/**
 * The headers with which Slack signs a request. `seconds` is the time of signing, in seconds since 1970.
 * Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function signatureHeaders(
  secret: string,
  seconds: number,
  body: string,
): Record<string, string> {
  const hmac = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${hmac}` }
}
