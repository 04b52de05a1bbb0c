import type { PlatformName } from '../chat/request.ts'
import type { Held } from './circuit-breaker.ts'
import type { Pace, Room } from './rate-limiter.ts'

/** How many deliveries may be taken in hand, of one workspace ("slack/T1") or of each of a platform ("slack"). */
export interface Share {
  readonly of: string
  readonly most: number
  /** Those tried least often first, instead of those due first. */
  readonly freshest: boolean
}

/**
 * How many deliveries of one workspace are in hand at once: one that hangs takes up no more places than these. With
 * answers in 0.2 s that is 80 a second, more than either platform takes.
 */
export const mostInHand = 16

/** What each workspace may have in hand beside what it has: by its pace, its place and whether it answers at all. */
export function sharesOf(parts: {
  readonly what: 'messages' | 'changes'
  readonly room: Room
  readonly paces: Readonly<Record<PlatformName, Pace>>
  readonly troubled: readonly Held[]
  /** Keys of the workspaces of what is in hand, one for each delivery. */
  readonly inHand: readonly string[]
}): Share[] {
  const { what, room, paces, troubled, inHand } = parts
  const platforms = Object.entries(paces).map(([platform, pace]) => {
    const rates = what === 'changes' ? [...pace.workspace, ...pace.changes] : pace.workspace
    const most = Math.min(mostInHand, ...rates.map(({ messages }) => messages))
    return { of: platform, most, freshest: false }
  })
  const basic = new Map(platforms.map(({ of, most }) => [of, most]))
  const trouble = new Map(troubled.map(({ workspace, most }) => [workspace, most]))
  const workspaces = [...new Set([...room.left.keys(), ...trouble.keys(), ...inHand])].map((of) => {
    const places = mostInHand - inHand.filter((workspace) => workspace === of).length
    const left = room.left.get(of)?.[what] ?? basic.get(of.split('/', 1)[0] ?? '') ?? 0
    const most = Math.max(0, Math.min(places, left, trouble.get(of) ?? mostInHand))
    return { of, most, freshest: trouble.has(of) }
  })
  return [...platforms, ...workspaces]
}
