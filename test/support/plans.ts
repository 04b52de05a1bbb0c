import { type CivilDate, civilDate } from '../../src/base/dates.ts'
import type { Person } from '../../src/domain/people/person.ts'
import type {
  Milestone,
  Move,
  PlanWithHistory,
  Project,
  ProjectWithHistory,
  StatusUpdate,
  Workstream,
} from '../../src/domain/plan/plan.ts'
import type { Programme } from '../../src/domain/programme/programme.ts'
import { settingsWith } from './settings.ts'

/**
 * Plans for tests, written down as far as the test cares: the rest is filled in so that it makes sense.
 * Ids read as what they name: project "2.1", milestone "2.1/1", person "priya".
 */
export interface PlanSketch {
  readonly programme?: Partial<Omit<Programme, 'settings'>> & { readonly settings?: unknown }
  readonly asAt?: string
  readonly workstreams?: readonly WorkstreamSketch[]
  readonly projects?: readonly ProjectSketch[]
  readonly people?: readonly (Partial<Person> & { readonly id: string })[]
  readonly programmeOffice?: readonly string[]
  readonly viewers?: readonly string[]
}

export interface WorkstreamSketch extends Partial<Omit<Workstream, 'id'>> {
  readonly ref: string
}

export interface ProjectSketch {
  readonly ref: string
  /** Left out: its ref. */
  readonly id?: string
  readonly title?: string
  /** Left out: the one that its ref begins with. */
  readonly workstream?: string
  readonly leads?: readonly string[]
  readonly tags?: readonly string[]
  readonly attributes?: Readonly<Record<string, string>>
  readonly milestones?: readonly MilestoneSketch[]
  /** Newest first, as in the Plan. */
  readonly updates?: readonly UpdateSketch[]
}

export interface MilestoneSketch {
  readonly about?: string
  /** Left out: the due day. */
  readonly raw?: string
  readonly heading?: string
  readonly due: string | null
  readonly doneOn?: string
  /** Said to be done on that day, and not confirmed by a second person yet. */
  readonly awaitedSince?: string
  /** Why its owner flags it at risk. */
  readonly atRisk?: string
  /** Left out: long ago. */
  readonly flaggedOn?: string
  readonly addedOn?: string
  /** Key of the state that the plan gives it. */
  readonly rating?: string
  /** Left out: the day it was added. */
  readonly ratedOn?: string
  /** Where it was rated; left out: in a sheet. */
  readonly ratedIn?: string
  /** Oldest first; `to` of the last is what `due` should say. */
  readonly moves?: readonly MoveSketch[]
}

export interface MoveSketch {
  readonly from: string | null
  readonly to: string | null
  readonly onDay: string
  readonly reason?: string
}

export interface UpdateSketch extends Partial<Omit<StatusUpdate, 'greenBy' | 'onDay'>> {
  readonly state: string
  readonly onDay?: string
  readonly greenBy?: string
}

const longAgo = '2017-01-02'

/** Projects "2.1" and "2.2" stand in workstream "2", which need not be named. Everyone named by id is a person. */
export function aPlan(sketch: PlanSketch = {}): PlanWithHistory {
  const projects = (sketch.projects ?? []).map(aProject)
  const programme = {
    id: 'programme',
    key: 'P1',
    title: 'Better Together',
    zone: 'Europe/London',
    digestNames: false,
    ...sketch.programme,
    settings: settingsWith(sketch.programme?.settings),
  }
  const workstreams = workstreamsOf(sketch, projects)
  return {
    programme,
    asAt: civilDate(sketch.asAt ?? '2017-02-24'),
    workstreams,
    projects,
    people: peopleOf(sketch, workstreams, projects),
    programmeOffice: sketch.programmeOffice ?? [],
    viewers: new Set(sketch.viewers),
  }
}

/** "2.1" belongs to workstream "2". */
function workstreamRef(projectRef: string): string {
  return projectRef.split('.')[0] ?? projectRef
}

function workstreamsOf(sketch: PlanSketch, projects: readonly Project[]): Workstream[] {
  const named = new Map((sketch.workstreams ?? []).map((one) => [one.ref, one]))
  const refs = new Set([...named.keys(), ...projects.map(({ ref }) => workstreamRef(ref))])
  return [...refs].map((ref) => ({
    title: `Workstream ${ref}`,
    leads: [],
    sponsors: [],
    ...named.get(ref),
    id: ref,
    ref,
  }))
}

function aProject(sketch: ProjectSketch): ProjectWithHistory {
  return {
    id: sketch.id ?? sketch.ref,
    ref: sketch.ref,
    title: sketch.title ?? `Project ${sketch.ref}`,
    workstreamId: sketch.workstream ?? workstreamRef(sketch.ref),
    leads: sketch.leads ?? [],
    tags: sketch.tags ?? [],
    life: null,
    attributes: sketch.attributes ?? {},
    milestones: (sketch.milestones ?? []).map((each, at) => aMilestone(sketch.ref, at + 1, each)),
    updates: (sketch.updates ?? []).map((each, at) => anUpdate(`${sketch.ref}:${at}`, each)),
  }
}

function aMilestone(ref: string, number: number, sketch: MilestoneSketch): Milestone {
  const moves = (sketch.moves ?? []).map(aMove)
  const due = dateOrNull(sketch.due)
  const [firstMove] = moves
  const doneOn = dateOrNull(sketch.doneOn)
  const saidOn = doneOn ?? dateOrNull(sketch.awaitedSince)
  return {
    id: `${ref}/${number}`,
    number,
    about: sketch.about ?? `Milestone ${number} of ${ref}`,
    raw: sketch.raw ?? sketch.due ?? 'TBC',
    ratings: sketch.rating
      ? [
          {
            state: sketch.rating,
            source: sketch.ratedIn ?? 'import',
            onDay: civilDate(sketch.ratedOn ?? sketch.addedOn ?? longAgo),
          },
        ]
      : [],
    heading: sketch.heading ?? null,
    earliest: due,
    baselineDue: firstMove ? firstMove.from : due,
    due,
    precision: due ? 'day' : 'none',
    doneOn,
    completion: saidOn && {
      ...{ onDay: saidOn, evidence: null, byId: null, onBehalfOfId: null, confirmedById: null },
      awaitsConfirmation: doneOn === null,
    },
    flag: sketch.atRisk
      ? {
          ...{ reason: sketch.atRisk, byId: null, onBehalfOfId: null },
          onDay: civilDate(sketch.flaggedOn ?? longAgo),
        }
      : null,
    addedOn: civilDate(sketch.addedOn ?? longAgo),
    moves,
  }
}

function aMove(sketch: MoveSketch): Move {
  return {
    from: dateOrNull(sketch.from),
    to: dateOrNull(sketch.to),
    reason: sketch.reason ?? 'The supplier asked for more time',
    byId: null,
    onBehalfOfId: null,
    onDay: civilDate(sketch.onDay),
  }
}

function anUpdate(id: string, sketch: UpdateSketch): StatusUpdate {
  const onDay = civilDate(sketch.onDay ?? longAgo)
  return {
    id,
    reason: null,
    path: null,
    criteria: [],
    derived: null,
    divergenceReason: null,
    awaitsConfirmation: false,
    confirmedById: null,
    byId: null,
    onBehalfOfId: null,
    source: 'test',
    attestsId: null,
    audience: 'board',
    at: new Date(`${onDay}T12:00:00Z`),
    ...sketch,
    onDay,
    greenBy: dateOrNull(sketch.greenBy),
  }
}

function peopleOf(
  sketch: PlanSketch,
  workstreams: readonly Workstream[],
  projects: readonly Project[],
): Map<string, Person> {
  const known = new Map((sketch.people ?? []).map((one) => [one.id, one]))
  const ids = new Set([
    ...known.keys(),
    ...(sketch.programmeOffice ?? []),
    ...workstreams.flatMap(({ leads, sponsors }) => [...leads, ...sponsors]),
    ...projects.flatMap(({ leads }) => leads),
  ])
  return new Map([...ids].map((id) => [id, { ...nobodySpecial, name: id, ...known.get(id), id }]))
}

const nobodySpecial = { post: null, zone: null, patterns: [], leaves: [], quiet: null }

function dateOrNull(text: string | null | undefined): CivilDate | null {
  return text == null ? null : civilDate(text)
}
