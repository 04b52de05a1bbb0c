import { programmesOfPerson } from '../../authority/programme-roles.ts'
import { type CivilDate, dayMs, fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { CommandContext, QueryContext } from '../../chat/commands.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import { batchedInsert, type PendingInsert } from '../../infra/batched-insert.ts'
import type { Prisma, ReadTx, Tx } from '../../infra/db.ts'
import type { Subject } from './finding.ts'
import { type Mute, noSuppressions, type Snooze, type Suppressions } from './suppression.ts'

/** Snoozes and mutes are appended; the latest of a subject counts. */

const snoozeTable = batchedInsert('Snooze', [
  'id',
  'personId',
  'subject',
  'until',
  'byId',
  'source',
  'at',
] satisfies Prisma.SnoozeScalarFieldEnum[])

/** Moves the person's own reminders of a subject, and nothing else. */
export function snoozeInsert(
  { actor, now, place }: QueryContext,
  subject: Subject,
  until: Date,
): PendingInsert {
  const personId = requirePersonId(actor)
  const row = { id: newId(), personId, subject, until, byId: personId }
  return { table: snoozeTable, row: { ...row, source: place.platform, at: now } }
}

/** Stops the person's reminders of a project up to and including `until`. Replaces a mute that has not ended. */
export async function storeMute(
  { tx, actor, now, place }: CommandContext,
  projectId: string,
  until: CivilDate,
): Promise<void> {
  const personId = requirePersonId(actor)
  await endMute(tx, { personId, projectId, now })
  await tx.mute.create({
    data: {
      ...{ id: newId(), personId, projectId, until: toDbDate(until) },
      ...{ source: place.platform, at: now },
    },
  })
}

/** Ends the person's mute of a project as of `now`. False where it was not muted. */
export async function endMute(
  tx: Tx,
  { personId, projectId, now }: { personId: string; projectId: string; now: Date },
): Promise<boolean> {
  const { count } = await tx.mute.updateMany({
    where: { personId, projectId, endedAt: null },
    data: { endedAt: now },
  })
  return count > 0
}

/** Takes out the snoozes and mutes of a person. */
export async function eraseSuppressions(tx: Tx, personId: string): Promise<void> {
  await tx.snooze.deleteMany({ where: { personId } })
  await tx.mute.deleteMany({ where: { personId } })
}

/** What ended longer ago was sent again since, or waits for somebody who is away for years. */
const historyMs = 400 * dayMs

/** The snoozes and mutes of each of these people, oldest first, that had not ended 400 days before `now`. */
export async function loadSuppressions(
  tx: ReadTx,
  people: readonly string[],
  now: Date,
): Promise<Map<string, Suppressions>> {
  const since = new Date(now.getTime() - historyMs)
  const recent = {
    where: { personId: { in: [...people] }, until: { gte: since } },
    orderBy: [{ at: 'asc' as const }, { id: 'asc' as const }],
  }
  const snoozes = await tx.snooze.findMany(recent)
  const mutes = await tx.mute.findMany(recent)
  const found = new Map<string, Suppressions>()
  const of = (personId: string) => found.get(personId) ?? noSuppressions
  for (const { personId, id, subject, at, until } of snoozes) {
    const snooze: Snooze = { id, subject: subject as Subject, at, until }
    found.set(personId, { ...of(personId), snoozes: [...of(personId).snoozes, snooze] })
  }
  for (const { personId, id, projectId, at, until, endedAt } of mutes) {
    const mute: Mute = { id, projectId, at, endedAt, until: fromDbDate(until) }
    found.set(personId, { ...of(personId), mutes: [...of(personId).mutes, mute] })
  }
  return found
}

/** A snooze that has not ended. */
export interface LatestSnooze {
  readonly until: Date
  readonly by: string
}

/** The latest of a person's snoozes of each of these subjects, where it has not ended. */
export async function loadLatestSnoozes(
  tx: ReadTx,
  personId: string,
  subjects: readonly string[],
  now: Date,
): Promise<Map<string, LatestSnooze>> {
  const rows = await tx.snooze.findMany({
    where: { personId, subject: { in: [...subjects] }, until: { gt: now } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    include: { person: { select: { name: true } } },
  })
  return new Map(rows.map(({ subject, until, person }) => [subject, { until, by: person.name }]))
}

/** The snoozes that were saved since a moment. */
export function snoozesSince(tx: ReadTx, since: Date): Promise<{ id: string; subject: string }[]> {
  return tx.snooze.findMany({ where: { at: { gt: since } }, select: { id: true, subject: true } })
}

/** A project that somebody has muted. */
export interface MutedProject {
  readonly personId: string
  readonly person: string
  readonly ref: string
  readonly title: string
  readonly until: CivilDate
}

/** Those of one person, or (with a programme) of everybody in it, that last still on a day. */
export async function listActiveMutes(
  tx: ReadTx,
  whose: { readonly personId: string } | { readonly programmeId: string },
  today: CivilDate,
): Promise<MutedProject[]> {
  const of =
    'personId' in whose
      ? { ...whose, project: { programme: programmesOfPerson(whose.personId) } }
      : { project: { programmeId: whose.programmeId } }
  const rows = await tx.mute.findMany({
    where: { ...of, endedAt: null, until: { gte: toDbDate(today) } },
    orderBy: [{ person: { name: 'asc' } }, { project: { position: 'asc' } }],
    include: {
      person: { select: { name: true } },
      project: { select: { ref: true, title: true } },
    },
  })
  return rows.map(({ personId, person, project, until }) => ({
    ...{ personId, person: person.name, ref: project.ref, title: project.title },
    until: fromDbDate(until),
  }))
}

/** A thing that somebody has put off. */
export interface SnoozedSubject {
  readonly person: string
  /** "2.1 milestone 3", "2.1", "measure 4". */
  readonly label: string
  readonly until: Date
}

/** The same of snoozes, at a moment; of one thing the latest. */
export async function listActiveSnoozes(
  tx: ReadTx,
  whose: { readonly personId: string } | { readonly programmeId: string },
  now: Date,
): Promise<SnoozedSubject[]> {
  const people =
    'personId' in whose
      ? { personId: whose.personId }
      : { person: { memberships: { some: { programmeId: whose.programmeId } } } }
  const rows = await tx.snooze.findMany({
    where: { ...people, until: { gt: now } },
    distinct: ['personId', 'subject'],
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    include: { person: { select: { name: true } } },
  })
  const programme =
    'programmeId' in whose ? { id: whose.programmeId } : programmesOfPerson(whose.personId)
  const names = await loadSubjectNames(
    tx,
    rows.map(({ subject }) => subject),
    programme,
  )
  return rows.flatMap(({ person, subject, until }) => {
    const label = names.get(subject)
    return label ? [{ person: person.name, label, until }] : []
  })
}

async function loadSubjectNames(
  tx: ReadTx,
  subjects: readonly string[],
  programme: Prisma.ProgrammeWhereInput,
): Promise<Map<string, string>> {
  const ids = (kind: string) =>
    subjects.flatMap((one) => (one.startsWith(`${kind}:`) ? one.slice(kind.length + 1) : []))
  const milestones = await tx.milestone.findMany({
    where: { id: { in: ids('milestone') }, project: { programme } },
    select: { id: true, number: true, project: { select: { ref: true } } },
  })
  const projects = await tx.project.findMany({
    where: { id: { in: ids('project') }, programme },
    select: { id: true, ref: true },
  })
  const measures = await tx.measure.findMany({
    where: { id: { in: ids('measure') }, programme },
    select: { id: true, number: true },
  })
  const entries = await tx.registerEntry.findMany({
    where: { id: { in: ids('entry') }, programme },
    select: { id: true, kind: true, number: true },
  })
  return new Map([
    ...entries.map(({ id, kind, number }): [string, string] => [
      `entry:${id}`,
      `${kind} ${number}`,
    ]),
    ...milestones.map(({ id, number, project }): [string, string] => [
      `milestone:${id}`,
      `${project.ref} milestone ${number}`,
    ]),
    ...projects.map(({ id, ref }): [string, string] => [`project:${id}`, ref]),
    ...measures.map(({ id, number }): [string, string] => [`measure:${id}`, `measure ${number}`]),
  ])
}
