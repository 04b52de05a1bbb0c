import type { PlatformName } from '../base/addresses.ts'
import type { PlatformRateLimits } from '../chat/platform-definition.ts'
import type { OpenCircuit } from './circuit-breaker.ts'
import type { SendCapacity } from './rate-limiter.ts'

/** How many deliveries may be taken in hand, of one workspace ("slack/T1") or of each of a platform ("slack"). */
export interface ConcurrencyLimit {
  readonly scope: string
  readonly maxInFlight: number
  /** Those tried least often first, instead of those due first. */
  readonly leastTriedFirst: boolean
}

/**
 * How many deliveries of one workspace are in hand at once: one that hangs takes up no more places than these. With
 * answers in 0.2 s that is 80 a second, more than either platform takes.
 */
export const maxInFlightPerWorkspace = 16

/** What each workspace may have in hand beside what it has: by its pace, its place and whether it answers at all. */
export function concurrencyLimits(parts: {
  readonly what: 'messages' | 'changes'
  readonly room: SendCapacity
  readonly paces: Readonly<Record<PlatformName, PlatformRateLimits>>
  readonly troubled: readonly OpenCircuit[]
  /** Keys of the workspaces of what is in hand, one for each delivery. */
  readonly inHand: readonly string[]
}): ConcurrencyLimit[] {
  const { what, room, paces, troubled, inHand } = parts
  const platforms = Object.entries(paces).map(([platform, pace]) => {
    const rates = what === 'changes' ? [...pace.workspace, ...pace.edits] : pace.workspace
    const most = Math.min(maxInFlightPerWorkspace, ...rates.map(({ messages }) => messages))
    return { scope: platform, maxInFlight: most, leastTriedFirst: false }
  })
  const basic = new Map(platforms.map(({ scope, maxInFlight }) => [scope, maxInFlight]))
  const trouble = new Map(troubled.map(({ workspace, maxInFlight }) => [workspace, maxInFlight]))
  const workspaces = [...new Set([...room.remaining.keys(), ...trouble.keys(), ...inHand])].map(
    (of) => {
      const places = maxInFlightPerWorkspace - inHand.filter((workspace) => workspace === of).length
      const left = room.remaining.get(of)?.[what] ?? basic.get(of.split('/', 1)[0] ?? '') ?? 0
      const most = Math.max(0, Math.min(places, left, trouble.get(of) ?? maxInFlightPerWorkspace))
      return { scope: of, maxInFlight: most, leastTriedFirst: trouble.has(of) }
    },
  )
  return [...platforms, ...workspaces]
}
