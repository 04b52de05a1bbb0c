import { createHash } from 'node:crypto'
import { type CivilDate, fromDbDate, toDbDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { type Paper, paper } from '../../base/papers/paper.ts'
import { plural } from '../../base/text.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { Audience } from '../programme/audience.ts'
import { lockProgramme } from '../programme/lock.ts'
import type { Programme } from '../programme/programme.ts'

/** A paper as it was issued. What it says is written once and never changed. */
export interface IssuedPaper {
  /** Counts from 1 within the programme. */
  readonly number: number
  /** The layout's key. */
  readonly layout: string
  /** What it is about, where that is not the whole programme. */
  readonly subject: string | null
  readonly audience: Audience
  /** Since when its news are; null where there was nothing to compare with. */
  readonly dataFrom: CivilDate | null
  readonly asAt: CivilDate
  /** The moment, UTC. */
  readonly issuedAt: Date
  readonly meetingOn: CivilDate | null
  /** Counts from 1 within the number: a correction is the next one. */
  readonly edition: number
  /** What a later edition corrects. */
  readonly corrects: string | null
  /** When its words were frozen; null where it was issued at once. */
  readonly draftedAt: Date | null
  /** When the sponsor approved it; null where nobody was asked. */
  readonly approvedAt: Date | null
  /** SHA-256 of what it said when it was issued. */
  readonly hash: string
  readonly content: Paper
}

/** What is decided before it is issued. */
export type PaperToIssue = Omit<
  IssuedPaper,
  'number' | 'edition' | 'corrects' | 'draftedAt' | 'approvedAt' | 'hash' | 'content'
> & {
  readonly issuedById: string | null
  /** The draft that is issued; absent: it is issued at once, under the next number. */
  readonly draft?: Pick<IssuedPaper, 'number' | 'edition' | 'corrects' | 'draftedAt' | 'approvedAt'>
  readonly approvedById?: string | null
  /** With its number, which it says itself. */
  readonly compose: (number: number) => Paper
}

/** Issues a paper: what it says is frozen from then on. */
export async function issuePaper(
  tx: Tx,
  { id: programmeId }: Pick<Programme, 'id'>,
  { compose, issuedById, draft, approvedById = null, ...facts }: PaperToIssue,
): Promise<IssuedPaper> {
  await lockProgramme(tx, programmeId)
  const atOnce = { edition: 1, corrects: null, draftedAt: null, approvedAt: null }
  const standing = draft ?? { ...atOnce, number: await nextPaperNumber(tx, programmeId) }
  const content = paper.parse(compose(standing.number))
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex')
  const { layout, subject, audience, dataFrom, asAt, issuedAt, meetingOn } = facts
  await tx.issuedPaper.create({
    data: {
      ...{ id: newId(), programmeId, ...standing, layout, subject, audience },
      ...{ issuedAt, issuedById, approvedById, hash, asAt: toDbDate(asAt) },
      dataFrom: dataFrom && toDbDate(dataFrom),
      meetingOn: meetingOn && toDbDate(meetingOn),
      content: JSON.parse(JSON.stringify(content)),
    },
  })
  return { ...facts, ...standing, hash, content }
}

/** The next number of a programme, whose papers are counted together with their drafts. Call it with the programme locked. */
export async function nextPaperNumber(tx: ReadTx, programmeId: string): Promise<number> {
  const last = { where: { programmeId }, _max: { number: true } } as const
  const issued = await tx.issuedPaper.aggregate(last)
  const drafted = await tx.paperDraft.aggregate(last)
  return Math.max(issued._max.number ?? 0, drafted._max.number ?? 0) + 1
}

/**
 * A paper as it was issued. `edition`: left out, the last one.
 * @throws Refusal where the programme issued no such paper
 */
export async function loadIssuedPaper(
  tx: ReadTx,
  programme: Pick<Programme, 'id' | 'key'>,
  number: number,
  edition?: number,
): Promise<IssuedPaper> {
  const issued = await findIssuedPaper(tx, programme, number, edition)
  if (issued) return issued
  const { id: programmeId, key } = programme
  if (edition !== undefined && edition > 1) {
    throw new Refusal(`${key} has no edition ${edition} of paper ${number}.`)
  }
  const count = await tx.issuedPaper.count({ where: { programmeId, edition: 1 } })
  const known = count === 0 ? 'It has issued none.' : `It has issued ${plural(count, 'paper')}.`
  throw new Refusal(`${key} has no paper ${number}. ${known}`)
}

/** The same; undefined where there is none. */
export async function findIssuedPaper(
  tx: ReadTx,
  { id: programmeId }: Pick<Programme, 'id'>,
  number: number,
  edition?: number,
): Promise<IssuedPaper | undefined> {
  const row = await tx.issuedPaper.findFirst({
    where: { programmeId, number, ...(edition === undefined ? {} : { edition }) },
    orderBy: { edition: 'desc' },
  })
  return row ? { ...factsOf(row), content: paper.parse(row.content) } : undefined
}

/** The last paper that these readers got for a meeting: its number and the day it speaks for; undefined for none. */
export async function paperForMeeting(
  tx: ReadTx,
  programmeId: string,
  { meetingOn, reader }: { readonly meetingOn: CivilDate; readonly reader: Audience },
): Promise<Pick<IssuedPaper, 'number' | 'asAt'> | undefined> {
  const row = await tx.issuedPaper.findFirst({
    where: { programmeId, audience: reader, meetingOn: toDbDate(meetingOn) },
    orderBy: [{ asAt: 'desc' }, { issuedAt: 'desc' }],
    select: { number: true, asAt: true },
  })
  return row ? { number: row.number, asAt: fromDbDate(row.asAt) } : undefined
}

/** The last ones first, without what they say. */
export async function listIssuedPapers(
  tx: ReadTx,
  { id: programmeId }: Programme,
  limit: number,
): Promise<Omit<IssuedPaper, 'content'>[]> {
  const rows = await tx.issuedPaper.findMany({
    where: { programmeId },
    orderBy: [{ number: 'desc' }, { edition: 'desc' }],
    take: limit,
    omit: { content: true },
  })
  return rows.map(factsOf)
}

interface StoredFacts {
  readonly number: number
  readonly layout: string
  readonly subject: string | null
  readonly audience: Audience
  readonly dataFrom: Date | null
  readonly asAt: Date
  readonly issuedAt: Date
  readonly meetingOn: Date | null
  readonly hash: string
  readonly edition: number
  readonly corrects: string | null
  readonly draftedAt: Date | null
  readonly approvedAt: Date | null
}

function factsOf(row: StoredFacts): Omit<IssuedPaper, 'content'> {
  const { number, layout, subject, audience, dataFrom, asAt, issuedAt, meetingOn, hash } = row
  const { edition, corrects, draftedAt, approvedAt } = row
  return {
    ...{ number, layout, subject, audience, issuedAt, hash, asAt: fromDbDate(asAt) },
    ...{ edition, corrects, draftedAt, approvedAt },
    dataFrom: dataFrom && fromDbDate(dataFrom),
    meetingOn: meetingOn && fromDbDate(meetingOn),
  }
}
