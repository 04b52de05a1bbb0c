import type { RequestListener } from 'node:http'
import type { HTTPReceiver } from '@slack/bolt'
import type { Clock } from '../../base/clock.ts'

/** How far Slack's clock may be ahead of ours. */
const clockSkewMs = 60_000

/**
 * Bolt's listener, with a check that Bolt lacks. Bolt refuses wrong signatures and requests older than five minutes,
 * but accepts a timestamp in the future, with which a recorded request could be replayed for that much longer.
 * Answers 401 to such a request, 503 before `isOpen`, and 404 for another path or method.
 */
export function guardRequests(
  receiver: HTTPReceiver,
  clock: Clock,
  isOpen: () => boolean,
): RequestListener {
  return (request, response) => {
    const timestampMs = Number(request.headers['x-slack-request-timestamp']) * 1000
    if (timestampMs > clock.now().getTime() + clockSkewMs) {
      response.writeHead(401).end()
      return
    }
    if (!isOpen()) {
      response.writeHead(503).end()
      return
    }
    try {
      receiver.requestListener(request, response)
    } catch {
      // Bolt throws for any other path or method.
      response.writeHead(404).end()
    }
  }
}
