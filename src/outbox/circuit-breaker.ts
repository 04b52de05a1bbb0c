const second = 1_000

/** So many conversations must have failed, with no success between them, before a workspace's circuit opens. */
export const failureThreshold = 5
/** How long it stays open before one message is tried; doubled after each that fails. */
const firstOpenMs = 5 * second
const maxOpenMs = 5 * 60 * second

/** A workspace's failures since its last success. */
interface CircuitState {
  /** Keys of the conversations that failed: counted once each, because one alone may be at fault itself. */
  readonly failedConversations: ReadonlySet<string>
  /** How often it opened. */
  readonly openCount: number
  readonly openUntil: number
  readonly isProbing: boolean
}

/**
 * Leaves a workspace alone that does not answer: its messages wait without using up attempts or places. Then one message
 * is tried, the one with the fewest attempts; its success closes the circuit.
 * https://learn.microsoft.com/azure/architecture/patterns/circuit-breaker
 */
export interface CircuitBreaker {
  recordSuccess(workspace: string): void
  /** `afterMs`: how long the platform asked us to wait. */
  recordFailure(workspace: string, conversation: string, now: Date, afterMs?: number): void
  /** A message of it was started: where the circuit was open, that is the probe. */
  recordStart(workspace: string): void
  /** A message that was started ended, perhaps without a call to the platform. */
  recordEnd(workspace: string): void
  /** Workspaces whose circuit has opened since their last success. */
  openCircuits(now: Date): OpenCircuit[]
}

/** A workspace that is left alone until a moment, and probed after it. */
export interface OpenCircuit {
  readonly workspace: string
  readonly maxInFlight: 0 | 1
  readonly openUntil: Date
}

export function createCircuitBreaker(): CircuitBreaker {
  const circuits = new Map<string, CircuitState>()

  const isOpen = ({ openCount }: CircuitState) => openCount > 0

  return {
    recordSuccess: (workspace) => void circuits.delete(workspace),
    recordFailure(workspace, conversation, now, afterMs = 0) {
      const before = circuits.get(workspace) ?? closedState
      const failed = new Set([...before.failedConversations, conversation])
      const opens = isOpen(before) ? before.isProbing : failed.size >= failureThreshold
      if (!opens) {
        circuits.set(workspace, { ...before, failedConversations: failed })
        return
      }
      const openMs = Math.max(afterMs, Math.min(maxOpenMs, firstOpenMs * 2 ** before.openCount))
      circuits.set(workspace, {
        failedConversations: failed,
        openCount: before.openCount + 1,
        openUntil: now.getTime() + openMs,
        isProbing: false,
      })
    },
    recordStart(workspace) {
      const circuit = circuits.get(workspace)
      if (circuit && isOpen(circuit)) circuits.set(workspace, { ...circuit, isProbing: true })
    },
    recordEnd(workspace) {
      const circuit = circuits.get(workspace)
      if (circuit) circuits.set(workspace, { ...circuit, isProbing: false })
    },
    openCircuits(now) {
      return [...circuits]
        .filter(([, circuit]) => isOpen(circuit))
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
