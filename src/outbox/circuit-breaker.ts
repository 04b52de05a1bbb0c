const second = 1_000

/** Conversations that must have failed, with none that answered between them, before a workspace is held. */
export const failuresThatHold = 5
/** How long it is held for before one delivery is tried; twice as long after each that fails. */
const firstHoldMs = 5 * second
const longestHoldMs = 5 * 60 * second

/** A workspace's trouble since something in it last answered. */
interface Trouble {
  /** Keys of the conversations that failed. One alone may be at fault itself, however often it is tried. */
  readonly failed: ReadonlySet<string>
  /** How often it was held. */
  readonly holds: number
  readonly until: number
  readonly trying: boolean
}

/**
 * Leaves a workspace alone that does not answer: what it is to be told waits without using up its attempts, and takes
 * up nobody's place. Then one delivery is tried, the one tried least often; if that is answered, all goes on.
 * (Circuit breaker: https://learn.microsoft.com/azure/architecture/patterns/circuit-breaker)
 */
export interface Circuit {
  answered(workspace: string): void
  /** `afterMs`: how long it asked us to wait. */
  failed(workspace: string, conversation: string, now: Date, afterMs?: number): void
  /** Something of it was taken in hand: where it was held, that is the one that is tried. */
  taken(workspace: string): void
  /** What was taken in hand ended without having asked the platform anything. */
  released(workspace: string): void
  /** Workspaces that are held or were; how many may be taken in hand there at the moment. */
  troubled(now: Date): Held[]
}

/** A workspace that is held, until a moment, or tried since. */
export interface Held {
  readonly workspace: string
  readonly most: 0 | 1
  readonly until: Date
}

export function createCircuit(): Circuit {
  const troubles = new Map<string, Trouble>()

  const isHeld = ({ holds }: Trouble) => holds > 0

  return {
    answered: (workspace) => void troubles.delete(workspace),
    failed(workspace, conversation, now, afterMs = 0) {
      const before = troubles.get(workspace) ?? calm
      const failed = new Set([...before.failed, conversation])
      const opens = isHeld(before) ? before.trying : failed.size >= failuresThatHold
      if (!opens) {
        troubles.set(workspace, { ...before, failed })
        return
      }
      const holdMs = Math.max(afterMs, Math.min(longestHoldMs, firstHoldMs * 2 ** before.holds))
      const until = now.getTime() + holdMs
      troubles.set(workspace, { failed, holds: before.holds + 1, until, trying: false })
    },
    taken(workspace) {
      const trouble = troubles.get(workspace)
      if (trouble && isHeld(trouble)) troubles.set(workspace, { ...trouble, trying: true })
    },
    released(workspace) {
      const trouble = troubles.get(workspace)
      if (trouble) troubles.set(workspace, { ...trouble, trying: false })
    },
    troubled(now) {
      return [...troubles]
        .filter(([, trouble]) => isHeld(trouble))
        .map(([workspace, { until, trying }]) => ({
          workspace,
          most: trying || now.getTime() < until ? 0 : 1,
          until: new Date(until),
        }))
    },
  }
}

const calm: Trouble = { failed: new Set(), holds: 0, until: 0, trying: false }
