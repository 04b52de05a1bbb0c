import { programmesOfPerson } from '../../authority/programme-roles.ts'
import { type CivilDate, earlierOf, toDbDate } from '../../base/dates.ts'
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
import type { Plan, PlanWithHistory, Project, ProjectWithHistory, Workstream } from './plan.ts'
import { inPlanOrder } from './plan-order.ts'
import { hasOtherStates, loadLiveProjects, projectById, withHistory } from './project-query.ts'
import type { UpdatesRead } from './update-query.ts'

/**
 * The plan as it stood at the end of `asAt`, with all that was ever said of it: costs what its age costs.
 * @throws Refusal where there is no such programme.
 */
export async function loadPlan(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<PlanWithHistory> {
  const plan = await loadPlanWith(tx, programmeId, asAt, 'all')
  return { ...plan, projects: plan.projects.map(withHistory) }
}

/** A day, or how it is found for a programme as it worked on the day that is asked for. */
export type Since = CivilDate | ((programme: Programme) => Promise<CivilDate>)

/**
 * The plan as it stood at the end of `asAt`, and of what was said of each project only what counted at the end of `since`,
 * and all from its day on, with what rules know of the time before: as many rows after five years as after one.
 * @throws Refusal where there is no such programme.
 */
export function loadRecentPlan(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
  since: Since = asAt,
): Promise<Plan> {
  return loadPlanWith(tx, programmeId, asAt, { since })
}

async function loadPlanWith(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
  updates: 'all' | { readonly since: Since },
): Promise<Plan> {
  const programme = await tx.programme.findUnique({
    where: { id: programmeId },
    include: { memberships: true },
  })
  if (!programme) throw new Refusal('That programme is not here any more.')
  // One after the other: a transaction has one connection.
  const earlier = await loadEarlierValues(tx, programmeId, ['programme', 'workstream'], asAt)
  const workstreams = await loadWorkstreams(tx, programmeId, asAt, earlier)
  const present = programmeOf(programme)
  const then = programmeThen(present, earlier)
  const read =
    updates === 'all' ? updates : { since: await earliest(updates.since, [present, then]) }
  const projects = await loadLiveProjects(tx, programmeId, asAt, read)
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
    programme: (await isReadableBy(tx, then, present, projects, asAt)) ? then : present,
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
    include: { owners: { orderBy: { position: 'asc' } } },
  })
  const placed = rows.flatMap(({ id, ref, title, position, isRemoved, owners }) => {
    const idsOf = (as: 'lead' | 'sponsor') =>
      owners.filter(({ role }) => role === as).map(({ personId }) => personId)
    const present = { id, ref, title, leads: idsOf('lead'), sponsors: idsOf('sponsor') }
    const { isRemoved: wasRemoved, ...workstream } = { ...present, isRemoved, ...earlier.get(id) }
    return wasRemoved ? [] : [{ position, item: workstream }]
  })
  return inPlanOrder(placed)
}

/** The programme with the states, criteria and rules of the day; the same one where they did not change since. */
function programmeThen(programme: Programme, earlier: EarlierValues): Programme {
  const then = earlier.get(programme.id)
  return then ? { ...programme, settings: settingsAsAt(programme.settings, then) } : programme
}

/**
 * Whether the scheme of the day knows every state that was said by then. A sheet of that day that came later may say
 * states that only a later scheme has: then that one counts, so that what was said can be read.
 */
async function isReadableBy(
  tx: ReadTx,
  then: Programme,
  present: Programme,
  projects: readonly Project[],
  asAt: CivilDate,
): Promise<boolean> {
  const known = new Set(stateKeys(then))
  if (then === present || stateKeys(present).every((key) => known.has(key))) return true
  const said = projects.flatMap(({ updates, milestones }) => [
    ...updates,
    ...milestones.flatMap(({ ratings }) => ratings),
  ])
  if (!said.every(({ state }) => known.has(state))) return false
  const ids = projects.flatMap(({ id, past }) => (past ? [id] : []))
  return !(await hasOtherStates(tx, ids, asAt, [...known]))
}

function stateKeys({ settings }: Programme): string[] {
  const { blank, ...scheme } = schemeOf(settings)
  return [blank, ...allStates({ blank, ...scheme })].map(({ key }) => key)
}

async function earliest(since: Since, programmes: readonly Programme[]): Promise<CivilDate> {
  if (typeof since === 'string') return since
  const days: CivilDate[] = []
  for (const programme of new Set(programmes)) days.push(await since(programme))
  return days.reduce(earlierOf)
}

/** A later import changes no earlier day. */
const inPlanFilter = (asAt: CivilDate) => ({
  OR: [{ addedOn: null }, { addedOn: { lte: toDbDate(asAt) } }],
})

/** One project as at a day, by id. @throws Refusal where it is not there any more. */
export async function loadProject(
  tx: ReadTx,
  projectId: string,
  asAt: CivilDate,
): Promise<ProjectWithHistory> {
  return withHistory(await loadProjectWith(tx, projectId, asAt, 'all'))
}

/** The same with what counts, and so many of its last updates. @throws Refusal where it is not there any more. */
export function loadRecentProject(
  tx: ReadTx,
  projectId: string,
  asAt: CivilDate,
  latest = 1,
): Promise<Project> {
  return loadProjectWith(tx, projectId, asAt, { since: asAt, latest })
}

async function loadProjectWith(
  tx: ReadTx,
  projectId: string,
  asAt: CivilDate,
  updates: UpdatesRead,
): Promise<Project> {
  const project = await projectById(tx, projectId, asAt, updates)
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

async function allProgrammes(tx: ReadTx): Promise<Programme[]> {
  const rows = await tx.programme.findMany({ orderBy: { key: 'asc' } })
  return rows.map(programmeOf)
}

/** Those of one organisation; null: of the one that runs Milepost. */
export async function programmesOfOrganisation(
  tx: ReadTx,
  organisationId: string | null,
): Promise<Programme[]> {
  const rows = await tx.programme.findMany({ where: { organisationId }, orderBy: { key: 'asc' } })
  return rows.map(programmeOf)
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
