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
import { approvalRecipientsOf } from '../../domain/plan/approvers.ts'
import type { MoveRequest } from '../../domain/plan/move-requests.ts'
import type { Plan, Project } from '../../domain/plan/plan.ts'
import {
  entryOwnersOf,
  holdReviewersOf,
  officeOf,
  type Recipient,
  type RecipientQuery,
  recipientsOf,
} from '../../domain/plan/recipients.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import type { Entry } from '../../domain/register/entry.ts'
import { slipEventsFor } from '../../domain/register/slip-events.ts'
import { responseStatuses } from '../../domain/rounds/response-status.ts'
import { type RoundInputs, roundsAt, type UpdateRound } from '../../domain/rounds/rules.ts'
import { escalationRecipients } from './escalation.ts'
import type { EscalationLevel, RuleInput } from './finding.ts'
import { dayOfEntry } from './rules/register.ts'
import type { ReminderRule } from './rules/rule.ts'
import type { Suppressions } from './suppression.ts'
import { type Alarm, unreachableLeadAlarms } from './unreachable-leads.ts'

/** Everything that reminders are worked out from. What is left out is empty. */
export interface ReminderContext {
  readonly plans: readonly Plan[]
  /** Keys of what a person was sent before. */
  readonly topicsSentTo: (personId: string) => ReadonlySet<string>
  /** Whether a person can be reached in chat. Left out: everybody can. */
  readonly contactabilityOf?: (personId: string) => Contactability
  readonly suppressionsOf?: (personId: string) => Suppressions
  readonly measures?: (programmeId: string) => readonly Measure[]
  /** The projects on hold that have a day to look at them again. */
  readonly projectsOnHold?: (programmeId: string) => readonly Project[]
  /** The open entries of its register that somebody is asked about, as they stand. */
  readonly openEntries?: (programmeId: string) => readonly Entry[]
  /** Moves of dates that wait to be agreed. */
  readonly waitingMoves?: (programmeId: string) => readonly MoveRequest[]
  /** Undefined for a programme without update rounds. */
  readonly rounds?: (programmeId: string) => RoundInputs | undefined
  readonly follows?: (programmeId: string) => readonly Follow[]
  /**
   * Programmes of a person whose plans are not among these. Then what is found is at most a part of their message: it
   * tells whether the plans of all of them have to be looked at together. Left out: there are none.
   */
  readonly otherProgrammesOf?: (personId: string) => readonly Programme[]
  /** Left out: all of rules/registry.ts. */
  readonly rules?: readonly ReminderRule[]
}

interface OfProgramme {
  readonly programme: Programme
}

/** Everything that one person answers for on one day. What nobody answers for is an agenda of each programme. */
export interface Agenda {
  /** The person's id; 'nobody-<programme id>' where there is no person. */
  readonly id: string
  readonly person: Person | null
  readonly zone: string
  readonly day: CivilDate
  /** Those that something on it belongs to. */
  readonly programmes: readonly Programme[]
  /** One for each project the person answers for. Computed on each call: most agendas are not looked at. */
  readonly ruleInputs: () => readonly RuleInput[]
  readonly alarms: readonly (Alarm & OfProgramme)[]
  /** Changes of projects that the person follows, or that a project of theirs waits for. */
  readonly news: readonly (FollowEvent & OfProgramme)[]
  /** Whether a programme office nudged a round, still to be served, that may be on it. */
  readonly wasNudged: boolean
}

interface AgendaBuilder {
  readonly person: Person | null
  readonly zone: string
  readonly programmes: Set<Programme>
  readonly inputs: (() => RuleInput)[]
  readonly alarms: (Alarm & OfProgramme)[]
  readonly news: (FollowEvent & OfProgramme)[]
  wasNudged: boolean
}

/**
 * The agendas of a day, in the order of the plans. Somebody in several programmes has one; without a zone of their own,
 * they have that of the first. `now` is a moment of the day; left out, it is 09:00 in each programme.
 */
export function agendasFor(day: CivilDate, context: ReminderContext, now?: Date): Agenda[] {
  const builders = new Map<string, AgendaBuilder>()
  const builderFor = (person: Person | null, programme: Programme): AgendaBuilder => {
    const id = person?.id ?? `nobody-${programme.id}`
    const builder = builders.get(id) ?? newBuilder(person, person?.zone ?? programme.zone)
    builder.programmes.add(programme)
    for (const other of context.otherProgrammesOf?.(id) ?? []) builder.programmes.add(other)
    builders.set(id, builder)
    return builder
  }
  for (const plan of context.plans) addPlan(plan, context, { day, now }, builderFor)
  return [...builders].map(([id, { inputs, programmes, ...builder }]) => ({
    ...{ id, day, ...builder, programmes: [...programmes] },
    ruleInputs: () => inputs.map((input) => input()),
  }))
}

function newBuilder(person: Person | null, zone: string): AgendaBuilder {
  return {
    ...{ person, zone, programmes: new Set<Programme>() },
    ...{ inputs: [], alarms: [], news: [], wasNudged: false },
  }
}

interface AgendaTime {
  readonly day: CivilDate
  readonly now: Date | undefined
}

function addPlan(
  plan: Plan,
  context: ReminderContext,
  time: AgendaTime,
  builderFor: (person: Person | null, programme: Programme) => AgendaBuilder,
): void {
  const { programme } = plan
  const { day } = time
  const { contactabilityOf = () => 'reached' as const } = context
  const query = { day, contactabilityOf }
  const reachedPerson = (id: string): Person | undefined =>
    contactabilityOf(id) === 'reached' ? plan.people.get(id) : undefined
  const ofProgramme = <Notice>(notice: Notice) => ({ ...notice, programme })
  const wasNudged = context
    .rounds?.(programme.id)
    ?.changes.some(({ kind, round }) => kind === 'nudged' && day <= round)
  for (const { person, ruleInput } of agendaEntries(plan, query, context, time)) {
    const builder = builderFor(person, programme)
    builder.inputs.push(ruleInput)
    if (wasNudged) builder.wasNudged = true
  }
  const alarms = unreachableLeadAlarms(plan, query)
  for (const id of alarms.length > 0 ? plan.programmeOffice : []) {
    const person = reachedPerson(id)
    if (person) builderFor(person, programme).alarms.push(...alarms.map(ofProgramme))
  }
  for (const { project, byId, ...slip } of slipEventsFor(
    plan,
    context.openEntries?.(programme.id) ?? [],
    day,
  )) {
    for (const { person } of recipientsOf(plan, project, query)) {
      if (person && person.id !== byId) builderFor(person, programme).news.push(ofProgramme(slip))
    }
  }
  for (const follow of context.follows?.(programme.id) ?? []) {
    const person = reachedPerson(follow.personId)
    const news = person ? followEventsFor(plan, follow, day) : []
    if (person && news.length > 0) builderFor(person, programme).news.push(...news.map(ofProgramme))
  }
}

interface AgendaEntry {
  readonly person: Person | null
  readonly ruleInput: () => RuleInput
}

/** What everybody answers for in a plan. What belongs to no project is the programme office's. */
function agendaEntries(
  plan: Plan,
  query: RecipientQuery,
  context: ReminderContext,
  { day, now }: AgendaTime,
): AgendaEntry[] {
  const { programme } = plan
  const measures = context.measures?.(programme.id) ?? []
  const moment = memoizeOnce(() => now ?? momentAt(day, officeHours.from, programme.zone))
  const missing = memoizeOnce(() => overdueMeasures(measures, day))
  const owed = memoizeOnce(() =>
    owedRoundsByProject(plan, context.rounds?.(programme.id), moment()),
  )
  const entry = (
    project: Project | null,
    recipient: Recipient,
    escalationLevel: EscalationLevel,
  ): AgendaEntry => ({
    person: recipient.person,
    ruleInput: () => ({
      ...{ programme, project, recipient, escalationLevel, day, now: moment() },
      calendar: calendarOf(recipient.person, programme),
      missingReadings: missing().filter(({ projects }) =>
        project ? projects.some(({ id }) => id === project.id) : projects.length === 0,
      ),
      owedRounds: (project && owed().get(project.id)) ?? [],
    }),
  })
  const ofProjects = plan.projects.flatMap((project) => {
    const recipients = recipientsOf(plan, project, query)
    return [
      ...recipients.map((recipient) => entry(project, recipient, 'lead')),
      ...escalationRecipients(plan, project, query, recipients).map(
        ({ escalationLevel, ...recipient }) => entry(project, recipient, escalationLevel),
      ),
    ]
  })
  const isAnyOfNoProject = measures.some(({ projects }) => projects.length === 0)
  const office = isAnyOfNoProject ? officeOf(plan, query) : []
  const onHold = (context.projectsOnHold?.(programme.id) ?? []).flatMap((project) =>
    holdReviewersOf(plan, project, query).map((recipient) => {
      const { person, ruleInput } = entry(null, recipient, 'lead')
      const onlyThat = { projectOnHold: project, missingReadings: [] }
      return { person, ruleInput: () => ({ ...ruleInput(), ...onlyThat }) }
    }),
  )
  const owned = (context.openEntries?.(programme.id) ?? []).flatMap((register) => {
    if (dayOfEntry(register) === null) return []
    const project = plan.projects.find(({ id }) => id === register.project?.id) ?? null
    const ownerId = 'ownerId' in register ? register.ownerId : null
    return entryOwnersOf(plan, { ownerId, project }, query).map((recipient) => {
      const { person, ruleInput } = entry(null, recipient, 'lead')
      const onlyThat = { entry: { register, project }, missingReadings: [] }
      return { person, ruleInput: () => ({ ...ruleInput(), ...onlyThat }) }
    })
  })
  const moves = (context.waitingMoves?.(programme.id) ?? []).flatMap((request) => {
    const project = plan.projects.find(({ milestones }) =>
      milestones.some(({ id }) => id === request.milestoneId),
    )
    const milestone = project?.milestones.find(({ id }) => id === request.milestoneId)
    if (!project || !milestone) return []
    return approvalRecipientsOf(plan, project, request.byId, query).map((recipient) => {
      const { person, ruleInput } = entry(null, recipient, 'lead')
      const onlyThat = { waitingMove: { request, project, milestone }, missingReadings: [] }
      return { person, ruleInput: () => ({ ...ruleInput(), ...onlyThat }) }
    })
  })
  const ofProgramme = office.map((recipient) => entry(null, recipient, 'lead'))
  return [...ofProjects, ...ofProgramme, ...onHold, ...owned, ...moves]
}

/** The rounds for which each project owes its update: the open one, and one about to open. */
function owedRoundsByProject(
  plan: Plan,
  inputs: RoundInputs | undefined,
  now: Date,
): ReadonlyMap<string, readonly UpdateRound[]> {
  const owed = new Map<string, UpdateRound[]>()
  if (!inputs) return owed
  const { open, next } = roundsAt(inputs, now)
  for (const round of [open, next].flatMap((one) => one ?? [])) {
    for (const { project, status } of responseStatuses(plan, round)) {
      if (status === 'owed') owed.set(project.id, [...(owed.get(project.id) ?? []), round])
    }
  }
  return owed
}
