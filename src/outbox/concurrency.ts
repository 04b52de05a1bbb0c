import type { PlatformName } from '../base/addresses.ts'
import type { PlatformRateLimits } from '../chat/platform-definition.ts'
import type { OpenCircuit } from './circuit-breaker.ts'
import type { SendCapacity } from './rate-limiter.ts'

/** How many messages may be claimed, of one workspace ("slack/T1") or of each workspace of a platform ("slack"). */
export interface ConcurrencyLimit {
  readonly scope: string
  readonly maxInFlight: number
  /** Messages with the fewest attempts first, instead of those due first. */
  readonly leastTriedFirst: boolean
}

/**
 * How many messages of one workspace are sent at once: a workspace that hangs takes up no more places than these. With
 * answers in 0.2 s that is 80 a second, more than either platform takes.
 */
export const maxInFlightPerWorkspace = 16

/** How many more each workspace may claim: by its rate limit, its places and its circuit breaker. */
export function concurrencyLimits(parts: {
  readonly what: 'messages' | 'changes'
  readonly capacity: SendCapacity
  readonly rateLimits: Readonly<Record<PlatformName, PlatformRateLimits>>
  readonly openCircuits: readonly OpenCircuit[]
  /** Keys of the workspaces of what is being sent, one for each message or edit. */
  readonly workspacesInFlight: readonly string[]
}): ConcurrencyLimit[] {
  const { what, capacity, rateLimits, openCircuits, workspacesInFlight } = parts
  const platforms = Object.entries(rateLimits).map(([platform, limits]) => {
    const rates = what === 'changes' ? [...limits.workspace, ...limits.edits] : limits.workspace
    const most = Math.min(maxInFlightPerWorkspace, ...rates.map(({ messages }) => messages))
    return { scope: platform, maxInFlight: most, leastTriedFirst: false }
  })
  const byPlatform = new Map(platforms.map(({ scope, maxInFlight }) => [scope, maxInFlight]))
  const byCircuit = new Map<string, number>()
  for (const { workspace, maxInFlight } of openCircuits) {
    byCircuit.set(workspace, Math.min(maxInFlight, byCircuit.get(workspace) ?? maxInFlight))
  }
  const keys = new Set([...capacity.remaining.keys(), ...byCircuit.keys(), ...workspacesInFlight])
  const workspaces = [...keys].map((key) => {
    const inFlight = workspacesInFlight.filter((workspace) => workspace === key).length
    const [platform = ''] = key.split('/', 1)
    const maxInFlight = Math.min(
      maxInFlightPerWorkspace - inFlight,
      capacity.remaining.get(key)?.[what] ?? byPlatform.get(platform) ?? 0,
      byCircuit.get(key) ?? maxInFlightPerWorkspace,
    )
    return {
      scope: key,
      maxInFlight: Math.max(0, maxInFlight),
      leastTriedFirst: byCircuit.has(key),
    }
  })
  return [...platforms, ...workspaces]
}
