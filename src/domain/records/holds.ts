import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { inJson } from '../../base/text.ts'
import { Prisma, type ReadTx, type Tx } from '../../infra/db.ts'
import { recordDisposals } from './disposal-log.ts'
import { type SentMessages, searchRecords } from './search.ts'

/**
 * Holds: what somebody asked for is not deleted or altered until the hold is released. To destroy it after a request came
 * is an offence (Freedom of Information Act 2000, section 77), and the right to erasure does not reach what has to be kept
 * for a legal duty or claim (UK GDPR, article 17(3)(b) and (e)).
 */

export interface Hold {
  /** By which people name it. */
  readonly number: number
  /** The programme's key; null: every programme, for the words. */
  readonly programme: string | null
  readonly programmeId: string | null
  /** Null: everything of the programme. */
  readonly words: string | null
  readonly reason: string
  readonly by: string
  readonly at: Date
  readonly release: Release | null
}

export interface Release {
  readonly reason: string
  readonly by: string
  readonly at: Date
}

export interface NewHold {
  readonly programmeId: string | null
  readonly words: string | null
  readonly reason: string
  readonly by: string
}

/** Gives its number. @throws Refusal where it says neither a programme nor words */
export async function addHold(tx: Tx, hold: NewHold, now: Date): Promise<number> {
  if (hold.programmeId === null && hold.words === null) {
    throw new Refusal('Say what to hold: words, a programme (--programme W17), or both.')
  }
  const { number } = await tx.recordHold.create({ data: { id: newId(), ...hold, at: now } })
  return number
}

/** @throws Refusal where there is none of that number, or it was released before */
export async function releaseHold(tx: Tx, number: number, release: Release): Promise<void> {
  const hold = await tx.recordHold.findUnique({ where: { number }, include: { release: true } })
  if (!hold) throw new Refusal(`There is no hold ${number}. Nothing was changed.`)
  if (hold.release) throw new Refusal(`Hold ${number} was released before. Nothing was changed.`)
  await tx.recordRelease.create({ data: { holdId: hold.id, ...release } })
}

/** All of them, also those that were released, the oldest first. */
export async function loadHolds(tx: ReadTx): Promise<Hold[]> {
  const rows = await tx.recordHold.findMany({
    include: { release: true, programme: { select: { key: true } } },
    orderBy: { number: 'asc' },
  })
  return rows.map(({ programme, release, ...hold }) => ({
    ...hold,
    programme: programme?.key ?? null,
    release,
  }))
}

interface HeldRow {
  readonly programmeIds: Prisma.Sql
  readonly json?: Prisma.Sql
}

/** Whether a row is under a hold; see Disposals of the outbox. Words are found as `records search` finds them. */
function isHeld({ programmeIds, json }: HeldRow): Prisma.Sql {
  // As they stand in JSON, without the quotes around them.
  const words = Prisma.sql`lower(substr(to_jsonb(hold.words)::text, 2, length(to_jsonb(hold.words)::text) - 2))`
  const holdsWords = json
    ? Prisma.sql`(hold.words IS NULL OR position(${words} IN lower(${json})) > 0)`
    : Prisma.sql`true`
  return Prisma.sql`EXISTS (
    SELECT FROM "RecordHold" hold
    WHERE NOT EXISTS (SELECT FROM "RecordRelease" release WHERE release."holdId" = hold.id)
      AND (hold."programmeId" IS NULL OR hold."programmeId" = ANY(${programmeIds}))
      AND ${holdsWords})`
}

/** What retention and erasure are handed: what they must leave, and where they say what they did not. */
export const disposals = { isHeld, record: recordDisposals }

/** The holds that are not released and keep something that is by or to a person, or that names them. */
export async function holdsOn(
  tx: ReadTx,
  person: { readonly id: string; readonly name: string },
  messages: SentMessages,
): Promise<Hold[]> {
  const open = (await loadHolds(tx)).filter(({ release }) => release === null)
  const met: Hold[] = []
  for (const hold of open) if (await isOnPerson(tx, hold, person, messages)) met.push(hold)
  return met
}

async function isOnPerson(
  tx: ReadTx,
  { programmeId, words }: Hold,
  { id, name }: { readonly id: string; readonly name: string },
  messages: SentMessages,
): Promise<boolean> {
  const member = { personId: id, programmeId: programmeId ?? '' }
  if (programmeId && words === null && (await tx.membership.count({ where: member })) > 0)
    return true
  const ids = programmeId
    ? [programmeId]
    : (await tx.programme.findMany({ select: { id: true } })).map((one) => one.id)
  for (const each of ids) {
    const search = { programmeId: each, words: words ?? '' }
    const texts = (await searchRecords(tx, search, messages)).map(({ row }) => JSON.stringify(row))
    if (texts.some((text) => text.includes(id) || text.includes(inJson(name)))) return true
  }
  return false
}

/** 'Hold 3 (W17, “supplier”): FOI 1234' */
export function holdText({ number, programme, words, reason }: Hold): string {
  const scope = [programme ?? 'all programmes', ...(words === null ? [] : [`“${words}”`])]
  return `Hold ${number} (${scope.join(', ')}): ${reason}`
}
