import type { PlatformName } from '../base/addresses.ts'
import { dayMs } from '../base/dates.ts'
import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { createChannelLookup } from '../chat/channel-lookup.ts'
import { createButtonFitter } from '../chat/fit-buttons.ts'
import type { PlatformAdapter } from '../chat/platform-definition.ts'
import type { ChatRequestHandler } from '../chat/port.ts'
import { createBodyReader } from '../chat/request-body.ts'
import { lookAtAll } from '../domain/looks/look-store.ts'
import { checkDirectPlace, markReached, passOver } from '../domain/people/direct-places.ts'
import { enqueueAmountNotices } from '../features/delivery-log/amount-notices.ts'
import { enqueueFailureNotices } from '../features/delivery-log/failure-notices.ts'
import { enqueueOutageNotices } from '../features/delivery-log/outage-notices.ts'
import { resendPolicyOf } from '../features/delivery-log/resend-policy.ts'
import { type ChartWorker, createChartWorker } from '../features/digests/chart/worker.ts'
import { createDigestJob } from '../features/digests/posting/publish.ts'
import { createHomeSync, type HomeSync } from '../features/home/home-sync.ts'
import { purgeDrafts } from '../features/imports/drafts/draft-store.ts'
import { createPeopleTasks } from '../features/people/minute-tasks.ts'
import { loadOwedRows } from '../features/reminders/owed-rows.ts'
import { createReminderJob } from '../features/reminders/reminder-job.ts'
import { createSentReminderSync, type SentReminderSync } from '../features/reminders/sync-sent.ts'
import { inviteAdmins, inviteWriter } from '../features/setup/invitation.ts'
import type { Database } from '../infra/db.ts'
import { purgeIdempotencyKeys } from '../infra/idempotency-keys.ts'
import { startJobs } from '../infra/jobs.ts'
import { createDispatcher } from '../outbox/dispatcher.ts'
import { withFittedButtons } from '../outbox/fit-message.ts'
import { purgeOldMessages } from '../outbox/retention.ts'
import { startOutboxWorker } from '../outbox/worker.ts'
import { loadOutages, type WorkspaceOutage } from '../outbox/workspace-outages.ts'
import { buildRouter, commandPrefixOf, type PlatformsByName, registryOf } from './build-router.ts'
import { buildCommandRegistry } from './command-registry.ts'
import { type Readiness, startHttpServer } from './http.ts'
import { messageKinds } from './message-kinds.ts'
import { platformLookups } from './platform-lookups.ts'
import { type PlatformStarts, type PlatformState, startPlatforms } from './platform-starts.ts'
import type { ServiceOptions } from './service-options.ts'

export interface Service {
  /** http://host:port */
  readonly url: string
  /** Enqueues and sends whatever is due. Runs each minute; the playground calls it when its clock moves. */
  tick(): Promise<void>
  /** Resolves when no due message is left unsent. */
  drain(): Promise<void>
  /** Finishes running work and takes no more. The store stays open. */
  stop(): Promise<void>
}

/** The platforms that are configured, by name. */

/** Builds and starts the service: platforms, jobs, the outbox, one HTTP port. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { store, clock, log, chartWorker = createChartWorker() } = options
  const { db } = store
  const platforms: PlatformsByName = new Map()
  const route = buildRouter(options, platforms)
  let reminderSync: SentReminderSync | undefined
  const logInvitationFault = (error: unknown) =>
    log.error(
      { error: messageOf(error) },
      'An administrator could not be invited to set up a programme',
    )
  const invitation = { db, clock, admins: adminsOf(options) }
  let homeSync: HomeSync | undefined
  /** After each request, reminders that were sent to others, and open pages, may show what has changed. */
  const handle: ChatRequestHandler = async (request) => {
    const reply = await route(request)
    await inviteWriter(invitation, request).catch(logInvitationFault)
    reminderSync?.schedule()
    if (reply.kind === 'answer' && reply.isSaved) homeSync?.schedule()
    return reply
  }
  const bodies = createBodyReader()
  const adapters: PlatformAdapter[] = []
  for (const { definition, config } of options.platforms) {
    const adapter = await definition.create(config, {
      ...{ handle, log, clock, bodies },
      ...platformLookups(db, clock),
    })
    adapters.push(adapter)
    platforms.set(definition.name, adapter)
  }

  let isRunning = false
  let starts: PlatformStarts | undefined
  const http = await startHttpServer({
    ...{ host: options.host, port: options.port, extraRouter: options.extraRouter, log },
    routes: adapters.flatMap(({ routes }) => routes),
    readiness: async () => readinessOf(isRunning, await outagesIn(db), starts?.states()),
  })
  starts = await startPlatforms(adapters, { log })

  // This version may know rules that the one before it did not.
  await lookAtAll(db)
  // Started last, so that an earlier failure has none of this to stop.
  const jobs = await startJobs({ url: store.url, log })
  const dispatcher = buildDispatcher(options, platforms)
  const worker = await startOutboxWorker({ jobs, dispatcher, clock, log })
  reminderSync = createSentReminderSync({ db, clock, log, wake: () => worker.wake(db) })
  homeSync = createHomeSync({
    ...{ db, clock, log, platforms, prefix: commandPrefixOf(options), loadOwedRows },
    admins: adminsOf(options),
    fitButtons: createButtonFitter(buildCommandRegistry().commands),
  })
  homeSync.schedule()
  const work = minuteTasks({ ...options, chartWorker }, platforms, reminderSync)
  const { run: drawHomes } = homeSync
  const tick = async () => {
    for (const [name, task] of work) await runMinuteTask(log, name, task)
    await runMinuteTask(log, 'pages', drawHomes)
    await worker.wake(db)
  }
  await jobs.everyMinute('tick', tick)
  isRunning = true

  return {
    url: http.url,
    tick,
    drain: async () => {
      while ((await dispatcher.dispatchDue()) > 0);
    },
    async stop() {
      isRunning = false
      await starts?.stop()
      await http.close()
      for (const adapter of adapters) await adapter.stop()
      await reminderSync?.stop()
      await homeSync?.stop()
      await worker.stop()
      await chartWorker.stop()
      await jobs.stop(true)
    },
  }
}

const adminsOf = ({ installation }: ServiceOptions) => installation?.admins ?? []

function buildDispatcher(options: ServiceOptions, platforms: PlatformsByName) {
  const { store, clock, random, log, metrics } = options
  const { db } = store
  return createDispatcher({
    ...{ db, platforms, clock, random, log, rateLimits: registryOf(options).rateLimits },
    revalidate: withFittedButtons(
      { db, clock, fitButtons: createButtonFitter(buildCommandRegistry().commands) },
      (message) => messageKinds.revalidate({ db, clock }, message),
    ),
    resendPolicy: (claim) => resendPolicyOf(db, claim),
    addressBook: { checkDirectPlace, passOver, markReached },
    ...(metrics && { onAttempt: metrics.recordAttempt }),
  })
}

/** Platforms repeat a request within hours; nothing older than this is a repeat. */
const idempotencyKeyRetentionMs = 7 * dayMs

/** The tasks of each minute, with their names for the log, in this order. */
function minuteTasks(
  options: ServiceOptions & { readonly chartWorker: ChartWorker },
  platforms: PlatformsByName,
  { run: refresh }: SentReminderSync,
): readonly (readonly [name: string, task: () => Promise<unknown>])[] {
  const { store, clock, log, chartWorker } = options
  const { db } = store
  const prefix = commandPrefixOf(options)
  const { title: platformTitle, explain } = registryOf(options)
  const channel = createChannelLookup(platforms)
  return [
    ...createPeopleTasks({ db, clock, log, platforms, admins: adminsOf(options), platformTitle }),
    [
      'invitations',
      () => inviteAdmins({ db, clock, admins: adminsOf(options) }, new Set(platforms.keys())),
    ],
    ['reminders', createReminderJob({ db, clock, prefix, log })],
    ['answers', refresh],
    ['digests', createDigestJob({ db, clock, prefix, platformTitle, log, chartWorker, channel })],
    [
      'failure notices',
      () =>
        enqueueFailureNotices({
          ...{ db, clock, prefix, platformTitle, kinds: messageKinds },
          explain,
        }),
    ],
    [
      'broken workspaces',
      () => enqueueOutageNotices({ db, clock, log, prefix, platformTitle, explain }),
    ],
    [
      'idempotency keys',
      () => purgeIdempotencyKeys(db, new Date(clock.now().getTime() - idempotencyKeyRetentionMs)),
    ],
    ['dropped sheets', () => purgeDrafts(db, clock.now())],
    ['amounts', () => enqueueAmountNotices({ db, clock })],
    ['messages', () => purgeOldMessages(db, clock.now(), options.keepMessagesDays)],
  ]
}

/** Runs one task. A failure is logged, and the next minute tries again; it holds up no other task. */
async function runMinuteTask(log: Log, name: string, task: () => Promise<unknown>): Promise<void> {
  try {
    await task()
  } catch (error) {
    const about = { error: messageOf(error), task: name }
    log.error(about, 'A task of the minute failed; the next minute tries again')
  }
}

/**
 * Ready as long as the database answers and one platform works: the trouble of another, or of a workspace, is only
 * shown. `outages`: undefined where the database does not answer.
 */
function readinessOf(
  isRunning: boolean,
  outages: readonly WorkspaceOutage[] | undefined,
  states: ReadonlyMap<PlatformName, PlatformState> = new Map(),
): Readiness {
  const hasDatabase = outages !== undefined
  const isReady = isRunning && hasDatabase && [...states.values()].includes('working')
  const platformDetails = [...states].map(([platform, state]) => `${platform}: ${state}`)
  return {
    isReady,
    details: [
      `database: ${hasDatabase ? 'working' : 'not answering'}`,
      ...platformDetails,
      ...(outages ?? []).map(
        ({ platform, errorCode, since }) =>
          `${platform}: a workspace refuses Milepost since ${since.toISOString()} (${errorCode})`,
      ),
    ],
  }
}

/** The broken workspaces; undefined where the database does not answer. */
async function outagesIn(db: Database): Promise<WorkspaceOutage[] | undefined> {
  try {
    return await loadOutages(db)
  } catch {
    return undefined
  }
}
