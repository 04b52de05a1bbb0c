import type { Router } from 'express'
import type { ChartWorker } from '../base/charts/worker.ts'
import type { Clock } from '../base/clock.ts'
import type { KeyRing } from '../base/encryption.ts'
import type { Log } from '../base/log.ts'
import type { OutboundProxy } from '../base/outbound-proxy.ts'
import type { Tracer } from '../base/tracing.ts'
import type { Installation } from '../chat/installation.ts'
import type { ConfiguredPlatform } from '../chat/platform-definition.ts'
import type { Store } from '../infra/open-store.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { PlatformRegistry } from './platform-registry.ts'

/** What the service is handed: everything that it does not make itself. */
export interface ServiceOptions {
  readonly store: Store
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** The command people type in Slack. */
  readonly command: string
  readonly platforms: readonly ConfiguredPlatform[]
  /** Left out: the platforms of Milepost. */
  readonly registry?: PlatformRegistry
  /** What calls to the platforms go through. Left out: nothing. */
  readonly proxy?: OutboundProxy | undefined
  /** Where browsers and the platforms reach it. */
  readonly publicUrl?: string | undefined
  /** What the tokens of workspaces are encrypted with. Left out: none can be kept, nor read. */
  readonly tokenKeys?: KeyRing | undefined
  /** How long messages stay in the outbox, in days. */
  readonly keepMessagesDays: number
  /** Who may set up programmes, and with what they can begin. Left out: nobody. */
  readonly installation?: Installation | undefined
  /** Renders the charts of digests. Left out: one in a thread of its own. */
  readonly chartWorker?: ChartWorker | undefined
  /** Whether each request is a line of the log: who saw or changed what. Left out: none is. */
  readonly hasAuditLog?: boolean
  /** Records requests and delivery attempts. Left out: nothing is recorded. */
  readonly metrics?: Metrics | undefined
  /** Measures requests, tasks and messages. Left out: nothing is measured. */
  readonly tracer?: Tracer | undefined
  /** What else is served on the same port: the pages for everybody, the playground. */
  readonly extraRouters?: readonly Router[]
}
