import { type CivilDate, fromDbDate, fromNullableDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import { type Paper, paper } from '../../base/papers/paper.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { authorName, namesOf } from '../people/names.ts'
import type { Audience } from '../programme/audience.ts'
import { lockProgramme } from '../programme/lock.ts'
import type { Programme } from '../programme/programme.ts'
import {
  type DraftDecision,
  type DraftDecisionKind,
  type DraftState,
  draftStateOf,
} from './draft-state.ts'
import { nextPaperNumber } from './issued-papers.ts'

/** What a paper is about, before anybody decided about it. */
export interface DraftFacts {
  /** The layout's key. */
  readonly layout: string
  /** What it is about, where that is not the whole programme. */
  readonly subject: string | null
  readonly audience: Audience
  /** Since when its news are; null where there was nothing to compare with. */
  readonly dataFrom: CivilDate | null
  readonly asAt: CivilDate
  readonly meetingOn: CivilDate | null
}

export interface DraftContent extends DraftFacts {
  /** Without its number, dates and names, which are said when it is shown. */
  readonly content: Paper
}

/** The schedule that had its first version drafted, and the day of that: each has one. */
export interface DraftOrigin {
  readonly scheduleId: string
  readonly round: CivilDate
}

/** The last version of a paper that was drafted, without what it says, which is long: see `loadDraftPaper`. */
export interface PaperDraft extends DraftFacts {
  readonly id: string
  readonly number: number
  readonly edition: number
  /** Counts from 1 within the edition. */
  readonly version: number
  /** What a later edition corrects. */
  readonly corrects: string | null
  readonly draftedAt: Date
  readonly draftedById: string | null
  readonly origin: DraftOrigin | null
  /** The first one first. */
  readonly decisions: readonly DraftDecision[]
  readonly state: DraftState
}

export interface NewDraft extends DraftContent {
  /** Of which paper it is another version or edition; absent: a new one, under the next number. */
  readonly of?: {
    readonly number: number
    readonly edition: number
    readonly version: number
    readonly corrects: string | null
  }
  readonly origin?: DraftOrigin | null
  readonly byId: string | null
  readonly now: Date
}

/** Freezes what a paper says; nothing changes it from then on. */
export async function addPaperDraft(
  tx: Tx,
  { id: programmeId }: Pick<Programme, 'id'>,
  draft: NewDraft,
): Promise<PaperDraft> {
  await lockProgramme(tx, programmeId)
  const first = { edition: 1, version: 1, corrects: null }
  const numbered = draft.of ?? { ...first, number: await nextPaperNumber(tx, programmeId) }
  const { layout, subject, audience, dataFrom, asAt, meetingOn, origin = null, byId, now } = draft
  const content = paper.parse(draft.content)
  const id = newId()
  await tx.paperDraft.create({
    data: {
      ...{ id, programmeId, ...numbered, layout, subject, audience },
      ...{ dataFrom: dataFrom && toDbDate(dataFrom), asAt: toDbDate(asAt) },
      ...{ meetingOn: meetingOn && toDbDate(meetingOn), draftedAt: now, draftedById: byId },
      ...{ scheduleId: origin?.scheduleId ?? null, round: origin && toDbDate(origin.round) },
      content: JSON.parse(JSON.stringify(content)),
    },
  })
  const facts = { layout, subject, audience, dataFrom, asAt, meetingOn }
  const whose = { draftedAt: now, draftedById: byId, origin }
  return { ...facts, ...numbered, ...whose, id, decisions: [], state: 'drafted' }
}

/** The last version of a paper's last edition; undefined where that was issued without a draft, or is not known. */
export async function loadPaperDraft(
  tx: ReadTx,
  { id: programmeId }: Pick<Programme, 'id'>,
  number: number,
): Promise<PaperDraft | undefined> {
  const row = await tx.paperDraft.findFirst({
    where: { programmeId, number },
    orderBy: [{ edition: 'desc' }, { version: 'desc' }],
    ...head,
  })
  return row ? draftOf(tx, row, false) : undefined
}

/** A draft by its id, which may have been replaced since; undefined where there is none. */
export async function loadPaperDraftById(tx: ReadTx, id: string): Promise<PaperDraft | undefined> {
  const row = await tx.paperDraft.findUnique({ where: { id }, ...head })
  if (!row) return undefined
  const { programmeId, number, edition, version } = row
  const later = await tx.paperDraft.count({
    where: {
      ...{ programmeId, number },
      OR: [{ edition: { gt: edition } }, { edition, version: { gt: version } }],
    },
  })
  return draftOf(tx, row, later > 0)
}

/** Drafts that are neither issued nor replaced, by number. */
export async function loadOpenDrafts(
  tx: ReadTx,
  { id: programmeId }: Pick<Programme, 'id'>,
): Promise<PaperDraft[]> {
  const rows = await tx.paperDraft.findMany({
    where: { programmeId },
    distinct: ['number'],
    orderBy: [{ number: 'asc' }, { edition: 'desc' }, { version: 'desc' }],
    ...head,
  })
  const drafts: PaperDraft[] = []
  for (const row of rows) drafts.push(await draftOf(tx, row, false))
  return drafts.filter(({ state }) => state !== 'issued')
}

export interface NewDraftDecision {
  readonly kind: DraftDecisionKind
  readonly reason?: string | null
  readonly byId: string | null
  readonly source: string
  readonly now: Date
}

/** Records it, and gives the draft with it. Call it with the programme locked, after reading how the draft stands. */
export async function addDraftDecision(
  tx: Tx,
  draft: PaperDraft,
  { kind, reason = null, byId, source, now }: NewDraftDecision,
): Promise<PaperDraft> {
  const { id: draftId, decisions } = draft
  await tx.paperDecision.create({
    data: {
      ...{ id: newId(), draftId, position: decisions.length + 1 },
      ...{ kind, reason, byId, source, at: now },
    },
  })
  const by = authorName(await namesOf(tx, byId === null ? [] : [byId]), byId)
  const decision = { kind, reason, byId, at: now, by }
  return { ...draft, decisions: [...decisions, decision], state: kind }
}

/** What a draft says, as it was frozen. */
export async function loadDraftPaper(tx: ReadTx, { id }: Pick<PaperDraft, 'id'>): Promise<Paper> {
  const { content } = await tx.paperDraft.findUniqueOrThrow({
    where: { id },
    select: { content: true },
  })
  return paper.parse(content)
}

/** The last version of what a schedule drafted for one of its days; undefined where it drafted none. */
export async function draftOfRound(
  tx: ReadTx,
  { scheduleId, round }: DraftOrigin,
): Promise<PaperDraft | undefined> {
  const first = await tx.paperDraft.findFirst({
    where: { scheduleId, round: toDbDate(round) },
    select: { programmeId: true, number: true, edition: true },
  })
  if (!first) return undefined
  const row = await tx.paperDraft.findFirst({
    where: first,
    orderBy: { version: 'desc' },
    ...head,
  })
  return row ? draftOf(tx, row, false) : undefined
}

const head = { omit: { content: true } } as const

type DraftRow = Omit<
  NonNullable<Awaited<ReturnType<ReadTx['paperDraft']['findUnique']>>>,
  'content'
>

async function draftOf(tx: ReadTx, row: DraftRow, isReplaced: boolean): Promise<PaperDraft> {
  const decisions = await loadDecisions(tx, row.id)
  const { id, number, edition, version, layout, subject, audience, corrects } = row
  const { draftedAt, draftedById } = row
  return {
    ...{ id, number, edition, version, layout, subject, audience, corrects },
    ...{ draftedAt, draftedById, decisions, asAt: fromDbDate(row.asAt) },
    dataFrom: fromNullableDbDate(row.dataFrom),
    meetingOn: fromNullableDbDate(row.meetingOn),
    origin: await originOf(tx, row),
    state: draftStateOf(decisions, isReplaced),
  }
}

/** A version that was drafted again goes where the first one was to go. */
async function originOf(
  tx: ReadTx,
  { programmeId, number, edition, version, ...own }: DraftRow,
): Promise<DraftOrigin | null> {
  const first =
    version === 1
      ? own
      : await tx.paperDraft.findFirst({
          where: { programmeId, number, edition, version: 1 },
          select: { scheduleId: true, round: true },
        })
  return first?.scheduleId && first.round
    ? { scheduleId: first.scheduleId, round: fromDbDate(first.round) }
    : null
}

async function loadDecisions(tx: ReadTx, draftId: string): Promise<DraftDecision[]> {
  const rows = await tx.paperDecision.findMany({
    where: { draftId },
    orderBy: { position: 'asc' },
  })
  const names = await namesOf(
    tx,
    rows.flatMap(({ byId }) => byId ?? []),
  )
  return rows.map(({ kind, reason, byId, at }) => {
    return { kind, reason, byId, at, by: authorName(names, byId) }
  })
}
