import { programmesOfPerson } from '../../authority/programme-roles.ts'
import { type CivilDate, toDbDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { nearest } from '../../base/text.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { ProgrammeRole } from '../people/member-resolver.ts'
import { personInclude, personOf } from '../people/person-store.ts'
import type { Programme } from '../programme/programme.ts'
import { parseSettings, settingsAsAt } from '../programme/setting.ts'
import { loadEarlierValues } from '../revisions/revision-store.ts'
import type { EarlierValues } from '../revisions/revisions.ts'
import { allStates, schemeOf } from '../scheme/schemes.ts'
import type { Plan, Project, Workstream } from './plan.ts'
import { loadLiveProjects, projectById, type UpdatesRead } from './project-query.ts'

/**
 * The plan as it stood at the end of `asAt`, worked out from the history.
 * @throws Refusal where there is no such programme.
 */
export function loadPlan(tx: ReadTx, programmeId: string, asAt: CivilDate): Promise<Plan> {
  return loadPlanWith(tx, programmeId, asAt, 'all')
}

/**
 * The same, and of what was said of each project only what counted at the end of `since`, and all from its day on: as many
 * rows after five years as after one. Right for how projects stand on each day from `since` on, and for who answered
 * since; not since when they stand so, how often something was said, or whether ever: those ask `loadPlan`.
 */
export function loadRecentPlan(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
  since: CivilDate = asAt,
): Promise<Plan> {
  return loadPlanWith(tx, programmeId, asAt, { since })
}

async function loadPlanWith(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
  updates: UpdatesRead,
): Promise<Plan> {
  const programme = await tx.programme.findUnique({
    where: { id: programmeId },
    include: { memberships: true },
  })
  if (!programme) throw new Refusal('That programme is not here any more.')
  // One after the other: a transaction has one connection.
  const earlier = await loadEarlierValues(tx, programmeId, ['programme', 'workstream'], asAt)
  const workstreams = await loadWorkstreams(tx, programmeId, asAt, earlier)
  const projects = await loadLiveProjects(tx, programmeId, asAt, updates)
  const ids = new Set([
    ...programme.memberships.map(({ personId }) => personId),
    ...workstreams.flatMap(({ leads, sponsors }) => [...leads, ...sponsors]),
    ...projects.flatMap(({ leads }) => leads),
  ])
  const people = await tx.person.findMany({ where: { id: { in: [...ids] } }, ...personInclude })
  const idsWith = (has: (role: ProgrammeRole) => boolean) =>
    programme.memberships.flatMap(({ role, personId }) => (has(role) ? personId : []))
  const withMoreThanReading = new Set(idsWith((role) => role !== 'viewer'))
  return {
    programme: programmeAsAt(programmeOf(programme), earlier, projects),
    asAt,
    workstreams,
    projects,
    people: new Map(people.map((row) => [row.id, personOf(row)])),
    programmeOffice: idsWith((role) => role === 'programme_office'),
    viewers: new Set(
      idsWith((role) => role === 'viewer').filter((id) => !withMoreThanReading.has(id)),
    ),
  }
}

async function loadWorkstreams(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
  earlier: EarlierValues,
): Promise<Workstream[]> {
  const rows = await tx.workstream.findMany({
    where: { programmeId, ...inPlanFilter(asAt) },
    // Sheets that came one after the other count from the same place.
    orderBy: [{ position: 'asc' }, { ref: 'asc' }],
    include: { owners: { orderBy: { position: 'asc' } } },
  })
  return rows.flatMap(({ id, ref, title, isRemoved, owners }) => {
    const idsOf = (as: 'lead' | 'sponsor') =>
      owners.filter(({ role }) => role === as).map(({ personId }) => personId)
    const present = { id, ref, title, leads: idsOf('lead'), sponsors: idsOf('sponsor') }
    const { isRemoved: wasRemoved, ...workstream } = { ...present, isRemoved, ...earlier.get(id) }
    return wasRemoved ? [] : [workstream]
  })
}

/**
 * The programme with the states, criteria and rules of the day. A sheet of that day that came later may say states that
 * only a later scheme has: then that one counts, so that what was said can be read.
 */
function programmeAsAt(
  programme: Programme,
  earlier: EarlierValues,
  projects: readonly Project[],
): Programme {
  const then = earlier.get(programme.id)
  if (!then) return programme
  const settings = settingsAsAt(programme.settings, then)
  const { blank, ...scheme } = schemeOf(settings)
  const known = new Set([blank, ...allStates({ blank, ...scheme })].map(({ key }) => key))
  const isReadable = projects.every(({ updates, milestones }) =>
    [...updates, ...milestones.flatMap(({ ratings }) => ratings)].every(({ state }) =>
      known.has(state),
    ),
  )
  return isReadable ? { ...programme, settings } : programme
}

/** A later import changes no earlier day. */
const inPlanFilter = (asAt: CivilDate) => ({
  OR: [{ addedOn: null }, { addedOn: { lte: toDbDate(asAt) } }],
})

/** One project as at a day, by id. */
export async function loadProject(
  tx: ReadTx,
  projectId: string,
  asAt: CivilDate,
): Promise<Project> {
  const project = await projectById(tx, projectId, asAt)
  if (!project) throw new Refusal('That project is not in the plan any more.')
  return project
}

type ProgrammeRow = Omit<Programme, 'settings' | 'isArchived'> & {
  readonly settings: unknown
  /** As the database or its JSON has it. */
  readonly archivedAt: Date | string | null
}

/** A programme's row with its settings parsed. One that is archived says so wherever its title is read. */
export function programmeOf(row: ProgrammeRow): Programme {
  const { id, key, zone, digestNames, settings, archivedAt } = row
  const own = { id, key, zone, digestNames, settings: parseSettings(settings) }
  return archivedAt === null
    ? { ...own, title: row.title }
    : { ...own, title: `${row.title} (archived)`, isArchived: true }
}

/** Those that are not archived: what is sent by itself is about them. */
export async function liveProgrammes(tx: ReadTx): Promise<Programme[]> {
  const rows = await tx.programme.findMany({ where: { archivedAt: null }, orderBy: { key: 'asc' } })
  return rows.map(programmeOf)
}

export async function allProgrammes(tx: ReadTx): Promise<Programme[]> {
  const rows = await tx.programme.findMany({ orderBy: { key: 'asc' } })
  return rows.map(programmeOf)
}

/** The zones that programmes are in, each once. */
export async function programmeZones(tx: ReadTx): Promise<string[]> {
  const rows = await tx.programme.groupBy({ by: ['zone'] })
  return rows.map(({ zone }) => zone)
}

/** When Milepost first knew the programme. @throws where there is none of that id */
export async function programmeCreatedAt(tx: ReadTx, id: string): Promise<Date> {
  const row = await tx.programme.findUniqueOrThrow({ where: { id }, select: { createdAt: true } })
  return row.createdAt
}

/** @throws where there is none of that id. */
export async function programmeById(tx: ReadTx, id: string): Promise<Programme> {
  return programmeOf(await tx.programme.findUniqueOrThrow({ where: { id } }))
}

/** Those of these ids that are there, by id. */
export async function programmesById(
  tx: ReadTx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Programme>> {
  const rows = await tx.programme.findMany({ where: { id: { in: [...ids] } } })
  return new Map(rows.map((row) => [row.id, programmeOf(row)]))
}

/** @throws Refusal that offers the nearest key. */
export async function programmeByKey(tx: ReadTx, key: string): Promise<Programme> {
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
export async function programmesOf(tx: ReadTx, personId: string): Promise<Programme[]> {
  const rows = await tx.programme.findMany({
    where: programmesOfPerson(personId),
    orderBy: { key: 'asc' },
  })
  return rows.map(programmeOf)
}
