import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { systemClock } from '../base/clock.ts'
import { messageOf, Refusal } from '../base/errors.ts'
import { readDateLink } from '../features/reports/date-links/feed.ts'
import { emptyDatabase } from '../infra/backup/copy.ts'
import { openStore, type Store, StoreOpenError } from '../infra/open-store.ts'
import { holdAlone } from '../infra/single-holder.ts'
import { readOutboxMetrics } from '../outbox/statistics.ts'
import type { Playground } from '../playground/playground.ts'
import { type Config, configOfCopy, dataDirOf, loadEnvironment, readConfig } from './config.ts'
import { serveDates } from './dates/serve-dates.ts'
import { createMetrics } from './metrics/metrics.ts'
import { serveMetrics } from './metrics/server.ts'
import { useOutboundProxy } from './outbound-proxy.ts'
import { loadPublicPages, type PublicPages } from './pages/public-pages.ts'
import { servePages } from './pages/serve-pages.ts'
import { handleProcessFaults, type StrayFault } from './process-faults.ts'
import { startService } from './service.ts'

/**
 * `npm start`: the service with the platforms of `.env`, or the playground where none is configured; with `--data SOURCE`
 * the playground with a copy of real programmes, which is removed as it stops.
 */
async function main(): Promise<void> {
  const copyOf = readCopySource(process.argv.slice(2))
  const configured = readConfig(loadEnvironment())
  const config = copyOf === undefined ? configured : configOfCopy(configured, copyOf)
  useOutboundProxy(config.proxy)
  // Before the database: a file that is not there must not leave anything running.
  const pages = await loadPublicPages(config)
  const log = pino({ level: logLevelOf(config), redact: ['token', 'password', 'authorization'] })
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    dataDir: dataDirOf(config),
    log: (message) => log.info({}, message),
  })
  try {
    await serve(config, { store, pages, log })
  } catch (error) {
    const isInUse = error instanceof DataInUse
    if (!isInUse) await removeCopy(config, store)
    // A failed start leaves no embedded database running.
    await store.close()
    if (!isInUse) throw error
    await sayDataInUse(config, error.holder)
  }
}

/** What `--data` names. @throws Refusal for anything else that stands there */
function readCopySource(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { data: { type: 'string' } } }).values.data
  } catch (error) {
    throw new Refusal(
      `${messageOf(error)}. Say npm start, or npm start -- --data SOURCE: a backup file, a data folder of Milepost, or a postgresql:// address.`,
    )
  }
}

/** A copy of real programmes stays no longer than it is looked at. */
async function removeCopy({ copyOf }: Config, { url }: Store): Promise<void> {
  if (copyOf !== undefined) await emptyDatabase(url)
}

/** Another playground holds the data of this one. */
class DataInUse extends Error {
  readonly holder: string
  constructor(holder: string) {
    super('Another playground is using this data.')
    this.holder = holder
  }
}

/** Says so here and on the page. @throws Refusal where the page's address is taken: by the other one, most often */
async function sayDataInUse({ host, port }: Config, holder: string): Promise<void> {
  const { heldText, serveHeldPage } = await import('../playground/held-page.ts')
  const page = await serveHeldPage(holder, { host, port }).catch(() => undefined)
  if (!page) throw new Refusal(heldText(holder))
  console.error(heldText(holder))
  stopOnSignal(page.close)
}

interface Opened {
  readonly store: Store
  readonly pages: PublicPages
  readonly log: pino.Logger
}

async function serve(config: Config, { store, pages, log }: Opened): Promise<void> {
  const playground = config.playground ? await openPlayground(config, store, log) : undefined
  const clock = playground?.clock ?? systemClock
  const { metricsPort } = config
  const metrics = metricsPort
    ? createMetrics(() => readOutboxMetrics(store.db, clock.now()))
    : undefined
  const tracing = config.tracing ? await openTracing(config.tracing, log) : undefined
  const milepost = await startService({
    store,
    metrics,
    tracer: tracing?.tracer,
    log,
    random: Math.random,
    clock,
    host: config.host,
    port: config.port,
    command: config.command,
    installation: {
      admins: [...config.admins, ...(playground?.admins ?? [])],
      samples: playground?.programmeSamples ?? [],
      publicUrl: config.publicUrl ?? playgroundUrl(config),
    },
    keepMessagesDays: config.keepMessagesDays,
    tokenKeys: config.tokenKeys,
    publicUrl: config.publicUrl,
    hasAuditLog: config.hasAuditLog,
    platforms: playground?.platforms ?? config.platforms,
    proxy: config.proxy,
    extraRouters: [
      servePages(pages),
      serveDates({ clock, read: (token) => readDateLink({ db: store.db, clock }, token) }),
      ...(playground ? [playground.router] : []),
    ],
  })
  playground?.connect({
    botUrl: milepost.url,
    onClockMoved: async () => {
      await milepost.tick()
      await milepost.drain()
    },
  })
  const figures =
    metrics && (await serveMetrics(metrics, { host: config.host, port: metricsPort ?? 0, log }))
  printStartMessage(config, milepost.url)
  const stop = async () => {
    playground?.closePages()
    await figures?.close()
    await milepost.stop()
    await playground?.close()
    await removeCopy(config, store)
    await store.close()
    await tracing?.stop()
  }
  stopOnSignal(stop)
  const count = (fault: StrayFault) => metrics?.recordStrayFault(fault)
  handleProcessFaults(process, { log, count, stop, exit: process.exit })
}

/** The playground is on this machine, and so are calendars that try it. */
const playgroundUrl = ({ playground, host, port }: Config) =>
  playground ? `http://${host}:${port}` : undefined

/** Loads OpenTelemetry only where a collector is named. */
async function openTracing({ serviceName }: { serviceName: string }, log: pino.Logger) {
  const { createTracing } = await import('./tracing/open-telemetry.ts')
  return createTracing({ serviceName, log })
}

/** Loads the playground only where it is used: production installs none of its packages. */
async function openPlayground(config: Config, store: Store, log: pino.Logger): Promise<Playground> {
  const { copyInto } = await import('../playground/copy.ts')
  const { startPlayground } = await import('../playground/playground.ts')
  const address = `http://${config.host}:${config.port}`
  const held = await holdAlone(store.url, `playground at ${address}`)
  if ('heldBy' in held) throw new DataInUse(held.heldBy)
  const { copyOf } = config
  const folder = dataDirOf(config)
  const playground = await startPlayground({
    ...{ systemClock, log, db: store.db, command: config.command },
    copy: copyOf === undefined ? undefined : await copyInto(store.url, copyOf, folder),
    // Beside a database of somebody else's there is no folder of this one's own; a copy begins anew at each start.
    ...(config.databaseUrl === undefined &&
      copyOf === undefined && { keepIn: join(folder, 'windows.kept') }),
  })
  const close = async () => {
    await playground.close()
    await held()
  }
  return { ...playground, close }
}

/** In the playground people look at the page, so the log has only warnings and errors. */
function logLevelOf(config: Config): string {
  return config.playground && config.logLevel === 'info' ? 'warn' : config.logLevel
}

function printStartMessage(config: Config, url: string): void {
  if (config.playground) {
    const { copyOf } = config
    const what = copyOf ? 'It has a copy of real programmes, which is removed as it stops. ' : ''
    console.log(
      `\nMilepost's playground is ready. Open ${url}\n${what}Nothing leaves this machine. Stop it with Ctrl-C.\n`,
    )
    return
  }
  const platforms = config.platforms.map(
    ({ definition, config }) => `${definition.title} (${definition.connectionMode(config)})`,
  )
  console.log(`Milepost is running for ${platforms.join(' and ')} at ${url}`)
}

/** SIGTERM and Ctrl-C finish running work; a second one ends the process at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  const onStop = () => {
    if (stopping) process.exit(1)
    stopping = true
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`Milepost did not stop cleanly: ${messageOf(error)}`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onStop)
  process.on('SIGINT', onStop)
}

/** A sentence where the operator can fix the cause; anything else is a fault of ours and is shown whole. */
function startErrorText(error: unknown): unknown {
  if (error instanceof Refusal || error instanceof StoreOpenError) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'Another program listens on that port already. Stop it, or set PORT to another one.'
  }
  return error
}

main().catch((error: unknown) => {
  console.error(startErrorText(error))
  process.exit(1)
})
