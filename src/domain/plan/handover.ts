import { toDbDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { replaceDeputy, restoreDeputy } from '../people/working-time-store.ts'
import { loadRevisionsOfHandover } from '../revisions/revision-store.ts'
import { type PlanField, projectLeads, workstreamLeads, workstreamSponsors } from './fields.ts'
import { parseLife } from './life.ts'
import type { Provenance } from './milestone-store.ts'
import { planFieldOf, reviseField, undoRevision } from './revise.ts'

/** Somebody's whole work in a programme goes to somebody else, and can be taken back as a whole. */

/** What somebody answers for in a programme and that is not closed, by ids and numbers, in the order of the plan. */
export interface OpenWork {
  readonly projects: readonly WorkItem[]
  /** Workstreams that they lead. */
  readonly workstreams: readonly WorkItem[]
  /** Workstreams that they sponsor. */
  readonly sponsored: readonly WorkItem[]
  /** Ids of others' leave, not over yet, in which they are the deputy. */
  readonly leaveIds: readonly string[]
}

export interface WorkItem {
  readonly id: string
  readonly ref: string
  readonly title: string
}

export async function loadOpenWork(
  tx: ReadTx,
  { programmeId, personId, today }: { programmeId: string; personId: string; today: Date },
): Promise<OpenWork> {
  const byPosition = { orderBy: { position: 'asc' as const } }
  const projects = await tx.project.findMany({
    where: { programmeId, leads: { some: { personId } } },
    ...byPosition,
  })
  const workstreams = await tx.workstream.findMany({
    where: { programmeId, isRemoved: false, owners: { some: { personId } } },
    include: { owners: { where: { personId } } },
    ...byPosition,
  })
  const ownedAs = (as: 'lead' | 'sponsor') =>
    workstreams.filter(({ owners }) => owners.some(({ role }) => role === as)).map(itemOf)
  return {
    projects: projects.filter(({ life }) => isOpen(life)).map(itemOf),
    workstreams: ownedAs('lead'),
    sponsored: ownedAs('sponsor'),
    leaveIds: await openDeputyships(tx, programmeId, personId, today),
  }
}

const itemOf = ({ id, ref, title }: WorkItem): WorkItem => ({ id, ref, title })

function isOpen(life: unknown): boolean {
  const state = parseLife(life)?.state
  return state !== 'closed' && state !== 'removed'
}

export function isNothing({ projects, workstreams, sponsored, leaveIds }: OpenWork): boolean {
  return projects.length + workstreams.length + sponsored.length + leaveIds.length === 0
}

/** Of leave that counts in this programme alone: a deputy elsewhere is for the other office to name. */
async function openDeputyships(
  tx: ReadTx,
  programmeId: string,
  deputyId: string,
  today: Date,
): Promise<string[]> {
  const isHereAlone = { memberships: { some: { programmeId }, every: { programmeId } } }
  const rows = await tx.leave.findMany({
    where: {
      ...{ deputyId, to: { gte: today }, returnedOn: null },
      OR: [{ programmeId }, { programmeId: null, person: isHereAlone }],
    },
    orderBy: { from: 'asc' },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

export interface HandoverRequest {
  readonly programmeId: string
  readonly personId: string
  readonly receiverId: string
  readonly reason: string | null
  readonly said: Provenance
}

/**
 * Gives the other person what the first one leads, sponsors and stands in for, each with its history. Gives the id by which
 * it is taken back. Lock the programme first; the caller gives the other person their roles.
 */
export async function handOver(
  tx: Tx,
  work: OpenWork,
  { programmeId, personId, receiverId, reason, said }: HandoverRequest,
): Promise<string> {
  const id = newId()
  const { byId, source, onDay, at } = said
  if (byId === null) throw new Error('Somebody says that work is handed over')
  const leaveIds = [...work.leaveIds]
  await tx.handover.create({
    data: {
      ...{ id, programmeId, personId, receiverId, reason, leaveIds },
      ...{ byId, source, onDay: toDbDate(onDay), at },
    },
  })
  const details = { programmeId, reason, said, handoverId: id }
  for (const [field, items] of ownedFields(work)) {
    for (const item of items) {
      const owners = (await field.read(tx, item.id)) as readonly string[]
      await reviseField(tx, field, item.id, replaced(owners, personId, receiverId), details)
    }
  }
  await replaceDeputy(tx, { leaveIds, from: personId, to: receiverId })
  return id
}

function ownedFields(work: OpenWork): readonly (readonly [PlanField, readonly WorkItem[]])[] {
  return [
    [projectLeads, work.projects],
    [workstreamLeads, work.workstreams],
    [workstreamSponsors, work.sponsored],
  ]
}

/** The other person in the same place; once, where they were there already. */
function replaced(owners: readonly string[], personId: string, receiverId: string): string[] {
  return [...new Set(owners.map((id) => (id === personId ? receiverId : id)))]
}

/** A handing over that can be taken back. */
export interface StandingHandover {
  readonly id: string
  readonly programmeId: string
  readonly personId: string
  readonly receiverId: string
  readonly byId: string
  readonly at: Date
}

/** One of these programmes that was not taken back, by its id. */
export async function findStandingHandover(
  tx: ReadTx,
  programmeIds: readonly string[],
  id: string,
): Promise<StandingHandover | undefined> {
  const where = { id, programmeId: { in: [...programmeIds] }, undoneAt: null }
  return (await tx.handover.findFirst({ where })) ?? undefined
}

/** The last that a person made in these programmes since a moment and that still stands. */
export async function latestHandoverBy(
  tx: ReadTx,
  programmeIds: readonly string[],
  byId: string,
  since: Date,
): Promise<StandingHandover | undefined> {
  const where = { byId, programmeId: { in: [...programmeIds] }, undoneAt: null, at: { gte: since } }
  return (await tx.handover.findFirst({ where, orderBy: { at: 'desc' } })) ?? undefined
}

/**
 * Gives everything back that was handed over, whole or not at all. Lock the programme first.
 * @throws Refusal where somebody has changed one of the owners since
 */
export async function undoHandover(
  tx: Tx,
  { id }: Pick<StandingHandover, 'id'>,
  { said, reason }: { readonly said: Provenance; readonly reason: string | null },
): Promise<void> {
  const where = { id, undoneAt: null }
  const data = { undoneById: said.byId, undoneAt: said.at }
  const [handover] = await tx.handover.updateManyAndReturn({ where, data })
  if (!handover) throw new Refusal('That was taken back already. Nothing was changed.')
  for (const revision of await loadRevisionsOfHandover(tx, id)) {
    if (!revision.isUndone)
      await undoRevision(tx, planFieldOf(revision), revision, { reason, said })
  }
  const { personId, receiverId, leaveIds } = handover
  await restoreDeputy(tx, { leaveIds, from: personId, to: receiverId })
}
