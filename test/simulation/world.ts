import { type CivilDate, civilDate, type Weekday } from '../../src/base/dates.ts'
import type { Leave } from '../../src/domain/people/person.ts'
import type { Plan, Project } from '../../src/domain/plan/plan.ts'
import { aPlan, type MilestoneSketch } from '../support/plans.ts'
import { type Day, dayAfter } from './independent-calendar.ts'
import { between, oneOf, type Random } from './random.ts'

/** Three programmes and their people, as the simulation finds them on the first day. */

export const firstDay: Day = '2025-12-29'
export const lastDay: Day = '2027-01-08'

const patterns: readonly (readonly Weekday[])[] = [
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  ['monday', 'tuesday', 'wednesday'],
  ['wednesday', 'thursday', 'friday'],
  ['monday', 'wednesday', 'friday'],
]
/** One is ahead of Greenwich and changes its clocks on other days; one changes none. */
const zones = ['Europe/London', 'America/New_York', 'Asia/Kolkata']
const quiet = [null, null, { from: '17:30', to: '10:00' }, { from: '12:00', to: '14:00' }]

export interface Size {
  readonly programmes: number
  readonly peopleEach: number
  readonly projectsEach: number
  /** Between these days the milestones fall due. */
  readonly from?: Day
  readonly to?: Day
  /** When each council is closed; absent: as in `settings`. */
  readonly closures?: readonly { readonly from: Day; readonly to: Day }[]
}

const settings = [
  { calendar: 'england-and-wales', closures: [] },
  {
    calendar: 'england-and-wales',
    closures: [{ from: '2026-12-24', to: '2026-12-31', reason: 'Christmas closing' }],
  },
  { calendar: 'northern-ireland', closures: [{ from: '2026-07-14', to: '2026-07-14' }] },
] as const

export function worldOf(random: Random, size: Size): Plan[] {
  return Array.from({ length: size.programmes }, (_, at) => programmeOf(random, size, at))
}

function programmeOf(random: Random, size: Size, at: number): Plan {
  const { peopleEach, projectsEach, closures, from = firstDay, to = lastDay } = size
  const begin = dayAfter(from, -1)
  const chosen = settings[at % settings.length]
  const ids = Array.from({ length: peopleEach }, (_, nth) => `p${at}-${nth}`)
  const [officer = '', ...others] = ids
  const people = ids.map((id) => ({
    id,
    name: id,
    zone: oneOf(random, zones),
    quiet: oneOf(random, quiet),
    patterns: [{ from: civilDate('2020-01-01'), weekdays: oneOf(random, patterns) }],
    leaves: leavesOf(random, ids, id, { from: begin, to }),
  }))
  const projects = Array.from({ length: projectsEach }, (_, nth) => ({
    ref: `${(nth % 8) + 1}.${Math.floor(nth / 8) + 1}`,
    leads: nth % 9 === 0 ? [oneOf(random, others), oneOf(random, others)] : [oneOf(random, others)],
    milestones: Array.from({ length: between(random, 0, 6) }, () =>
      milestoneOf(random, { from: begin, to }),
    ),
  }))
  const workstreams = Array.from({ length: 8 }, (_, nth) => ({
    ref: String(nth + 1),
    leads: [oneOf(random, others)],
    sponsors: [oneOf(random, others)],
  }))
  const plan = aPlan({
    programme: {
      id: `programme-${at}`,
      key: `P${at}`,
      zone: 'Europe/London',
      settings: closures ? { ...chosen, closures } : chosen,
    },
    asAt: from,
    workstreams,
    projects,
    people,
    programmeOffice: [officer],
  })
  return withOwnIds(plan, `P${at}`)
}

/** Sketches number their projects alike; in one world each has an id of its own. */
function withOwnIds(plan: Plan, prefix: string): Plan {
  const own = (id: string) => `${prefix}/${id}`
  return {
    ...plan,
    workstreams: plan.workstreams.map((one) => ({ ...one, id: own(one.id) })),
    projects: plan.projects.map(
      (one): Project => ({
        ...one,
        id: own(one.id),
        workstreamId: own(one.workstreamId),
        milestones: one.milestones.map((milestone) => ({ ...milestone, id: own(milestone.id) })),
      }),
    ),
  }
}

interface Span {
  readonly from: Day
  readonly to: Day
}

function milestoneOf(random: Random, { from, to }: Span): MilestoneSketch {
  if (random() < 0.08) return { due: null, addedOn: from }
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  return { due: dayAfter(from, between(random, 1, days)), addedOn: from }
}

/** Some weeks off, never two at once, half of them with a deputy. */
function leavesOf(random: Random, everyone: readonly string[], id: string, span: Span): Leave[] {
  const leaves: Leave[] = []
  let from = dayAfter(span.from, between(random, 5, 60))
  while (from < span.to) {
    const to = dayAfter(from, between(random, 0, 20))
    const deputy = oneOf(random, everyone)
    const deputyId = random() < 0.5 && deputy !== id ? deputy : null
    leaves.push({ from: civilDate(from), to: civilDate(to), deputyId, programmeId: null })
    from = dayAfter(to, between(random, 20, 110))
  }
  return leaves
}

/** The same plan with one project changed: plans are plain data, and what changes is made anew. */
export function withProject(
  plan: Plan,
  id: string,
  change: (project: Project) => Project,
  asAt: CivilDate,
): Plan {
  const projects = plan.projects.map((one) => (one.id === id ? change(one) : one))
  return { ...plan, projects, asAt }
}
