import { type CivilDate, fromDbDate, latestToday } from '../../base/dates.ts'
import { nextReadingDue } from '../../domain/measures/frequency.ts'
import { effectiveReadings } from '../../domain/measures/measure.ts'
import { loadMeasures } from '../../domain/measures/store.ts'
import { parseSettings } from '../../domain/programme/setting.ts'
import { formatState, schemeOf, stateByKey } from '../../domain/scheme/schemes.ts'
import { Prisma, queryRows, type Tx } from '../../infra/db.ts'
import type { ReminderData } from './cards.ts'
import type { ReminderRow } from './row-schema.ts'
import {
  type ActiveSnooze,
  type MilestoneState,
  type ReadingState,
  type RowStatusLookup,
  rowStatusLookup,
  type UpdateState,
} from './row-status.ts'

/** What became of a message's rows, read at this moment. `personId`: whose message it is. */
export async function loadRowStatuses(
  tx: Tx,
  data: ReminderData,
  personId: string | undefined,
  now: Date,
): Promise<RowStatusLookup> {
  const rows = data.groups.flatMap((group) => group.rows)
  const ids = (pick: (row: ReminderRow) => string) => [...new Set(rows.map(pick))].filter(Boolean)
  const milestones = await loadMilestoneStates(
    tx,
    ids(({ milestone }) => milestone),
  )
  const asked = rows.filter(({ kind }) => kind === 'round' || kind === 'green-by')
  const updates = await loadUpdateStates(tx, [...new Set(asked.map(({ project }) => project))])
  const readings = await loadReadingStates(
    tx,
    rows.filter(({ kind }) => kind === 'reading'),
    now,
  )
  const snoozes = personId
    ? await loadActiveSnoozes(
        tx,
        personId,
        ids(({ subject }) => subject),
        now,
      )
    : new Map<string, ActiveSnooze>()
  return rowStatusLookup({
    milestone: (id) => milestones.get(id),
    update: (id) => updates.get(id),
    reading: (id) => readings.get(id),
    snooze: (subject) => snoozes.get(subject),
    zone: data.zone,
  })
}

async function loadMilestoneStates(tx: Tx, ids: string[]): Promise<Map<string, MilestoneState>> {
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

interface LatestUpdateRow {
  readonly id: string
  readonly projectId: string
  readonly state: string
  readonly attestsId: string | null
  readonly settings: unknown
}

async function loadUpdateStates(tx: Tx, projectIds: string[]): Promise<Map<string, UpdateState>> {
  if (projectIds.length === 0) return new Map()
  // Prisma's own distinct would read every update that there ever was.
  const rows = await queryRows<LatestUpdateRow>(
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
      const scheme = schemeOf(parseSettings(settings))
      const isAttested = attestsId !== null
      return [projectId, { id, state: formatState(stateByKey(scheme, state)), isAttested }]
    }),
  )
}

async function loadReadingStates(
  tx: Tx,
  rows: readonly ReminderRow[],
  now: Date,
): Promise<Map<string, ReadingState>> {
  const found = new Map<string, ReadingState>()
  const wanted = new Set(rows.map(({ measure }) => measure))
  for (const programmeId of new Set(rows.map((row) => row.programmeId))) {
    for (const measure of await loadMeasures(tx, programmeId, latestToday(now))) {
      if (!wanted.has(measure.id)) continue
      const raw = effectiveReadings(measure)[0]?.raw ?? ''
      found.set(measure.id, { raw, due: nextReadingDue(measure) })
    }
  }
  return found
}

async function loadActiveSnoozes(
  tx: Tx,
  personId: string,
  subjects: string[],
  now: Date,
): Promise<Map<string, ActiveSnooze>> {
  const rows = await tx.snooze.findMany({
    where: { personId, subject: { in: subjects }, until: { gt: now } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    include: { person: { select: { name: true } } },
  })
  return new Map(rows.map(({ subject, until, person }) => [subject, { until, by: person.name }]))
}
