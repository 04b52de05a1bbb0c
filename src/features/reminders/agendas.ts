import { type CivilDate, momentAt } from '../../base/dates.ts'
import { memoizeOnce } from '../../base/memoize.ts'
import { calendarOf } from '../../domain/calendars/calendar.ts'
import { officeHours } from '../../domain/calendars/hours.ts'
import {
  type Follow,
  type FollowEvent,
  followEventsFor,
} from '../../domain/follows/follow-events.ts'
import { overdueMeasures } from '../../domain/measures/frequency.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import type { Contactability } from '../../domain/people/contactability.ts'
import type { Person } from '../../domain/people/person.ts'
import type { Plan, Project } from '../../domain/plan/plan.ts'
import {
  officeOf,
  type Recipient,
  type RecipientQuery,
  recipientsOf,
} from '../../domain/plan/recipients.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { responseStatuses } from '../../domain/rounds/response-status.ts'
import { type RoundInputs, roundsAt, type UpdateRound } from '../../domain/rounds/rules.ts'
import { escalationRecipients } from './escalation.ts'
import type { Suppressions } from './suppression.ts'
import type { EscalationLevel, RuleInput } from './types.ts'
import { type Alarm, unreachableLeadAlarms } from './unreachable-leads.ts'

export interface ReminderContext {
  readonly plans: readonly Plan[]
  /** What a person was told before, as the keys in `says`. */
  readonly topicsSentTo: (personId: string) => ReadonlySet<string>
  /** Whether a person can be reached in chat. Without it, everybody can. */
  readonly contactabilityOf?: (personId: string) => Contactability
  /** What a person has put off. */
  readonly suppressionsOf?: (personId: string) => Suppressions
  /** The measures of a programme. */
  readonly measures?: (programmeId: string) => readonly Measure[]
  /** Its update rounds; undefined where it has none. */
  readonly rounds?: (programmeId: string) => RoundInputs | undefined
  /** Who follows which of its projects. */
  readonly follows?: (programmeId: string) => readonly Follow[]
}

/** Everything that one person answers for on a day; nobody has a desk too, one for each programme. */
export interface Agenda {
  readonly id: string
  readonly person: Person | null
  readonly zone: string
  readonly day: CivilDate
  /** Those that something on it belongs to. */
  readonly programmes: readonly Programme[]
  /** What lies on it, looked up when it is asked for: most desks have been spoken to that day. */
  readonly ruleInputs: () => readonly RuleInput[]
  readonly alarms: readonly Alarm[]
  /** Of the projects that the person follows. */
  readonly news: readonly FollowEvent[]
  /** Whether the office had a round nudged, one that is ahead still, that something on it may belong to. */
  readonly wasNudged: boolean
}

type AgendaBuilder = Omit<Agenda, 'wasNudged'> & {
  readonly programmes: Programme[]
  readonly inputs: (() => RuleInput)[]
  readonly alarms: Alarm[]
  readonly news: FollowEvent[]
  wasNudged: boolean
}

/**
 * The desks of a day, in the order of the plans. Somebody in several programmes has one, with the first one's zone if
 * need be. `now` is that moment of the day; without it, nine in the morning of each programme.
 */
export function agendasFor(day: CivilDate, known: ReminderContext, now?: Date): Agenda[] {
  const { plans, contactabilityOf = () => 'reached' } = known
  const asking = { day, contactabilityOf }
  const desks = new Map<string, AgendaBuilder>()
  const deskOf = (person: Person | null, programme: Programme): AgendaBuilder => {
    const id = person?.id ?? `nobody-${programme.id}`
    const desk = desks.get(id) ?? newAgenda(id, person, person?.zone ?? programme.zone, day)
    if (!desk.programmes.includes(programme)) desk.programmes.push(programme)
    desks.set(id, desk)
    return desk
  }
  for (const plan of plans) {
    const { programme } = plan
    const wasNudged = known
      .rounds?.(programme.id)
      ?.changes.some(({ kind, round }) => kind === 'nudged' && day <= round)
    for (const { person, ruleInput } of agendaEntries(plan, asking, known, now)) {
      const desk = deskOf(person, programme)
      desk.inputs.push(ruleInput)
      if (wasNudged) desk.wasNudged = true
    }
    const alarms = unreachableLeadAlarms(plan, asking)
    for (const id of alarms.length > 0 ? plan.programmeOffice : []) {
      const person = plan.people.get(id)
      if (person && contactabilityOf(id) === 'reached')
        deskOf(person, programme).alarms.push(...alarms)
    }
    for (const follow of known.follows?.(programme.id) ?? []) {
      const person = plan.people.get(follow.personId)
      if (!person || contactabilityOf(person.id) !== 'reached') continue
      const news = followEventsFor(plan, follow, day)
      if (news.length > 0) deskOf(person, programme).news.push(...news)
    }
  }
  return [...desks.values()]
}

function newAgenda(id: string, person: Person | null, zone: string, day: CivilDate): AgendaBuilder {
  const places: (() => RuleInput)[] = []
  const seen = () => places.map((look) => look())
  return {
    id,
    person,
    zone,
    day,
    programmes: [],
    inputs: places,
    ruleInputs: seen,
    alarms: [],
    news: [],
    wasNudged: false,
  }
}

interface AgendaEntry {
  readonly person: Person | null
  readonly ruleInput: () => RuleInput
}

/** What everybody answers for in a plan; what belongs to no project is the programme office's. */
function agendaEntries(
  plan: Plan,
  asking: RecipientQuery,
  known: ReminderContext,
  now?: Date,
): AgendaEntry[] {
  const { programme } = plan
  const { day } = asking
  const moment = memoizeOnce(() => now ?? momentAt(day, officeHours.from, programme.zone))
  const missing = memoizeOnce(() => overdueMeasures(known.measures?.(programme.id) ?? [], day))
  const owing = memoizeOnce(() => owedRoundsByProject(plan, known.rounds?.(programme.id), moment()))
  const place = (
    project: Project | null,
    recipient: Recipient,
    rung: EscalationLevel,
  ): AgendaEntry => ({
    person: recipient.person,
    ruleInput: () => ({
      ...{ programme, project, recipient, escalationLevel: rung, day, now: moment() },
      calendar: calendarOf(recipient.person, programme),
      missingReadings: missing().filter(({ projects }) =>
        project ? projects.some(({ id }) => id === project.id) : projects.length === 0,
      ),
      owedRounds: (project && owing().get(project.id)) ?? [],
    }),
  })
  const inProjects = plan.projects.flatMap((project) => {
    const asked = recipientsOf(plan, project, asking)
    return [
      ...asked.map((recipient) => place(project, recipient, 'lead')),
      ...escalationRecipients(plan, project, asking, asked).map(
        ({ escalationLevel, ...recipient }) => place(project, recipient, escalationLevel),
      ),
    ]
  })
  const ofNone = (known.measures?.(programme.id) ?? []).some(
    ({ projects }) => projects.length === 0,
  )
  const office = ofNone ? officeOf(plan, asking) : []
  return [...inProjects, ...office.map((recipient) => place(null, recipient, 'lead'))]
}

/** The rounds for which each project owes its update: the open one, and one about to open. */
function owedRoundsByProject(
  plan: Plan,
  known: RoundInputs | undefined,
  now: Date,
): ReadonlyMap<string, readonly UpdateRound[]> {
  const owing = new Map<string, UpdateRound[]>()
  if (!known) return owing
  const { open, next } = roundsAt(known, now)
  for (const round of [open, next].flatMap((one) => one ?? [])) {
    for (const { project, status } of responseStatuses(plan, round)) {
      if (status === 'owed') owing.set(project.id, [...(owing.get(project.id) ?? []), round])
    }
  }
  return owing
}
