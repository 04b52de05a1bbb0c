import { z } from 'zod'
import { type ChannelMove, channelUpdate, type Place } from '../../base/addresses.ts'
import { newId } from '../../base/ids.ts'
import { Prisma, type ReadTx, type Tx } from '../../infra/db.ts'
import type { Audience } from '../programme/audience.ts'
import type { PaperHours } from './rounds.ts'

/** A paper that is made and sent by itself. */
export interface PaperSchedule extends PaperHours {
  readonly id: string
  readonly programmeId: string
  /** The layout's key. */
  readonly layout: string
  readonly subject: string | null
  readonly audience: Audience
  /** docx, pdf or xlsx. */
  readonly format: string
  /** A channel or a person. */
  readonly to: { readonly place: Place } | { readonly personId: string }
  readonly createdAt: Date
}

type ScheduleRow = NonNullable<Awaited<ReturnType<ReadTx['paperSchedule']['findUnique']>>>

const every = z.enum(['month', 'board'])

function scheduleOf(row: ScheduleRow): PaperSchedule {
  const { id, programmeId, layout, subject, audience, format, days, board, time, zone } = row
  const { platform, tenant, conversation, serviceUrl, personId, createdAt } = row
  return {
    ...{ id, programmeId, layout, subject, audience, format, days, board, time, zone, createdAt },
    every: every.parse(row.every),
    to: personId
      ? { personId }
      : {
          place: {
            ...{ platform: z.string().parse(platform), tenant: tenant ?? '' },
            ...{ conversation: conversation ?? '', kind: 'channel' },
            serviceUrl: serviceUrl ?? undefined,
          },
        },
  }
}

/** Those of a programme that run, oldest first. */
export async function loadPaperSchedules(
  tx: ReadTx,
  programmeId: string,
): Promise<PaperSchedule[]> {
  const rows = await tx.paperSchedule.findMany({
    where: { programmeId, endedAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(scheduleOf)
}

/** One that runs, by its id; undefined where it has ended. */
export async function loadPaperSchedule(
  tx: ReadTx,
  id: string,
): Promise<PaperSchedule | undefined> {
  const row = await tx.paperSchedule.findFirst({ where: { id, endedAt: null } })
  return row ? scheduleOf(row) : undefined
}

export type NewPaperSchedule = Omit<PaperSchedule, 'id' | 'createdAt'> & {
  readonly createdById: string | null
  readonly now: Date
}

/** Adds a schedule, in place of one of the same paper to the same channel or person. */
export async function addPaperSchedule(tx: Tx, added: NewPaperSchedule): Promise<PaperSchedule> {
  const { to, createdById, now, ...paper } = added
  const { programmeId, layout, subject } = paper
  const whom =
    'personId' in to
      ? { personId: to.personId }
      : {
          platform: to.place.platform,
          tenant: to.place.tenant,
          conversation: to.place.conversation,
        }
  await tx.paperSchedule.updateMany({
    where: { programmeId, layout, subject, ...whom, endedAt: null },
    data: { endedAt: now },
  })
  const serviceUrl = 'place' in to ? (to.place.serviceUrl ?? null) : null
  const row = await tx.paperSchedule.create({
    data: {
      ...{ ...paper, ...whom, id: newId(), serviceUrl },
      ...{ createdById, createdAt: now, nextLookAt: now },
    },
  })
  return scheduleOf(row)
}

export async function endPaperSchedule(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.paperSchedule.updateMany({ where: { id, endedAt: null }, data: { endedAt: now } })
}

/** Whether any schedule has to be looked at. */
export const isAnyPaperLookDue = (now: Date): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM "PaperSchedule" WHERE "endedAt" IS NULL AND "nextLookAt" <= ${now}::timestamptz)`

/** Those that have to be looked at. */
export async function duePaperSchedules(tx: ReadTx, now: Date): Promise<PaperSchedule[]> {
  const rows = await tx.paperSchedule.findMany({
    where: { endedAt: null, nextLookAt: { lte: now } },
    orderBy: [{ nextLookAt: 'asc' }, { id: 'asc' }],
    take: 50,
  })
  return rows.map(scheduleOf)
}

/** Records when it is looked at next. */
export async function setNextPaperLook(tx: Tx, id: string, nextLookAt: Date): Promise<void> {
  await tx.paperSchedule.update({ where: { id }, data: { nextLookAt } })
}

/** Whether the round of a schedule was drafted before. */
export async function isRoundDrafted(
  tx: ReadTx,
  scheduleId: string,
  round: Date,
): Promise<boolean> {
  return (await tx.paperDraft.count({ where: { scheduleId, round } })) > 0
}

/** What is sent to channels of a programme goes to another one from now on. */
export async function movePapers(
  tx: Tx,
  programmeId: string,
  { platform, tenant, conversation, serviceUrl }: Place,
): Promise<void> {
  await tx.paperSchedule.updateMany({
    where: { programmeId, conversation: { not: null } },
    data: { platform, tenant, conversation, serviceUrl: serviceUrl ?? null },
  })
}

/** The papers of a channel go on under its new id. */
export async function followChannel(tx: Tx, move: ChannelMove): Promise<void> {
  await tx.paperSchedule.updateMany(channelUpdate(move))
}
