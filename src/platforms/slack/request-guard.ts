import type { RequestListener } from 'node:http'
import type { HTTPReceiver } from '@slack/bolt'
import type { Clock } from '../../base/clock.ts'

/** What clocks may differ by. */
const clockSkewMs = 60_000

/**
 * Bolt's listener, with what it lets pass. Bolt refuses wrong signatures and requests older than five minutes,
 * but takes a timestamp from the future: whoever recorded such a request could replay it for that long.
 */
export function guardRequests(
  receiver: HTTPReceiver,
  clock: Clock,
  isOpen: () => boolean,
): RequestListener {
  return (request, response) => {
    const stated = Number(request.headers['x-slack-request-timestamp']) * 1000
    if (stated > clock.now().getTime() + clockSkewMs) {
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
      // Bolt throws for any path or method but its own.
      response.writeHead(404).end()
    }
  }
}
