import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dateIn, dayMs } from '../../base/dates.ts'
import type { Finding } from '../../base/diagnostic.ts'
import { messageOf, whyFetchFailed } from '../../base/errors.ts'
import { closeDatabase, openDatabase } from '../../infra/db.ts'
import { checkDatabase } from '../../infra/diagnostics.ts'
import { openServer, StoreClosed } from '../../infra/open-store.ts'
import { checkSlack } from '../../platforms/slack/doctor.ts'
import { checkTeams } from '../../platforms/teams/doctor.ts'
import { type Config, dataDirOf } from '../config.ts'
import { holidayFinding, ledgerFindings } from './diagnostics.ts'

const weekMs = 7 * dayMs

/**
 * Looks at everything that Milepost needs and says what is wrong and what to do. Changes nothing and posts nothing;
 * works beside a running service. Never throws for what it looks at: that is a finding.
 */
export async function examine(config: Config, now: () => Date): Promise<Finding[]> {
  const found = await Promise.all([
    databaseFindings(config, now),
    config.slack ? checkSlack(config.slack, now) : [],
    config.teams ? checkTeams(config.teams, now) : [],
    config.publicUrl ? reachability(config.publicUrl) : [],
  ])
  const none: Finding = {
    about: 'Platforms',
    state: 'look',
    says: 'Neither Slack nor Teams is configured: npm start opens the playground.',
    remedy: 'Fill in .env (see .env.example) to serve real people.',
  }
  return [
    ...(config.slack || config.teams ? [] : [none]),
    ...found.flat(),
    holidayFinding(dateIn('Europe/London', now())),
  ]
}

async function databaseFindings(config: Config, now: () => Date): Promise<Finding[]> {
  const { databaseUrl } = config
  const about = 'Database'
  const dataDir = dataDirOf(config)
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'postgres'))) {
    const says = `There is none yet in ${dataDir}.`
    return [
      { about, state: 'look', says, remedy: 'npm start makes one; DATABASE_URL names yours.' },
    ]
  }
  try {
    const server = await openServer({ databaseUrl, dataDir })
    try {
      const { findings, ready } = await checkDatabase(server.url, {
        dataDir: databaseUrl === undefined ? dataDir : undefined,
        now,
      })
      return [...findings, ...(ready ? await deliveryFindings(server.url, now()) : [])]
    } finally {
      await server.close()
    }
  } catch (error) {
    const says =
      error instanceof StoreClosed ? error.message : `It does not answer (${messageOf(error)}).`
    const remedy = 'Compare DATABASE_URL, and see whether it is running and lets this machine in.'
    return [{ about, state: 'mend', says, remedy }]
  }
}

async function deliveryFindings(url: string, now: Date): Promise<Finding[]> {
  const db = await openDatabase(url, { connections: 1 })
  try {
    const due = { state: 'waiting' as const, notBefore: { lte: now } }
    const recent = { createdAt: { gte: new Date(now.getTime() - weekMs) } }
    const first = await db.delivery.aggregate({ where: due, _min: { notBefore: true } })
    return ledgerFindings(
      {
        waiting: await db.delivery.count({ where: due }),
        dueSince: first._min.notBefore,
        dead: await db.delivery.count({ where: { ...recent, state: 'dead' } }),
        uncertain: await db.delivery.count({ where: { ...recent, state: 'uncertain' } }),
      },
      now,
    )
  } finally {
    await closeDatabase(db)
  }
}

/** From inside a network the public address may not lead back to us, so this is never more than a hint. */
async function reachability(publicUrl: string): Promise<Finding[]> {
  const about = 'Public address'
  const url = new URL('/healthz', publicUrl)
  const remedy = `See that ${url.href} answers “ok” from outside: the proxy, the certificate, the port.`
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
    if (response.ok) return [{ about, state: 'well', says: `${publicUrl} reaches Milepost.` }]
    return [{ about, state: 'look', says: `${url.href} answers ${response.status}.`, remedy }]
  } catch (error) {
    return [
      {
        about,
        state: 'look',
        says: `${url.href} does not answer (${whyFetchFailed(error)}).`,
        remedy,
      },
    ]
  }
}
