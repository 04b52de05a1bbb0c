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
  /** SHA-256 of what it said when it was issued. */
  readonly hash: string
  readonly content: Paper
}

/** What is decided before it has a number. */
export type PaperToIssue = Omit<IssuedPaper, 'number' | 'hash' | 'content'> & {
  readonly issuedById: string | null
  /** With its number, which it says itself. */
  readonly compose: (number: number) => Paper
}

/** Issues a paper under the next number of its programme. */
export async function issuePaper(
  tx: Tx,
  { id: programmeId }: Programme,
  { compose, issuedById, ...facts }: PaperToIssue,
): Promise<IssuedPaper> {
  await lockProgramme(tx, programmeId)
  const { _max } = await tx.issuedPaper.aggregate({
    where: { programmeId },
    _max: { number: true },
  })
  const number = (_max.number ?? 0) + 1
  const content = paper.parse(compose(number))
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex')
  const { layout, subject, audience, dataFrom, asAt, issuedAt, meetingOn } = facts
  await tx.issuedPaper.create({
    data: {
      ...{ id: newId(), programmeId, number, layout, subject, audience, issuedAt, issuedById },
      ...{ dataFrom: dataFrom && toDbDate(dataFrom), asAt: toDbDate(asAt) },
      ...{
        meetingOn: meetingOn && toDbDate(meetingOn),
        hash,
        content: JSON.parse(JSON.stringify(content)),
      },
    },
  })
  return { ...facts, number, hash, content }
}

/** @throws Refusal where the programme issued no paper of that number */
export async function loadIssuedPaper(
  tx: ReadTx,
  { id: programmeId, key }: Programme,
  number: number,
): Promise<IssuedPaper> {
  const row = await tx.issuedPaper.findUnique({
    where: { programmeId_number: { programmeId, number } },
  })
  if (row) return { ...factsOf(row), content: paper.parse(row.content) }
  const count = await tx.issuedPaper.count({ where: { programmeId } })
  const known = count === 0 ? 'It has issued none.' : `It has issued ${plural(count, 'paper')}.`
  throw new Refusal(`${key} has no paper ${number}. ${known}`)
}

/** The last ones first, without what they say. */
export async function listIssuedPapers(
  tx: ReadTx,
  { id: programmeId }: Programme,
  limit: number,
): Promise<Omit<IssuedPaper, 'content'>[]> {
  const rows = await tx.issuedPaper.findMany({
    where: { programmeId },
    orderBy: { number: 'desc' },
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
}

function factsOf(row: StoredFacts): Omit<IssuedPaper, 'content'> {
  const { number, layout, subject, audience, dataFrom, asAt, issuedAt, meetingOn, hash } = row
  return {
    ...{ number, layout, subject, audience, issuedAt, hash, asAt: fromDbDate(asAt) },
    dataFrom: dataFrom && fromDbDate(dataFrom),
    meetingOn: meetingOn && fromDbDate(meetingOn),
  }
}
