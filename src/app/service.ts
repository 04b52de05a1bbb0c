import type { PlatformName } from '../base/addresses.ts'
import { type ChartWorker, createChartWorker } from '../base/charts/worker.ts'
import { dayMs } from '../base/dates.ts'
import { messageOf } from '../base/errors.ts'
import { createChannelLookup } from '../chat/channel-lookup.ts'
import { createButtonFitter } from '../chat/fit-buttons.ts'
import type { PlatformAdapter } from '../chat/platform-definition.ts'
import type { ChatRequestHandler } from '../chat/port.ts'
import { createBodyReader } from '../chat/request-body.ts'
import { isAnyRequestCounted } from '../domain/amounts/store.ts'
import { isAnyLookDue, lookAtAll } from '../domain/looks/look-store.ts'
import { isAnyPaperLookDue } from '../domain/papers/schedule-store.ts'
import {
  checkDirectPlace,
  markReached,
  passOver,
  placesElsewhere,
} from '../domain/people/direct-places.ts'
import { hasNoProgramme } from '../domain/programme/programme-store.ts'
import { disposals } from '../domain/records/holds.ts'
import { enqueueAmountNotices } from '../features/delivery-log/amount-notices.ts'
import { enqueueFailureNotices } from '../features/delivery-log/failure-notices.ts'
import { enqueueOutageNotices } from '../features/delivery-log/outage-notices.ts'
import { resendPolicyOf } from '../features/delivery-log/resend-policy.ts'
import { createDigestJob } from '../features/digests/posting/publish.ts'
import { createHomeSync, type HomeSync } from '../features/home/home-sync.ts'
import { isAnyDraftOld, purgeDrafts } from '../features/imports/drafts/draft-store.ts'
import { createPeopleTasks } from '../features/people/minute-tasks.ts'
import { loadOwedRows } from '../features/reminders/owed-rows.ts'
import { createReminderJob } from '../features/reminders/reminder-job.ts'
import { createSentReminderSync, type SentReminderSync } from '../features/reminders/sync-sent.ts'
import { createPaperJob } from '../features/reports/papers/schedule/schedule-job.ts'
import { inviteAdmins, inviteWriter } from '../features/setup/invitation.ts'
import { type Database, inTransaction, Prisma } from '../infra/db.ts'
import { isAnyKeyOld, purgeIdempotencyKeys } from '../infra/idempotency-keys.ts'
import { startJobs } from '../infra/jobs.ts'
import { createDispatcher } from '../outbox/dispatcher.ts'
import { withFittedButtons } from '../outbox/fit-message.ts'
import { isAnyMessageDue } from '../outbox/next-wakeup.ts'
import { isAnythingToPurge, purgeOldMessages } from '../outbox/retention.ts'
import { isAnyFailureToReport } from '../outbox/unreported-failures.ts'
import { startOutboxWorker } from '../outbox/worker.ts'
import {
  isAnyWorkspaceBroken,
  loadOutages,
  type WorkspaceOutage,
} from '../outbox/workspace-outages.ts'
import { buildRouter, commandPrefixOf, type PlatformsByName, registryOf } from './build-router.ts'
import { buildCommandRegistry } from './command-registry.ts'
import { type Readiness, startHttpServer } from './http.ts'
import { messageKinds } from './message-kinds.ts'
import { type MinuteTask, runMinute } from './minute-tasks.ts'
import { renderPage } from './pages/render-page.ts'
import { platformLookups } from './platform-lookups.ts'
import { type PlatformStarts, type PlatformState, startPlatforms } from './platform-starts.ts'
import type { ServiceOptions } from './service-options.ts'
import { createTokenTasks } from './token-renewals.ts'
import { tracedPlatform } from './tracing/traced-platform.ts'

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
      ...{ handle, log, clock, bodies, proxy: options.proxy },
      ...platformLookups(db, clock, options.tokenKeys),
      ...{ publicUrl: options.publicUrl, renderPage },
    })
    adapters.push(adapter)
    platforms.set(definition.name, options.tracer ? tracedPlatform(adapter) : adapter)
  }

  let isRunning = false
  let starts: PlatformStarts | undefined
  const http = await startHttpServer({
    ...{ host: options.host, port: options.port, extraRouters: options.extraRouters ?? [], log },
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
  const work = [
    ...minuteTasks({ ...options, chartWorker }, platforms, adapters, reminderSync),
    { name: 'pages', run: homeSync.run, isDue: homeSync.isDue },
    // They are sent once the dispatcher is woken, as what the other tasks enqueued.
    { name: 'waiting messages', run: async () => {}, isDue: isAnyMessageDue },
  ]
  const tick = async () => {
    if ((await runMinute(work, { db, clock, log, tracer: options.tracer })) > 0)
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
  const { store, clock, random, log, metrics, tracer } = options
  const { db } = store
  return createDispatcher({
    ...{ db, platforms, clock, random, log, tracer, rateLimits: registryOf(options).rateLimits },
    revalidate: withFittedButtons(
      { db, clock, fitButtons: createButtonFitter(buildCommandRegistry().commands) },
      (message) => messageKinds.revalidate({ db, clock }, message),
    ),
    resendPolicy: (claim) => resendPolicyOf(db, claim),
    addressBook: { checkDirectPlace, passOver, placesElsewhere, markReached },
    ...(metrics && { onAttempt: metrics.recordAttempt }),
  })
}

/** Platforms repeat a request within hours; nothing older than this is a repeat. */
const idempotencyKeyRetentionMs = 7 * dayMs

/** The tasks of each minute, in this order. */
function minuteTasks(
  options: ServiceOptions & { readonly chartWorker: ChartWorker },
  platforms: PlatformsByName,
  adapters: readonly PlatformAdapter[],
  reminderSync: SentReminderSync,
): readonly MinuteTask[] {
  const { store, clock, log, chartWorker, keepMessagesDays, tokenKeys } = options
  const { db } = store
  const admins = adminsOf(options)
  const prefix = commandPrefixOf(options)
  const { title: platformTitle, explain } = registryOf(options)
  const channel = createChannelLookup(platforms)
  const keysBefore = (now: Date) => new Date(now.getTime() - idempotencyKeyRetentionMs)
  return [
    ...createTokenTasks({ db, clock, log, tokenKeys, adapters, platformTitle, explain }),
    ...createPeopleTasks({ db, clock, log, platforms, admins, platformTitle }),
    {
      name: 'invitations',
      run: () => inviteAdmins({ db, clock, admins }, new Set(platforms.keys())),
      isDue: () => (admins.length === 0 ? Prisma.sql`false` : hasNoProgramme),
    },
    {
      name: 'reminders',
      run: createReminderJob({ db, clock, prefix, log }),
      isDue: (now) => isAnyLookDue('reminders', now),
    },
    { name: 'answers', run: reminderSync.run, isDue: reminderSync.isDue },
    {
      name: 'digests',
      run: createDigestJob({ db, clock, prefix, platformTitle, log, chartWorker, channel }),
      isDue: (now) => isAnyLookDue('digests', now),
    },
    {
      name: 'papers',
      run: createPaperJob({ db, clock, log, channel }),
      isDue: isAnyPaperLookDue,
    },
    {
      name: 'failure notices',
      run: () =>
        enqueueFailureNotices({
          ...{ db, clock, prefix, platformTitle, kinds: messageKinds },
          explain,
        }),
      isDue: (now) => isAnyFailureToReport(now, messageKinds),
    },
    {
      name: 'broken workspaces',
      run: () => enqueueOutageNotices({ db, clock, log, prefix, platformTitle, explain }),
      isDue: () => isAnyWorkspaceBroken,
    },
    {
      name: 'idempotency keys',
      run: () => purgeIdempotencyKeys(db, keysBefore(clock.now())),
      isDue: (now) => isAnyKeyOld(keysBefore(now)),
    },
    {
      name: 'dropped sheets',
      run: () => inTransaction(db, (tx) => purgeDrafts(tx, clock.now())),
      isDue: isAnyDraftOld,
    },
    {
      name: 'amounts',
      run: () => enqueueAmountNotices({ db, clock }),
      isDue: () => isAnyRequestCounted,
    },
    {
      name: 'messages',
      run: () => purgeOldMessages(db, clock.now(), keepMessagesDays, disposals),
      isDue: (now) => isAnythingToPurge(now, keepMessagesDays, disposals),
    },
  ]
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
