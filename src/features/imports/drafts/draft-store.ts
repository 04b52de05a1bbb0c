import { type CivilDate, fromDbDate, toDbDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import { disposals } from '../../../domain/records/holds.ts'
import { Prisma, type ReadTx, type Tx } from '../../../infra/db.ts'
import {
  choicesSchema,
  draftLifetimeMs,
  type ImportChoices,
  type ImportDraft,
  type ShownPreview,
  shownSchema,
} from './draft.ts'

/** Drafts that one person may have at once; the oldest makes room. Each holds up to 10 MB. */
const maxDraftsPerPerson = 5

export interface NewDraft {
  readonly personId: string
  readonly kind: string
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly asOf: CivilDate
  readonly programmeId: string | null
}

/** Keeps a sheet that a person sent. Gives its id. */
export async function addDraft(tx: Tx, draft: NewDraft, now: Date): Promise<string> {
  const { personId, asOf, bytes, ...rest } = draft
  const id = newId()
  await tx.importDraft.create({
    data: { id, personId, ...rest, bytes: Buffer.from(bytes), asOf: toDbDate(asOf), at: now },
  })
  const kept = await tx.importDraft.findMany({
    where: { personId },
    orderBy: newestFirst,
    skip: maxDraftsPerPerson,
    select: { id: true },
  })
  await tx.importDraft.deleteMany({ where: { id: { in: kept.map((one) => one.id) } } })
  return id
}

const newestFirst = [{ at: 'desc' as const }, { id: 'desc' as const }]

/** The person's draft of that id, or their newest; undefined where it is gone or was never theirs. */
export async function loadDraft(
  tx: ReadTx,
  { personId, id, now }: { readonly personId: string; readonly id?: string; readonly now: Date },
): Promise<ImportDraft | undefined> {
  const row = await tx.importDraft.findFirst({
    where: { personId, at: { gt: oldestKept(now) }, ...(id === undefined ? {} : { id }) },
    orderBy: newestFirst,
  })
  return row ? draftOf(row) : undefined
}

type DraftRow = Prisma.ImportDraftModel

const draftOf = ({ id, programmeId, kind, fileName, bytes, asOf, choices, shown }: DraftRow) => ({
  ...{ id, programmeId, kind, fileName, bytes },
  asOf: fromDbDate(asOf),
  choices: choicesSchema.parse(choices),
  shown: shownSchema.nullable().parse(shown),
})

export interface DraftChange {
  readonly programmeId?: string
  readonly kind?: string
  readonly asOf?: CivilDate
  readonly choices?: ImportChoices
  readonly shown?: ShownPreview
}

export async function changeDraft(tx: Tx, id: string, change: DraftChange): Promise<void> {
  const { asOf, ...rest } = change
  await tx.importDraft.update({
    where: { id },
    data: { ...rest, ...(asOf === undefined ? {} : { asOf: toDbDate(asOf) }) },
  })
}

/** Erases a draft that was imported or cancelled. False where somebody did so before. */
export async function eraseDraft(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.importDraft.deleteMany({ where: { id } })
  return count > 0
}

/** Erases what a person sent, when the person is erased. @throws Refusal where some of it is under a hold */
export async function eraseDraftsOf(tx: Tx, personId: string): Promise<void> {
  const [held] = await tx.$queryRaw<{ fileName: string }[]>`
    SELECT "fileName" FROM "ImportDraft" draft
    WHERE "personId" = ${personId}::uuid AND ${isHeld} LIMIT 1`
  if (held) {
    throw new Refusal(
      `“${held.fileName}”, which they sent, is under a hold (records holds). Nothing was changed.`,
    )
  }
  await tx.importDraft.deleteMany({ where: { personId } })
}

/** Whether purgeDrafts has anything to erase. */
export function isAnyDraftOld(now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM "ImportDraft" draft WHERE ${isOld(now)})`
}

/** In one statement: each holds up to 10 MB. */
const purgeBatchSize = 20

/** Erases the oldest of what nobody imported within a day, and nothing under a hold. Returns how many. */
export async function purgeDrafts(tx: Tx, now: Date): Promise<number> {
  const counts = await tx.$queryRaw<{ programmeId: string | null; count: number }[]>`
    WITH gone AS (
      DELETE FROM "ImportDraft" WHERE id IN (
        SELECT id FROM "ImportDraft" draft WHERE ${isOld(now)} ORDER BY at LIMIT ${purgeBatchSize})
      RETURNING "programmeId")
    SELECT "programmeId", count(*)::int AS count FROM gone GROUP BY "programmeId"`
  const about = {
    what: 'sheets that were not imported',
    rule: `kept for ${draftLifetimeMs / hourMs} hours`,
  }
  await disposals.record(
    tx,
    counts.map((one) => ({ ...about, ...one })),
    now,
  )
  return counts.reduce((sum, { count }) => sum + count, 0)
}

/** Nobody can read here which words a sheet holds. */
const isHeld = disposals.isHeld({ programmeIds: Prisma.sql`ARRAY[draft."programmeId"]` })

const isOld = (now: Date) =>
  Prisma.sql`draft.at <= ${oldestKept(now)}::timestamptz AND NOT ${isHeld}`

const hourMs = 3_600_000

const oldestKept = (now: Date) => new Date(now.getTime() - draftLifetimeMs)
