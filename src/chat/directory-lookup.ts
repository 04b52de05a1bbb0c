import type { PlatformName } from '../base/addresses.ts'
import type { Clock } from '../base/clock.ts'
import { withTimeout } from '../base/timeout.ts'
import type { ChatPlatform, DirectoryMember, DirectoryRequest } from './port.ts'

/**
 * The members of a workspace, as a command learns them: 'later' where they are still being read or the platform did not
 * answer, 'cannot tell' where the platform tells of nobody.
 */
export type Directory = readonly DirectoryMember[] | 'later' | 'cannot tell'

export type DirectoryLookup = (request: DirectoryRequest) => Promise<Directory>

/** A list is read by many calls, of which platforms allow few; within this time it is not read again. */
const keptMs = 10 * 60_000

interface KeptDirectory {
  readonly readAt: number
  readonly reading: Promise<Directory>
}

/**
 * Reads the members of workspaces, each once in ten minutes, and keeps them in memory alone. A list that takes long is
 * read to its end beside the request that asked for it. Never throws: a failed reading is 'later', and the next request
 * reads again.
 */
export function createDirectoryLookup(
  platforms: ReadonlyMap<PlatformName, Pick<ChatPlatform, 'members'>>,
  clock: Clock,
): DirectoryLookup {
  const kept = new Map<string, KeptDirectory>()
  const read = async (key: string, request: DirectoryRequest): Promise<Directory> => {
    try {
      return (await platforms.get(request.platform)?.members(request)) ?? 'cannot tell'
    } catch {
      // Whoever asked is told to ask again in a minute.
      kept.delete(key)
      return 'later'
    }
  }
  return (request) => {
    const now = clock.now().getTime()
    for (const [key, { readAt }] of kept) if (now - readAt >= keptMs) kept.delete(key)
    const { platform, tenant, channels } = request
    const key = JSON.stringify([platform, tenant, ...channels.map((each) => each.conversation)])
    const known = kept.get(key)
    if (known) return known.reading
    const reading = read(key, request)
    kept.set(key, { readAt: now, reading })
    return reading
  }
}

/** Slack waits three seconds for a command, and the command holds a transaction open during the lookup. */
const lookupTimeoutMs = 1_500

/** The members that a lookup finds; 'later' where it takes too long. Never throws. */
export async function directoryInTime(lookup: Promise<Directory> | undefined): Promise<Directory> {
  if (!lookup) return 'cannot tell'
  return (await withTimeout(lookupTimeoutMs, lookup)) ?? 'later'
}
