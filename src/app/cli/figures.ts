import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { type CivilDate, dateIn, fullDate } from '../../base/dates.ts'
import { messageOf, Refusal } from '../../base/errors.ts'
import { plural } from '../../base/text.ts'
import { findPersonByName } from '../../domain/people/find-person.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import type { Audience } from '../../domain/programme/audience.ts'
import { datesFeed } from '../../features/reports/figures/dates-feed.ts'
import { missingAttributes } from '../../features/reports/figures/government-standard.ts'
import { type DataFormat, dataFiles } from '../../features/reports/figures/write-data.ts'
import { loadPaperSnapshot, type PaperSnapshot } from '../../features/reports/papers/snapshot.ts'
import type { Tx } from '../../infra/db.ts'
import { writeFileAtomically } from './files.ts'
import { withStore } from './store.ts'

/** What other programs load. */
export const figureKinds = ['data', 'dates'] as const
export type FigureKind = (typeof figureKinds)[number]

export interface FigureOptions {
  readonly programme: string
  readonly out: string
  readonly asOf?: CivilDate | undefined
  readonly audience: Audience
  /** Of the tables. */
  readonly format: DataFormat
  /** Names each attribute of the government's standard that is missing. */
  readonly checkStandard?: boolean | undefined
  /** Of the dates: only the projects that they lead. */
  readonly person?: string | undefined
}

/** `export data` and `export dates`. */
export async function exportFigures(
  program: Command,
  what: FigureKind,
  asked: FigureOptions,
): Promise<void> {
  console.log(await (what === 'data' ? exportData(program, asked) : exportDates(program, asked)))
}

async function exportData(program: Command, asked: FigureOptions): Promise<string> {
  const { out, format, checkStandard = false } = asked
  const snapshot = await withStore(program, (tx) => snapshotFor(tx, asked))
  const [schema, ...tables] = dataFiles(snapshot, format)
  await createFolder(out)
  // The schema last: whoever waits for it finds all tables.
  for (const file of [...tables, ...(schema ? [schema] : [])]) {
    await writeFileAtomically(join(out, file.name), file.bytes)
  }
  const day = fullDate(snapshot.plan.asAt)
  const wrote = `Wrote ${plural(tables.length, 'table')} and datapackage.json into ${out}, as at ${day}.`
  if (!checkStandard) return wrote
  const missing = missingAttributes(snapshot)
  const found = missing.length === 0 ? ['Nothing of the standard is missing.'] : missing
  return [wrote, ...found].join('\n')
}

async function exportDates(program: Command, asked: FigureOptions): Promise<string> {
  const { out, person } = asked
  const feed = await withStore(program, async (tx) => {
    const { plan } = await snapshotFor(tx, asked)
    const found = person === undefined ? undefined : await findPersonByName(tx, person)
    return datesFeed(plan, systemClock.now(), found?.id)
  })
  await writeFileAtomically(out, feed.bytes)
  const { events, undated } = feed
  const without =
    undated > 0 ? ` Without a date, and not in it: ${plural(undated, 'milestone')}.` : ''
  return `Wrote ${out}: ${plural(events, 'date')}.${without}`
}

async function snapshotFor(
  tx: Tx,
  { programme: key, asOf, audience: reader }: FigureOptions,
): Promise<PaperSnapshot> {
  const programme = await programmeByKey(tx, key)
  const today = dateIn(programme.zone, systemClock.now())
  return loadPaperSnapshot(tx, { programme, today, asAt: asOf ?? today, reader })
}

async function createFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
  } catch (error) {
    throw new Refusal(`${path} cannot be made (${messageOf(error)}). Nothing was written.`)
  }
}
