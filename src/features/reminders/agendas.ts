import { type CivilDate, momentAt } from '../../base/dates.ts'
import { calendarOf } from '../../domain/calendars/calendar.ts'
import { officeHours } from '../../domain/calendars/hours.ts'
import { type Following, type News, newsFor } from '../../domain/follows/follow-events.ts'
import { overdueReadings } from '../../domain/measures/frequency.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import type { Person, Plan, Programme, Project } from '../../domain/plan/plan.ts'
import {
  type Asking,
  officeOf,
  type Reach,
  type Recipient,
  recipientsOf,
} from '../../domain/plan/recipients.ts'
import { standingsIn } from '../../domain/rounds/response-status.ts'
import { type RoundsKnown, roundsAt, type UpdateRound } from '../../domain/rounds/rules.ts'
import { escalatedTo } from './escalation.ts'
import type { Pauses } from './suppression.ts'
import type { Rung, Seen } from './types.ts'
import { type Alarm, alarmsOn } from './unreachable-leads.ts'

export interface WhatIsKnown {
  readonly plans: readonly Plan[]
  /** What a person was told before, as the keys in `says`. */
  readonly said: (personId: string) => ReadonlySet<string>
  /** Whether a person can be reached in chat. Without it, everybody can. */
  readonly reach?: (personId: string) => Reach
  /** What a person has put off. */
  readonly pauses?: (personId: string) => Pauses
  /** The measures of a programme. */
  readonly measures?: (programmeId: string) => readonly Measure[]
  /** Its update rounds; undefined where it has none. */
  readonly rounds?: (programmeId: string) => RoundsKnown | undefined
  /** Who follows which of its projects. */
  readonly follows?: (programmeId: string) => readonly Following[]
}

/** Everything that one person answers for on a day; nobody has a desk too, one for each programme. */
export interface Desk {
  readonly id: string
  readonly person: Person | null
  readonly zone: string
  readonly day: CivilDate
  /** Those that something on it belongs to. */
  readonly programmes: readonly Programme[]
  /** What lies on it, looked up when it is asked for: most desks have been spoken to that day. */
  readonly seen: () => readonly Seen[]
  readonly alarms: readonly Alarm[]
  /** Of the projects that the person follows. */
  readonly news: readonly News[]
  /** Whether the office had a round nudged, one that is ahead still, that something on it may belong to. */
  readonly wasNudged: boolean
}

type DeskInHand = Omit<Desk, 'wasNudged'> & {
  readonly programmes: Programme[]
  readonly places: (() => Seen)[]
  readonly alarms: Alarm[]
  readonly news: News[]
  wasNudged: boolean
}

/**
 * The desks of a day, in the order of the plans. Somebody in several programmes has one, with the first one's zone if
 * need be. `now` is that moment of the day; without it, nine in the morning of each programme.
 */
export function desksOn(day: CivilDate, known: WhatIsKnown, now?: Date): Desk[] {
  const { plans, reach = () => 'reached' } = known
  const asking = { day, reach }
  const desks = new Map<string, DeskInHand>()
  const deskOf = (person: Person | null, programme: Programme): DeskInHand => {
    const id = person?.id ?? `nobody-${programme.id}`
    const desk = desks.get(id) ?? newDesk(id, person, person?.zone ?? programme.zone, day)
    if (!desk.programmes.includes(programme)) desk.programmes.push(programme)
    desks.set(id, desk)
    return desk
  }
  for (const plan of plans) {
    const { programme } = plan
    const wasNudged = known
      .rounds?.(programme.id)
      ?.changes.some(({ kind, round }) => kind === 'nudged' && day <= round)
    for (const { person, look } of everythingIn(plan, asking, known, now)) {
      const desk = deskOf(person, programme)
      desk.places.push(look)
      if (wasNudged) desk.wasNudged = true
    }
    const alarms = alarmsOn(plan, asking)
    for (const id of alarms.length > 0 ? plan.programmeOffice : []) {
      const person = plan.people.get(id)
      if (person && reach(id) === 'reached') deskOf(person, programme).alarms.push(...alarms)
    }
    for (const follow of known.follows?.(programme.id) ?? []) {
      const person = plan.people.get(follow.personId)
      if (!person || reach(person.id) !== 'reached') continue
      const news = newsFor(plan, follow, day)
      if (news.length > 0) deskOf(person, programme).news.push(...news)
    }
  }
  return [...desks.values()]
}

function newDesk(id: string, person: Person | null, zone: string, day: CivilDate): DeskInHand {
  const places: (() => Seen)[] = []
  const seen = () => places.map((look) => look())
  return {
    id,
    person,
    zone,
    day,
    programmes: [],
    places,
    seen,
    alarms: [],
    news: [],
    wasNudged: false,
  }
}

interface Place {
  readonly person: Person | null
  readonly look: () => Seen
}

/** What everybody answers for in a plan; what belongs to no project is the programme office's. */
function everythingIn(plan: Plan, asking: Asking, known: WhatIsKnown, now?: Date): Place[] {
  const { programme } = plan
  const { day } = asking
  const moment = once(() => now ?? momentAt(day, officeHours.from, programme.zone))
  const missing = once(() => overdueReadings(known.measures?.(programme.id) ?? [], day))
  const owing = once(() => owingIn(plan, known.rounds?.(programme.id), moment()))
  const place = (project: Project | null, recipient: Recipient, rung: Rung): Place => ({
    person: recipient.person,
    look: () => ({
      ...{ programme, project, recipient, rung, day, now: moment() },
      calendar: calendarOf(recipient.person, programme),
      missingReadings: missing().filter(({ projects }) =>
        project ? projects.some(({ id }) => id === project.id) : projects.length === 0,
      ),
      owing: (project && owing().get(project.id)) ?? [],
    }),
  })
  const inProjects = plan.projects.flatMap((project) => {
    const asked = recipientsOf(plan, project, asking)
    return [
      ...asked.map((recipient) => place(project, recipient, 'lead')),
      ...escalatedTo(plan, project, asking, asked).map(({ rung, ...recipient }) =>
        place(project, recipient, rung),
      ),
    ]
  })
  const ofNone = (known.measures?.(programme.id) ?? []).some(
    ({ projects }) => projects.length === 0,
  )
  const office = ofNone ? officeOf(plan, asking) : []
  return [...inProjects, ...office.map((recipient) => place(null, recipient, 'lead'))]
}

/** Works something out when it is first asked for. */
function once<T>(work: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => {
    known ??= { value: work() }
    return known.value
  }
}

/** The rounds for which each project owes its update: the open one, and one about to open. */
function owingIn(
  plan: Plan,
  known: RoundsKnown | undefined,
  now: Date,
): ReadonlyMap<string, readonly UpdateRound[]> {
  const owing = new Map<string, UpdateRound[]>()
  if (!known) return owing
  const { open, next } = roundsAt(known, now)
  for (const round of [open, next].flatMap((one) => one ?? [])) {
    for (const { project, is } of standingsIn(plan, round)) {
      if (is === 'owed') owing.set(project.id, [...(owing.get(project.id) ?? []), round])
    }
  }
  return owing
}
