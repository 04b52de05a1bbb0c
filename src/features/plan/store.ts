import { type CivilDate, fromDbDate, toDbDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { nearest } from '../../base/text.ts'
import type { Tx } from '../../infra/db.ts'
import { type PersonRow, personOf, personParts } from './person-store.ts'
import type {
  Completion,
  Flag,
  Milestone,
  Move,
  Person,
  Plan,
  Programme,
  Project,
  StatusUpdate,
} from './plan.ts'
import { settingsOf } from './settings.ts'

/**
 * The plan as it stood at the end of `asAt`, worked out from the history.
 * @throws Refusal where there is no such programme.
 */
export async function loadPlan(tx: Tx, programmeId: string, asAt: CivilDate): Promise<Plan> {
  const programme = await tx.programme.findUnique({
    where: { id: programmeId },
    include: { memberships: { include: { person: personParts } } },
  })
  if (!programme) throw new Refusal('That programme is not here any more.')
  // One after the other: a transaction has one connection.
  const workstreams = await tx.workstream.findMany({
    where: { programmeId, ...inThePlan(asAt) },
    orderBy: { position: 'asc' },
    include: { owners: { orderBy: { position: 'asc' }, include: { person: personParts } } },
  })
  const projects = await tx.project.findMany({
    where: { programmeId, ...inThePlan(asAt) },
    orderBy: { position: 'asc' },
    include: projectParts(asAt),
  })
  const people = new Map<string, Person>()
  const meet = (row: PersonRow) => people.set(row.id, personOf(row))
  for (const { person } of programme.memberships) meet(person)
  for (const { owners } of workstreams) for (const { person } of owners) meet(person)
  for (const { leads } of projects) for (const { person } of leads) meet(person)
  return {
    programme: programmeOf(programme),
    asAt,
    workstreams: workstreams.map(({ id, ref, title, owners }) => ({
      id,
      ref,
      title,
      leads: owners.filter(({ role }) => role === 'lead').map(({ personId }) => personId),
      sponsors: owners.filter(({ role }) => role === 'sponsor').map(({ personId }) => personId),
    })),
    projects: projects.map((row) => projectOf(row, asAt)),
    people,
    programmeOffice: programme.memberships
      .filter(({ role }) => role === 'programme_office')
      .map(({ personId }) => personId),
  }
}

/** What a later import brought does not change an earlier day. */
const inThePlan = (asAt: CivilDate) => ({
  OR: [{ addedOn: null }, { addedOn: { lte: toDbDate(asAt) } }],
})

/** One project as at a day, by id. */
export async function loadProject(tx: Tx, projectId: string, asAt: CivilDate): Promise<Project> {
  const row = await tx.project.findUnique({ where: { id: projectId }, include: projectParts(asAt) })
  if (!row) throw new Refusal('That project is not in the plan any more.')
  return projectOf(row, asAt)
}

const latestFirst = [{ onDay: 'desc' as const }, { at: 'desc' as const }]

/** What has to be read with a project to know it as at a day. */
function projectParts(asAt: CivilDate) {
  const until = { lte: toDbDate(asAt) }
  return {
    leads: { orderBy: { position: 'asc' as const }, include: { person: personParts } },
    updates: {
      where: { onDay: until },
      orderBy: [...latestFirst, { id: 'desc' as const }],
      include: { confirmation: { where: { onDay: until } } },
    },
    milestones: {
      where: { addedOn: until },
      orderBy: { number: 'asc' as const },
      include: {
        moves: {
          where: { onDay: until },
          orderBy: [{ onDay: 'asc' as const }, { at: 'asc' as const }],
        },
        done: true,
        flags: { where: { onDay: until }, orderBy: latestFirst, take: 1 },
        ratings: { where: { onDay: until }, orderBy: latestFirst, take: 1 },
      },
    },
  }
}

type UpdateRow = Awaited<ReturnType<Tx['statusUpdate']['findMany']>>[number] & {
  confirmation: { byId: string } | null
}
type MoveRow = Awaited<ReturnType<Tx['milestoneMove']['findMany']>>[number]
type FlagRow = Awaited<ReturnType<Tx['milestoneFlag']['findMany']>>[number]
type DoneRow = Awaited<ReturnType<Tx['milestoneDone']['findMany']>>[number]
type MilestoneRow = Awaited<ReturnType<Tx['milestone']['findMany']>>[number] & {
  moves: MoveRow[]
  done: DoneRow | null
  flags: FlagRow[]
  ratings: { state: string }[]
}
type ProjectRow = Awaited<ReturnType<Tx['project']['findMany']>>[number] & {
  leads: { personId: string }[]
  updates: UpdateRow[]
  milestones: MilestoneRow[]
}

const day = (date: Date | null): CivilDate | null => (date ? fromDbDate(date) : null)

function projectOf(row: ProjectRow, asAt: CivilDate): Project {
  return {
    id: row.id,
    ref: row.ref,
    title: row.title,
    workstreamId: row.workstreamId,
    tags: row.tags,
    leads: row.leads.map(({ personId }) => personId),
    updates: row.updates.map(updateOf),
    milestones: row.milestones.map((milestone) => milestoneOf(milestone, asAt)),
  }
}

function updateOf(row: UpdateRow): StatusUpdate {
  const { id, state, reason, path, criteria, derived, differs, byId, forId } = row
  const { source, at, attestsId, audience, confirmation } = row
  return {
    id,
    state,
    reason,
    path,
    criteria,
    derived,
    differs,
    byId,
    forId,
    source,
    at,
    attestsId,
    audience,
    awaitsConfirmation: row.toConfirm && !confirmation,
    confirmedById: confirmation?.byId ?? null,
    greenBy: day(row.greenBy),
    onDay: fromDbDate(row.onDay),
  }
}

function milestoneOf(row: MilestoneRow, asAt: CivilDate): Milestone {
  const moves: Move[] = row.moves.map((move) => ({
    from: day(move.from),
    to: day(move.to),
    reason: move.reason,
    byId: move.byId,
    forId: move.forId,
    onDay: fromDbDate(move.onDay),
  }))
  const { id, number, about, raw, heading, precision } = row
  const last = moves.at(-1)
  const completion = completionOf(row.done, asAt)
  return {
    id,
    number,
    about,
    raw,
    heading,
    precision,
    moves,
    earliest: day(row.earliest),
    baselineDue: day(row.baselineDue),
    due: last ? last.to : day(row.baselineDue),
    completion,
    doneOn: completion && !completion.awaitsConfirmation ? completion.onDay : null,
    rating: row.ratings[0]?.state ?? null,
    flag: flagOf(row.flags[0]),
    addedOn: fromDbDate(row.addedOn),
  }
}

function completionOf(row: DoneRow | null, asAt: CivilDate): Completion | null {
  if (!row || fromDbDate(row.onDay) > asAt) return null
  const { evidence, byId, forId, toConfirm, confirmedById } = row
  const confirmedOn = day(row.confirmedOn)
  const isConfirmed = confirmedOn !== null && confirmedOn <= asAt
  return {
    evidence,
    byId,
    forId,
    onDay: fromDbDate(row.onDay),
    awaitsConfirmation: toConfirm && !isConfirmed,
    confirmedById: isConfirmed ? confirmedById : null,
  }
}

/** From the latest that was said of it, which may be that it is at risk no longer. */
function flagOf(row: FlagRow | undefined): Flag | null {
  if (!row?.atRisk) return null
  const { reason, byId, forId, onDay } = row
  return { reason, byId, forId, onDay: fromDbDate(onDay) }
}

type ProgrammeRow = Omit<Programme, 'settings'> & { readonly settings: unknown }

/** A programme as it is stored, with its settings read. */
export function programmeOf(row: ProgrammeRow): Programme {
  const { id, key, title, zone, digestNames, settings } = row
  return { id, key, title, zone, digestNames, settings: settingsOf(settings) }
}

export async function allProgrammes(tx: Tx): Promise<Programme[]> {
  const rows = await tx.programme.findMany({ orderBy: { key: 'asc' } })
  return rows.map(programmeOf)
}

/** @throws where there is none of that id. */
export async function programmeById(tx: Tx, id: string): Promise<Programme> {
  return programmeOf(await tx.programme.findUniqueOrThrow({ where: { id } }))
}

/** @throws Refusal that offers the nearest key. */
export async function programmeByKey(tx: Tx, key: string): Promise<Programme> {
  const all = await allProgrammes(tx)
  const found = all.find((programme) => programme.key.toLowerCase() === key.toLowerCase())
  if (found) return found
  const near = nearest(
    key,
    all.map((programme) => programme.key),
  )
  const hint = near ? ` Did you mean ${near}?` : ''
  throw new Refusal(`There is no programme “${key}” here.${hint}`)
}

/** The programmes a person belongs to, in whatever role. */
export async function programmesOf(tx: Tx, personId: string): Promise<Programme[]> {
  const rows = await tx.programme.findMany({
    where: { memberships: { some: { personId } } },
    orderBy: { key: 'asc' },
  })
  return rows.map(programmeOf)
}
