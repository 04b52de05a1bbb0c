import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dateIn, dayMs } from '../../base/dates.ts'
import type { Diagnostic } from '../../base/diagnostic.ts'
import { fetchErrorText, messageOf } from '../../base/errors.ts'
import { urlBelow } from '../../base/public-url.ts'
import { loadUnrenewedTokens } from '../../domain/organisations/token-renewal.ts'
import { loadTokenKeyUses } from '../../domain/organisations/token-rotation.ts'
import { closeDatabase, openDatabase } from '../../infra/db.ts'
import { diagnoseDatabase } from '../../infra/diagnostics.ts'
import { openServer, StoreOpenError } from '../../infra/open-store.ts'
import { readOutboxBacklog } from '../../outbox/statistics.ts'
import { loadOutages } from '../../outbox/workspace-outages.ts'
import { type Config, dataDirOf } from '../config.ts'
import { loadPublicPages } from '../pages/public-pages.ts'
import { platforms } from '../platforms.ts'
import {
  holidayDiagnostic,
  outageDiagnostics,
  outboxDiagnostics,
  settingsDiagnostics,
  tokenKeyDiagnostics,
  unrenewedTokenDiagnostics,
} from './diagnostics.ts'
import { type InstallationSettings, progressSteps, settingsSteps } from './setup-steps.ts'

const weekMs = 7 * dayMs

/**
 * Looks at everything that Milepost needs and says what is wrong and what to do. Changes nothing and posts nothing;
 * works beside a running service. Never throws for what it looks at: that is a finding.
 */
export async function runDiagnostics(config: Config, now: () => Date): Promise<Diagnostic[]> {
  const settings = installationSettings(config)
  const found = await Promise.all([
    settingsSteps(settings),
    pageDiagnostics(config),
    databaseDiagnostics(config, now),
    ...config.platforms.map(({ definition, config }) => definition.diagnose(config, now)),
    config.publicUrl ? publicUrlDiagnostics(config.publicUrl) : [],
  ])
  const titles = platforms.definitions.map(({ title }) => title)
  const none: Diagnostic = {
    about: 'Platforms',
    state: 'look',
    says: `Neither ${titles.join(' nor ')} is configured: npm start opens the playground.`,
    remedy: 'Fill in .env (see .env.example) to serve real people.',
  }
  return [
    ...(config.platforms.length > 0 ? [] : [none]),
    ...found.flat(),
    holidayDiagnostic(dateIn('Europe/London', now())),
  ]
}

function installationSettings({ platforms, publicUrl, proxy }: Config): InstallationSettings {
  return {
    platforms: platforms.map(({ definition }) => definition.name),
    isExposed: platforms.some(
      ({ definition, config }) => definition.exposure(config) === 'internet',
    ),
    publicUrl,
    // Its whole address may hold a password.
    proxyHost: proxy && new URL(proxy.url).host,
  }
}

/** Only what is wrong with the texts of /privacy and /terms. */
async function pageDiagnostics(config: Config): Promise<Diagnostic[]> {
  try {
    await loadPublicPages(config)
    return []
  } catch (error) {
    const remedy = 'Mend PRIVACY_FILE or TERMS_FILE, or leave it empty.'
    return [{ about: 'Pages', state: 'mend', says: messageOf(error), remedy }]
  }
}

async function databaseDiagnostics(config: Config, now: () => Date): Promise<Diagnostic[]> {
  const { databaseUrl } = config
  const about = 'Database'
  const dataDir = dataDirOf(config)
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'postgres'))) {
    const says = `There is none yet in ${dataDir}.`
    return [
      {
        about,
        state: 'look',
        says,
        remedy: 'The first start makes one; DATABASE_URL names yours.',
      },
    ]
  }
  try {
    const server = await openServer({ databaseUrl, dataDir })
    try {
      const { diagnostics, isMigrated } = await diagnoseDatabase(server.url, {
        dataDir: databaseUrl === undefined ? dataDir : undefined,
        now,
      })
      return [
        ...diagnostics,
        ...(isMigrated ? await loadStoredDiagnostics(server.url, config, now()) : []),
      ]
    } finally {
      await server.close()
    }
  } catch (error) {
    const says =
      error instanceof StoreOpenError ? error.message : `It does not answer (${messageOf(error)}).`
    const remedy = 'Compare DATABASE_URL, and see whether it is running and lets this machine in.'
    return [{ about, state: 'mend', says, remedy }]
  }
}

async function loadStoredDiagnostics(
  url: string,
  config: Config,
  now: Date,
): Promise<Diagnostic[]> {
  const db = await openDatabase(url, { maxConnections: 1 })
  try {
    const backlog = await readOutboxBacklog(db, now, new Date(now.getTime() - weekMs))
    const programmes = await db.programme.findMany({ select: { key: true, settings: true } })
    return [
      ...outageDiagnostics(await loadOutages(db), platforms),
      ...outboxDiagnostics(backlog, now),
      ...tokenKeyDiagnostics(await loadTokenKeyUses(db), config.tokenKeys),
      ...unrenewedTokenDiagnostics(await loadUnrenewedTokens(db), platforms),
      ...settingsDiagnostics(programmes),
      ...progressSteps(
        {
          admins: config.admins.length,
          accounts: await db.identity.count(),
          programmes: programmes.length,
          channels: await db.subscription.count({ where: { endedAt: null } }),
        },
        installationSettings(config),
      ),
    ]
  } finally {
    await closeDatabase(db)
  }
}

/** From inside a network the public address may not lead back to us, so this is never more than a hint. */
async function publicUrlDiagnostics(publicUrl: string): Promise<Diagnostic[]> {
  const about = 'Public address'
  const url = urlBelow(publicUrl, '/healthz')
  const remedy = `See that ${url} answers “ok” from outside: the proxy, the certificate, the port.`
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
    if (response.ok) return [{ about, state: 'well', says: `${publicUrl} reaches Milepost.` }]
    return [{ about, state: 'look', says: `${url} answers ${response.status}.`, remedy }]
  } catch (error) {
    return [
      {
        about,
        state: 'look',
        says: `${url} does not answer (${fetchErrorText(error)}).`,
        remedy,
      },
    ]
  }
}
