import type { Place, PlatformName } from '../../../base/addresses.ts'
import type { ChartWorker } from '../../../base/charts/worker.ts'
import type { Clock } from '../../../base/clock.ts'
import type { Log } from '../../../base/log.ts'
import type { Channel } from '../../../chat/port.ts'
import type { ActiveSubscription } from '../../../domain/digests/active-subscriptions.ts'
import type { DigestSources } from '../../../domain/digests/audience/load-input.ts'
import type { ScheduleRound } from '../../../domain/schedule/schedule.ts'
import type { Database } from '../../../infra/db.ts'
import type { SectionDescriptor } from '../rendering/sections/section-descriptor.ts'

export interface PublishContext {
  readonly db: Database
  readonly clock: Clock
  /** How a command begins there: "/rag", "@Milepost". */
  readonly prefix: (platform: PlatformName) => string
  /** A platform's name for people: "Slack". */
  readonly platformTitle: (platform: PlatformName) => string
  readonly log: Log
  /** Looks up who can read a channel; throws as the port's calls do. Left out: nobody can tell. */
  readonly channel?: (place: Place) => Promise<Channel>
  /** The sections of a digest. Left out: all there are. */
  readonly sections?: readonly SectionDescriptor[]
  /** Left out: digests have no charts. */
  readonly chartWorker?: ChartWorker
}

/** A channel whose digest of a round is due. */
export interface DueDigest extends ActiveSubscription {
  readonly round: ScheduleRound
}

/** One run of the job over the channels of one programme. */
export interface PublishRun {
  readonly now: Date
  /** What digests as at today are made of. The plan is read when the first channel needs it, once for all of them. */
  readonly loadSources: () => Promise<DigestSources>
}
