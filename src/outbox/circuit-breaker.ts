const second = 1_000

/** Conversations that must have failed, with none that answered between them, before a workspace is held. */
export const failureThreshold = 5
/** How long it is held for before one delivery is tried; twice as long after each that fails. */
const firstOpenMs = 5 * second
const maxOpenMs = 5 * 60 * second

/** A workspace's trouble since something in it last answered. */
interface CircuitState {
  /** Keys of the conversations that failed. One alone may be at fault itself, however often it is tried. */
  readonly failedConversations: ReadonlySet<string>
  /** How often it was held. */
  readonly openCount: number
  readonly openUntil: number
  readonly isProbing: boolean
}

/**
 * Leaves a workspace alone that does not answer: what it is to be told waits without using up its attempts, and takes
 * up nobody's place. Then one delivery is tried, the one tried least often; if that is answered, all goes on.
 * (Circuit breaker: https://learn.microsoft.com/azure/architecture/patterns/circuit-breaker)
 */
export interface CircuitBreaker {
  recordSuccess(workspace: string): void
  /** `afterMs`: how long it asked us to wait. */
  recordFailure(workspace: string, conversation: string, now: Date, afterMs?: number): void
  /** Something of it was taken in hand: where it was held, that is the one that is tried. */
  recordStart(workspace: string): void
  /** What was taken in hand ended without having asked the platform anything. */
  recordEnd(workspace: string): void
  /** Workspaces that are held or were; how many may be taken in hand there at the moment. */
  openCircuits(now: Date): OpenCircuit[]
}

/** A workspace that is held, until a moment, or tried since. */
export interface OpenCircuit {
  readonly workspace: string
  readonly maxInFlight: 0 | 1
  readonly openUntil: Date
}

export function createCircuitBreaker(): CircuitBreaker {
  const troubles = new Map<string, CircuitState>()

  const isHeld = ({ openCount }: CircuitState) => openCount > 0

  return {
    recordSuccess: (workspace) => void troubles.delete(workspace),
    recordFailure(workspace, conversation, now, afterMs = 0) {
      const before = troubles.get(workspace) ?? closedState
      const failed = new Set([...before.failedConversations, conversation])
      const opens = isHeld(before) ? before.isProbing : failed.size >= failureThreshold
      if (!opens) {
        troubles.set(workspace, { ...before, failedConversations: failed })
        return
      }
      const holdMs = Math.max(afterMs, Math.min(maxOpenMs, firstOpenMs * 2 ** before.openCount))
      const until = now.getTime() + holdMs
      troubles.set(workspace, {
        failedConversations: failed,
        openCount: before.openCount + 1,
        openUntil: until,
        isProbing: false,
      })
    },
    recordStart(workspace) {
      const trouble = troubles.get(workspace)
      if (trouble && isHeld(trouble)) troubles.set(workspace, { ...trouble, isProbing: true })
    },
    recordEnd(workspace) {
      const trouble = troubles.get(workspace)
      if (trouble) troubles.set(workspace, { ...trouble, isProbing: false })
    },
    openCircuits(now) {
      return [...troubles]
        .filter(([, trouble]) => isHeld(trouble))
        .map(([workspace, { openUntil, isProbing }]) => ({
          workspace,
          maxInFlight: isProbing || now.getTime() < openUntil ? 0 : 1,
          openUntil: new Date(openUntil),
        }))
    },
  }
}

const closedState: CircuitState = {
  failedConversations: new Set(),
  openCount: 0,
  openUntil: 0,
  isProbing: false,
}
