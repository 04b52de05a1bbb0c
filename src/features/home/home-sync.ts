import { createHash } from 'node:crypto'
import { type AdminAccount, isAdmin } from '../../authority/admins.ts'
import type { PlatformName } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import { dateIn, dayMs } from '../../base/dates.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { memoize } from '../../base/memoize.ts'
import type { Card } from '../../chat/cards.ts'
import type { ButtonFitter } from '../../chat/fit-buttons.ts'
import {
  type ChatPlatform,
  MessageRejectedError,
  RateLimitedError,
  RecipientGoneError,
} from '../../chat/port.ts'
import {
  isAnyPageOpen,
  type OpenHomePage,
  openHomePages,
  recordHomePage,
} from '../../domain/people/home-pages.ts'
import type { Database, Prisma } from '../../infra/db.ts'
import { loadHome, loadHomePlan, type OwedRowsLoader, type PlanLoader } from './load-home.ts'
import { homePage } from './page.ts'

/** Pages are kept up to date for so long after they were opened; Slack tells each time that somebody opens the tab. */
const openForMs = dayMs
const openSince = (now: Date) => new Date(now.getTime() - openForMs)
/** Changes within a second are drawn together, so that a page is two seconds behind at most where nothing is slow. */
const debounceMs = 1_000

export interface HomeSyncOptions {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>
  readonly prefix: (platform: PlatformName) => string
  readonly admins: readonly AdminAccount[]
  readonly loadOwedRows: OwedRowsLoader
  readonly fitButtons: ButtonFitter
}

export interface HomeSync {
  /** Whether anybody's page is open. */
  isDue(now: Date): Prisma.Sql
  /** Draws every open page whose content has changed, now. A job calls it each minute, and the service at its start. */
  run(): Promise<void>
  /** Runs within a second: something was saved. */
  schedule(): void
  /** Waits for a run that has begun; later calls of `schedule` do nothing. */
  stop(): Promise<void>
}

/**
 * Keeps open pages true without being told what changes which: each is worked out anew after whatever was saved, and
 * drawn where it differs from what it shows. What a page shows is stored, so a restart loses nothing: the first run
 * draws what changed meanwhile. One run at a time; a platform that asks to wait is waited for.
 */
export function createHomeSync(options: HomeSyncOptions): HomeSync {
  const { db, clock, log, platforms } = options
  const waitsUntil = new Map<PlatformName, Date>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let isStopped = false

  async function drawAll(): Promise<void> {
    const now = clock.now()
    const loadPlanOf = memoize((id: string) => loadHomePlan(db, id, now))
    for (const page of await openHomePages(db, [...platforms.keys()], openSince(now))) {
      if (isStopped) return
      const { platform } = page.account
      if ((waitsUntil.get(platform) ?? now) > now) continue
      await drawPage({ ...options, loadPlanOf }, page, now).catch((error: unknown) =>
        onFailure(page, error, now),
      )
    }
  }

  async function onFailure({ account }: OpenHomePage, error: unknown, now: Date): Promise<void> {
    const { platform } = account
    if (error instanceof RateLimitedError) {
      waitsUntil.set(platform, new Date(now.getTime() + error.retryAfterMs))
      scheduleIn(error.retryAfterMs)
      return
    }
    if (error instanceof RecipientGoneError || error instanceof MessageRejectedError) {
      await recordHomePage(db, account, 'closed')
    }
    log.warn({ platform, error: messageOf(error) }, 'A person’s page was not drawn')
  }

  const run = (): Promise<void> => {
    const next = running.then(drawAll)
    running = next.catch(() => {})
    return next
  }

  function scheduleIn(ms: number): void {
    if (isStopped || timer) return
    timer = setTimeout(() => {
      timer = undefined
      run().catch((error: unknown) => {
        log.error(
          { error: messageOf(error) },
          'Open pages were not brought up to date; the next minute tries again',
        )
      })
    }, ms).unref()
  }

  return {
    run,
    isDue: (now) => isAnyPageOpen(openSince(now)),
    schedule: () => scheduleIn(debounceMs),
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}

interface RunOptions extends HomeSyncOptions {
  readonly loadPlanOf: PlanLoader
}

async function drawPage(options: RunOptions, page: OpenHomePage, now: Date): Promise<void> {
  const { db, platforms } = options
  const platform = platforms.get(page.account.platform)
  if (!platform) return
  const card = await pageCard(options, platform, page, now)
  const shown = createHash('sha256').update(JSON.stringify(card)).digest('base64')
  if (shown === page.shown) return
  const messageId = await showPage(platform, page, card)
  await recordHomePage(db, page.account, { shown, messageId })
}

async function pageCard(
  options: RunOptions,
  platform: ChatPlatform,
  { account, personId, zone }: OpenHomePage,
  now: Date,
): Promise<Card> {
  const { db, prefix, admins, loadOwedRows, loadPlanOf, fitButtons } = options
  const query = {
    ...{ personId, zone, now, prefix: prefix(account.platform) },
    isAdmin: isAdmin(admins, account),
  }
  const input = await loadHome(db, query, loadOwedRows, loadPlanOf)
  const card = homePage(input, platform.publishHome ? 'tab' : 'message')
  return fitButtons(db, { personId, today: dateIn(zone, now), isAdmin: query.isAdmin }, card)
}

/** Gives the id of the message that shows it; null where the platform has a place of its own for it. */
async function showPage(
  platform: ChatPlatform,
  { account, place, messageId }: OpenHomePage,
  card: Card,
): Promise<string | null> {
  if (platform.publishHome) {
    await platform.publishHome(account, card)
    return null
  }
  const message = { key: `home:${account.platform}:${account.user}`, card }
  if (messageId === null) return (await platform.send(place, message)).messageId
  await platform.update({ place, messageId }, message)
  return messageId
}
