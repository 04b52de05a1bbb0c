/**
 * What production does, in a process of its own: slim.test.ts runs it on a copy that holds only the files which are left
 * on a slim machine.
 */
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { pino } from 'pino'
import { readConfig } from '../../src/app/config.ts'
import { startService } from '../../src/app/service.ts'
import { bankHolidaysOf } from '../../src/base/bank-holidays.ts'
import { createChartWorker } from '../../src/base/charts/worker.ts'
import { systemClock } from '../../src/base/clock.ts'
import { civilDate } from '../../src/base/dates.ts'
import { paper } from '../../src/base/papers/paper.ts'
import { readPaperRows } from '../../src/base/papers/read-paper-rows.ts'
import { writePdf } from '../../src/base/papers/write-pdf.ts'
import { formatCsv } from '../../src/base/sheets/file-format.ts'
import { readSheet } from '../../src/base/sheets/read-sheet.ts'
import { textWorkbook } from '../../src/base/sheets/write-xlsx.ts'
import { findBinaries } from '../../src/infra/embedded-binaries.ts'
import { openStore } from '../../src/infra/open-store.ts'
import { shown, w17 } from '../domain/digests/sample-charts.ts'

await loadEverything()
await drawAndRead()
await serve({ TEAMS_LOCAL: '1' })
await serveSlack()
console.log('It works.')
process.exit(0)

/** Every module but the two that run when they are loaded, and the playground, which production does not have. */
async function loadEverything(): Promise<void> {
  const src = new URL('../../src/', import.meta.url)
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !/^playground\/|^app\/(cli\/)?main\.ts$/.test(path))
    // The thread loads it, with its port.
    .filter((path) => !path.endsWith('worker-thread.ts'))
  for (const path of files) await import(new URL(path, src).href)
}

async function drawAndRead(): Promise<void> {
  const worker = createChartWorker()
  await worker.render(shown(w17))
  await worker.stop()
  const rows = [['Ref', 'Project']]
  for (const bytes of [formatCsv(rows), textWorkbook('Plan', rows)]) await readSheet(bytes, 'plan')
  const written = paper.parse({ title: 'Plan', facts: [], blocks: [] })
  await readPaperRows(await writePdf(written, systemClock.now()), 'plan.pdf')
  bankHolidaysOf('scotland')(civilDate('2026-11-30'))
  await findBinaries()
}

async function serveSlack(): Promise<void> {
  const slack = createServer((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end('{"ok":true,"team_id":"T1","user_id":"U1","bot_id":"B1"}')
  })
  await once(slack.listen(0, '127.0.0.1'), 'listening')
  const address = slack.address()
  const port = typeof address === 'object' ? address?.port : 0
  const SLACK_API_URL = `http://127.0.0.1:${port}/api/`
  await serve({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret', SLACK_API_URL })
  slack.close()
}

/** Starts the service with these settings, and stops it once it is ready. */
async function serve(settings: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig({ DATABASE_URL: process.env.DATABASE_URL, ...settings })
  const store = await openStore({ databaseUrl: config.databaseUrl, dataDir: '/nowhere' })
  const service = await startService({
    store,
    log: pino({ level: 'silent' }),
    random: Math.random,
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    command: config.command,
    keepMessagesDays: config.keepMessagesDays,
    platforms: config.platforms,
  })
  const ready = await fetch(new URL('/readyz', service.url))
  if (!ready.ok) throw new Error(`/readyz answers ${ready.status}`)
  await service.stop()
  await store.close()
}
