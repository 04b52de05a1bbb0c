import type { Router } from 'express'
import type { Clock } from '../base/clock.ts'
import { dayMs } from '../base/dates.ts'
import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { channelAt } from '../chat/channel-lookup.ts'
import type { ChatPlatform, Handle } from '../chat/port.ts'
import type { PlatformName } from '../chat/request.ts'
import { createRouter } from '../chat/router.ts'
import { recogniseActor } from '../domain/people/identity-store.ts'
import { tellProblems } from '../features/delivery-log/failure-notices.ts'
import { onUncertain } from '../features/delivery-log/resend-policy.ts'
import { createPainter, type Painter } from '../features/digests/chart/worker.ts'
import { postDigests } from '../features/digests/posting/publish.ts'
import { createZoneJob } from '../features/people/zone-sync.ts'
import { redrawQuestion } from '../features/questions/reply.ts'
import { createReminderJob, redrawReminder } from '../features/reminders/jobs.ts'
import { freshenReminder } from '../features/reminders/revalidate.ts'
import { createRefresher, type Refresher } from '../features/reminders/sync-sent.ts'
import { forgetReceipts } from '../infra/idempotency-keys.ts'
import { startJobs } from '../infra/jobs.ts'
import type { Store } from '../infra/open-store.ts'
import { createDispatcher } from '../outbox/dispatcher.ts'
import { deliveryAt } from '../outbox/outbox.ts'
import { platformPaces } from '../outbox/rate-limiter.ts'
import { forgetOldMessages } from '../outbox/retention.ts'
import { startDelivery } from '../outbox/worker.ts'
import { createSlack } from '../platforms/slack/app.ts'
import type { SlackConfig } from '../platforms/slack/config.ts'
import { createTeams } from '../platforms/teams/app.ts'
import type { TeamsConfig } from '../platforms/teams/config.ts'
import { commandsOf } from './command-registry.ts'
import { serveHttp } from './http.ts'
import type { Metrics } from './metrics/metrics.ts'

export interface MilepostParts {
  readonly store: Store
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** The command people type in Slack. */
  readonly command: string
  readonly slack: SlackConfig | undefined
  readonly teams: TeamsConfig | undefined
  /** How long messages stay in the ledger. */
  readonly keepMessagesDays: number
  /** Makes the pictures of digests. Left out: one in a thread of its own. */
  readonly painter?: Painter | undefined
  /** Told what happens, for figures. Left out: nobody is. */
  readonly metrics?: Metrics | undefined
  /** What else is served on the same port: the playground. */
  readonly also?: Router | undefined
}

export interface Milepost {
  /** http://host:port */
  readonly url: string
  /** Says what should have been said by now. Each minute by itself; the playground calls it when its clock moves. */
  tick(): Promise<void>
  /** Waits until nothing that is due is left unsent. */
  settle(): Promise<void>
  /** Finishes what is in hand, takes nothing new. The store stays open. */
  stop(): Promise<void>
}

type Platforms = Map<PlatformName, ChatPlatform>

/** Puts the service together and starts it: platforms, jobs, deliveries, one HTTP port. */
export async function startMilepost(parts: MilepostParts): Promise<Milepost> {
  const { store, clock, log, painter = createPainter() } = parts
  const { db } = store
  const platforms: Platforms = new Map()
  const route = routerOf(parts, platforms)
  let refresher: Refresher | undefined
  /** Whoever answers, other people's messages may hold the same row. */
  const handle: Handle = async (invocation) => {
    const reply = await route(invocation)
    refresher?.soon()
    return reply
  }
  const slack = parts.slack && createSlack({ config: parts.slack, handle, log })
  const teams = parts.teams && createTeams({ config: parts.teams, handle, log, clock })
  if (slack) platforms.set('slack', slack)
  if (teams) platforms.set('teams', teams)

  let ready = false
  const http = await serveHttp({
    ...{ host: parts.host, port: parts.port, also: parts.also },
    ...{ slack: slack?.listener, teams: teams?.listener },
    isReady: async () => ready && (await reaches(() => db.$queryRaw`SELECT 1`)),
  })
  await slack?.start()
  await teams?.start()

  // Last, so that a start which fails before has nothing of it to stop.
  const jobs = await startJobs({ url: store.url, log })
  const dispatcher = dispatcherOf(parts, platforms)
  const delivery = await startDelivery({ jobs, dispatcher, clock, log })
  refresher = createRefresher({ db, clock, log, wake: () => delivery.wake(db) })
  const work = workOfAMinute({ ...parts, painter }, platforms, refresher)
  const tick = async () => {
    for (const [what, part] of work) await untilNextMinute(log, what, part)
    await delivery.wake(db)
  }
  await jobs.everyMinute('tick', tick)
  ready = true

  return {
    url: http.url,
    tick,
    settle: async () => {
      while ((await dispatcher.dispatchDue()) > 0);
    },
    async stop() {
      ready = false
      await http.close()
      await slack?.stop()
      await teams?.stop()
      await refresher?.stop()
      await delivery.stop()
      await painter.stop()
      await jobs.stop(true)
    },
  }
}

/** How a command begins there. */
function prefixes({ command }: Pick<MilepostParts, 'command'>): (platform: PlatformName) => string {
  return (platform) => (platform === 'slack' ? command : '@Milepost')
}

function routerOf(parts: MilepostParts, platforms: Platforms): Handle {
  const { store, clock, log, metrics } = parts
  return createRouter({
    ...{ db: store.db, clock, recogniseActor },
    prefix: prefixes(parts),
    commands: commandsOf().commands,
    channel: channelAt(platforms),
    redraw: async (tx, message, note, now) => {
      const delivery = await deliveryAt(tx, message)
      if (delivery?.kind === 'question') return redrawQuestion(tx, delivery)
      // Back from a form: what was posted stays as it is.
      if (delivery?.kind === 'digest' && note === undefined) return delivery.card
      return delivery?.kind === 'reminder' ? redrawReminder(tx, delivery, note, now) : undefined
    },
    onFault: (error, { key, place }) =>
      log.error(
        { error: messageOf(error), stack: stackOf(error), key, platform: place.platform },
        'An invocation failed',
      ),
    ...(metrics && { onHandled: metrics.handled }),
  })
}

function dispatcherOf(parts: MilepostParts, platforms: Platforms) {
  const { store, clock, random, log, metrics } = parts
  const { db } = store
  return createDispatcher({
    ...{ db, platforms, clock, random, log, pacing: platformPaces },
    freshen: async (decided) =>
      decided.kind === 'reminder' ? freshenReminder({ db, clock }, decided) : 'as it is',
    onUncertain: (claim) => onUncertain(db, claim),
    ...(metrics && { onAttempt: metrics.attempted }),
  })
}

/** Platforms send a request again within hours; what is older than this is no repeat any more. */
const receiptsKeptMs = 7 * dayMs

/** What is looked after each minute, by name, in this order. */
function workOfAMinute(
  parts: MilepostParts & { readonly painter: Painter },
  platforms: Platforms,
  { run: refresh }: Refresher,
): readonly (readonly [what: string, part: () => Promise<unknown>])[] {
  const { store, clock, log, painter } = parts
  const { db } = store
  const prefix = prefixes(parts)
  const channel = channelAt(platforms)
  return [
    ['zones', createZoneJob({ db, platforms, log })],
    ['reminders', createReminderJob({ db, clock, prefix, log })],
    ['answers', refresh],
    ['digests', () => postDigests({ db, clock, prefix, log, painter, channel })],
    ['undelivered', () => tellProblems({ db, clock, prefix })],
    ['receipts', () => forgetReceipts(db, new Date(clock.now().getTime() - receiptsKeptMs))],
    ['messages', () => forgetOldMessages(db, clock.now(), parts.keepMessagesDays)],
  ]
}

/** Each part for itself: one that fails is logged and tried again with the next minute, and holds up no other. */
async function untilNextMinute(
  log: Log,
  what: string,
  part: () => Promise<unknown>,
): Promise<void> {
  try {
    await part()
  } catch (error) {
    const about = { error: messageOf(error), what }
    log.error(about, 'A part of the minute failed; the next minute tries again')
  }
}

async function reaches(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch {
    return false
  }
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined
}
