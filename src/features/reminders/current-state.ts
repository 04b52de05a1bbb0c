import { addDays, type CivilDate, dateIn, fromDbDate } from '../../base/dates.ts'
import { nextReadingDue } from '../../domain/measures/frequency.ts'
import { readingsOf } from '../../domain/measures/measure.ts'
import { measuresOf } from '../../domain/measures/store.ts'
import { settingsOf } from '../../domain/programme/settings.ts'
import { schemeOf, shown, stateByKey } from '../../domain/scheme/schemes.ts'
import { Prisma, rowsOf, type Tx } from '../../infra/db.ts'
import type { ReminderData } from './cards.ts'
import type { Row } from './row-schema.ts'
import {
  type Answers,
  answersNow,
  type MilestoneNow,
  type ReadingNow,
  type SnoozeNow,
  type UpdateNow,
} from './row-status.ts'

/** What became of a message's rows, read at this moment. `personId`: whose message it is. */
export async function answersTo(
  tx: Tx,
  data: ReminderData,
  personId: string | undefined,
  now: Date,
): Promise<Answers> {
  const rows = data.groups.flatMap((group) => group.rows)
  const ids = (pick: (row: Row) => string) => [...new Set(rows.map(pick))].filter(Boolean)
  const milestones = await milestonesNow(
    tx,
    ids(({ milestone }) => milestone),
  )
  const asked = rows.filter(({ kind }) => kind === 'round' || kind === 'green-by')
  const updates = await updatesNow(tx, [...new Set(asked.map(({ project }) => project))])
  const readings = await readingsNow(
    tx,
    rows.filter(({ kind }) => kind === 'reading'),
    now,
  )
  const snoozes = personId
    ? await snoozesNow(
        tx,
        personId,
        ids(({ subject }) => subject),
        now,
      )
    : new Map<string, SnoozeNow>()
  return answersNow({
    milestone: (id) => milestones.get(id),
    update: (id) => updates.get(id),
    reading: (id) => readings.get(id),
    snooze: (subject) => snoozes.get(subject),
    zone: data.zone,
  })
}

async function milestonesNow(tx: Tx, ids: string[]): Promise<Map<string, MilestoneNow>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.milestone.findMany({
    where: { id: { in: ids } },
    select: { id: true, due: true, doneOn: true, done: { select: { milestoneId: true } } },
  })
  const day = (date: Date | null): CivilDate | null => date && fromDbDate(date)
  return new Map(
    rows.map(({ id, due, doneOn, done }) => [
      id,
      { due: day(due), doneOn: day(doneOn), awaitsConfirmation: done !== null && doneOn === null },
    ]),
  )
}

interface LatestUpdate {
  readonly id: string
  readonly projectId: string
  readonly state: string
  readonly attestsId: string | null
  readonly settings: unknown
}

async function updatesNow(tx: Tx, projectIds: string[]): Promise<Map<string, UpdateNow>> {
  if (projectIds.length === 0) return new Map()
  // Prisma's own distinct would read every update that there ever was.
  const rows = await rowsOf<LatestUpdate>(
    tx,
    Prisma.sql`
      SELECT DISTINCT ON (u."projectId")
        u.id, u."projectId", u.state, u."attestsId", whose.settings
      FROM "StatusUpdate" u
      JOIN "Project" it ON it.id = u."projectId"
      JOIN "Programme" whose ON whose.id = it."programmeId"
      WHERE u."projectId" = ANY(${projectIds}::uuid[])
      ORDER BY u."projectId", u."onDay" DESC, u.at DESC, u.id DESC`,
  )
  return new Map(
    rows.map(({ id, projectId, state, attestsId, settings }) => {
      const scheme = schemeOf(settingsOf(settings))
      const isAttested = attestsId !== null
      return [projectId, { id, state: shown(stateByKey(scheme, state)), isAttested }]
    }),
  )
}

async function readingsNow(
  tx: Tx,
  rows: readonly Row[],
  now: Date,
): Promise<Map<string, ReadingNow>> {
  const found = new Map<string, ReadingNow>()
  // East of UTC, today can be tomorrow already.
  const today = addDays(dateIn('UTC', now), 1)
  const wanted = new Set(rows.map(({ measure }) => measure))
  for (const programmeId of new Set(rows.map((row) => row.programmeId))) {
    for (const measure of await measuresOf(tx, programmeId, today)) {
      if (!wanted.has(measure.id)) continue
      const raw = readingsOf(measure)[0]?.raw ?? ''
      found.set(measure.id, { raw, due: nextReadingDue(measure) })
    }
  }
  return found
}

async function snoozesNow(
  tx: Tx,
  personId: string,
  subjects: string[],
  now: Date,
): Promise<Map<string, SnoozeNow>> {
  const rows = await tx.snooze.findMany({
    where: { personId, subject: { in: subjects }, until: { gt: now } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    include: { person: { select: { name: true } } },
  })
  return new Map(rows.map(({ subject, until, person }) => [subject, { until, by: person.name }]))
}
