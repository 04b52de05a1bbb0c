import type { Workspace } from '../base/addresses.ts'
import type { Clock } from '../base/clock.ts'
import type { Timers } from '../base/timeout.ts'
import type { Database } from '../infra/db.ts'
import type { AttemptObserver } from './attempt.ts'
import type { OpenCircuit } from './circuit-breaker.ts'
import type { LastFailure } from './claim-store.ts'
import { retryPersist } from './in-flight.ts'
import { workspaceKey } from './rate-limiter.ts'
import type { Reroute } from './reroute.ts'
import type { EditResult, FailedCall, LookupResult } from './state-machine.ts'
import {
  cappedProbeIntervalMs,
  endOutage,
  loadOutages,
  recordOutage,
  releaseProbe,
  takeProbe,
  type WorkspaceOutage,
} from './workspace-outages.ts'

/**
 * Keeps messages from workspaces that refuse Milepost (see workspace-outages.ts). Unlike the circuit breaker, which is of
 * one process and forgets, what it knows is in the database: no message is given up for it, whatever it takes to mend.
 */
export interface WorkspaceGate {
  /** Reads the outages, and moves messages to people's other accounts; call it before each claim. */
  refresh(): Promise<void>
  /** The broken workspaces, as read last: one message may be claimed where none is in flight and the wait is over. */
  openCircuits(now: Date, workspacesInFlight: readonly string[]): OpenCircuit[]
  /** Makes an attempt, and records what it says of its workspace. 'not now': another message tries the workspace. */
  attempt<Next>(
    target: { readonly place: Workspace; readonly lastFailure: LastFailure },
    observer: AttemptObserver,
    make: (observer: AttemptObserver) => Promise<Next>,
  ): Promise<Next | 'not now'>
}

export function createWorkspaceGate(
  db: Database,
  clock: Clock,
  isStopping: () => boolean,
  timers: Pick<Timers, 'sleep'>,
  reroute: Reroute,
): WorkspaceGate {
  let outages: ReadonlyMap<string, WorkspaceOutage> = new Map()
  const persist = (work: () => Promise<void>) => retryPersist(work, isStopping, timers)

  return {
    async refresh() {
      outages = new Map((await loadOutages(db)).map((one) => [workspaceKey(one), one]))
      const now = clock.now()
      // Where a probe is due, a message may be it: else nobody would learn that the workspace was mended.
      await reroute(
        [...outages.values()].filter(({ probeAt }) => probeAt > now),
        now,
      )
    },

    openCircuits: (now, workspacesInFlight) =>
      [...outages].map(([workspace, { probeAt }]) => ({
        workspace,
        maxInFlight: probeAt <= now && !workspacesInFlight.includes(workspace) ? 1 : 0,
        openUntil: probeAt,
      })),

    async attempt({ place, lastFailure }, observer, make) {
      const outage = outages.get(workspaceKey(place))
      if (outage && !(await takeProbe(db, place, clock.now()))) return 'not now'
      let result: LookupResult | EditResult | undefined
      const next = await make({
        ...observer,
        onResult(given) {
          const taken = isAlone(given, outage, lastFailure) ? ofRecipient(given) : given
          result = taken
          observer.onResult(taken)
          return taken
        },
      })
      await persist(async () => {
        if (result?.kind === 'workspace broken') {
          await recordOutage(db, place, result.code, clock.now())
        } else if (result?.kind === 'rate limited' && result.isCapped) {
          await recordOutage(db, place, result.code, clock.now(), cappedProbeIntervalMs)
        } else if (outage && !result) await releaseProbe(db, place, clock.now())
        else if (outage && result && isWorking(result)) await endOutage(db, place)
      })
      return next
    },
  }
}

type Refusal = Extract<FailedCall, { kind: 'workspace broken' }>

/** More than lies between two messages that were in flight when their workspace began to refuse them. */
const concurrentMs = 30_000

/**
 * Whether a message is refused once more although its workspace has taken others since: the outage with which it was
 * refused first is over. Then it is not the workspace.
 */
function isAlone(
  result: LookupResult | EditResult,
  outage: WorkspaceOutage | undefined,
  { code, at }: LastFailure,
): result is Refusal {
  if (result.kind !== 'workspace broken' || result.code !== code) return false
  return !outage || outage.since.getTime() - at.getTime() > concurrentMs
}

function ofRecipient({ mayConcernRecipient, code, reason }: Refusal): FailedCall {
  return mayConcernRecipient
    ? { kind: 'gone', who: 'channel', code, reason }
    : { kind: 'unavailable', posted: 'no', code, reason }
}

/** Whether a result shows that the workspace lets Milepost in. */
function isWorking({ kind }: LookupResult | EditResult): boolean {
  return kind !== 'unavailable' && kind !== 'rate limited' && kind !== 'cannot tell'
}
