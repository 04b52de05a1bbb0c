import { setTimeout as pause } from 'node:timers/promises'
import { type Channel, unknownChannel } from './port.ts'

/** Slack waits three seconds for a command, and the command holds a transaction open while it asks. */
const channelLookupTimeoutMs = 1_500

/** What a platform tells of a channel, if it tells at once: else it is not known. Never throws. */
export async function withDeadline(asked: Promise<Channel> | undefined): Promise<Channel> {
  const done = new AbortController()
  try {
    const late = pause(channelLookupTimeoutMs, unknownChannel, { signal: done.signal, ref: false })
    return await Promise.race([asked ?? unknownChannel, late])
  } catch {
    // A platform that fails now is asked again before anything is posted.
    return unknownChannel
  } finally {
    done.abort()
  }
}
