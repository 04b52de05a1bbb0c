import { createHash } from 'node:crypto'
import type { CivilDate } from '../../base/dates.ts'
import { toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Tx } from '../../infra/db.ts'
import { rag } from '../status/schemes.ts'
import { type Difference, differenceBetween } from './difference.ts'
import { type Counts, type PlanFile, readPlan } from './import-rules.ts'
import { applyDifference, planAsImported, refuseOlder } from './import-store.ts'
import { type Note, readSheet } from './sheet.ts'

export interface ImportAsked {
  readonly bytes: Uint8Array
  readonly fileName: string
  /** Made with its first import. */
  readonly programme: {
    readonly key: string
    readonly title?: string | undefined
    readonly zone?: string | undefined
  }
  readonly asOf: CivilDate
  /** Tells what would happen and changes nothing. */
  readonly dryRun: boolean
}

/** What an import understood and did, for people and for programs. */
export interface ImportResult {
  readonly programme: string
  readonly asOf: CivilDate
  readonly file: string
  readonly dryRun: boolean
  /** Whether anything was stored. */
  readonly stored: boolean
  readonly understood: Counts
  readonly changed: readonly Note[]
  readonly attention: readonly Note[]
  /** Cells whose text the plan does not hold; empty where nothing is lost. */
  readonly lost: readonly Note[]
  readonly difference: Difference
}

/**
 * Reads a plan into a programme, whole or not at all: run it in one transaction.
 * @throws Refusal that names the row and the remedy.
 */
export async function importPlan(tx: Tx, asked: ImportAsked, now: Date): Promise<ImportResult> {
  const { bytes, fileName, asOf, dryRun } = asked
  const file = readPlan(await readSheet(bytes, fileName), asOf, rag)
  const existing = await tx.programme.findUnique({ where: { key: asked.programme.key } })
  if (existing) await refuseOlder(tx, existing.id, asOf)
  const before = existing
    ? await planAsImported(tx, existing.id, namesPeople(file))
    : { workstreams: [], projects: [] }
  const difference = differenceBetween(before, file)
  const somethingNew = difference.added.length + difference.changed.length > 0
  const result: ImportResult = {
    programme: asked.programme.key,
    asOf,
    file: fileName,
    dryRun,
    stored: somethingNew && !dryRun,
    understood: file.understood,
    changed: file.changed,
    attention: file.attention,
    lost: file.lost,
    difference,
  }
  if (result.stored) {
    const programmeId = existing?.id ?? (await createProgramme(tx, asked, now))
    await applyDifference({ tx, programmeId, asOf, fileName, now }, file, difference)
    await tx.planImport.create({
      data: {
        id: newId(),
        programmeId,
        fileName,
        asOf: toDbDate(asOf),
        at: now,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        result: JSON.parse(JSON.stringify(result)),
      },
    })
  }
  return result
}

const namesPeople = ({ workstreams, projects }: PlanFile) =>
  projects.some(({ leads }) => leads.length > 0) ||
  workstreams.some(({ leads, sponsors }) => leads.length + sponsors.length > 0)

async function createProgramme(tx: Tx, { programme }: ImportAsked, now: Date): Promise<string> {
  const id = newId()
  const { key, title = key, zone } = programme
  await tx.programme.create({ data: { id, key, title, createdAt: now, ...(zone ? { zone } : {}) } })
  return id
}
