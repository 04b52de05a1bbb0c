import type { Address, Place } from '../../src/base/addresses.ts'

interface PostedMessage {
  readonly key: string
  readonly conversation: string
  readonly thread: string | undefined
}

/** Looks a message up by its key, for a platform in memory whose nth message has the id "m<n>". */
export function findPosted(
  posted: readonly PostedMessage[],
  place: Place,
  key: string,
  thread: Address | undefined,
): Address | 'not there' {
  const index = posted.findIndex(
    (one) =>
      one.key === key &&
      one.conversation === place.conversation &&
      one.thread === thread?.messageId,
  )
  return index < 0 ? 'not there' : { place, messageId: `m${index + 1}` }
}
