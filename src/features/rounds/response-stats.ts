import { type CivilDate, dateIn, daysBetween } from '../../base/dates.ts'
import { workingDaysFrom } from '../../base/working-days.ts'
import { calendarOf } from '../../domain/calendars/calendar.ts'
import { formerMember } from '../../domain/people/names.ts'
import {
  deliveryState,
  type Plan,
  type Project,
  type StatusUpdate,
} from '../../domain/plan/plan.ts'
import {
  coverageOf,
  effectiveAt,
  type ResponseStatus,
  responseStatuses,
} from '../../domain/rounds/response-status.ts'
import type { UpdateRound } from '../../domain/rounds/rules.ts'

/** How well a programme's reminders work, so that its office can send fewer. Pure functions. */

export interface ResponseStatsInput {
  /** As at latestToday: with every answer since the first of the rounds, and all that was said of `silentProjects`. */
  readonly plan: Plan
  /** Closed rounds, oldest first. */
  readonly rounds: readonly UpdateRound[]
  /** How many reminders each person got since the first of these rounds, by person id. */
  readonly reminders: ReadonlyMap<string, number>
  readonly today: CivilDate
}

export interface ResponseStats {
  readonly rounds: readonly RoundResponse[]
  /** Milestones that were due since the first round, by their current due dates. */
  readonly milestonesLate: Lateness
  /** Updates that missed their round: days from its closing to the next update. */
  readonly updatesLate: Lateness
  /** Reminders sent to leads since the first round, and updates by people in chat. */
  readonly reminders: number
  readonly updates: number
  /** Leads none of whose projects was ever updated in chat. */
  readonly neverUpdated: readonly NonResponder[]
  /** Who got a reminder on more than every second working day, most first, whatever they are in the programme. */
  readonly toldTooMuch: readonly OvertoldPerson[]
  /** Projects whose only answer was "no change", in each of the last rounds. */
  readonly unchanged: readonly Project[]
}

export interface RoundResponse {
  readonly round: CivilDate
  readonly answered: number
  /** How many of them answered before the round nudged anybody. */
  readonly beforeNudge: number
  readonly of: number
}

export interface Lateness {
  /** The median delay in days; null where nothing was late. */
  readonly median: number | null
  readonly late: number
  readonly of: number
}

export interface NonResponder {
  readonly name: string
  readonly refs: readonly string[]
  readonly reminders: number
}

export interface OvertoldPerson {
  readonly name: string
  readonly reminders: number
  /** The working days of the programme since the first round. */
  readonly workingDays: number
}

/** Fewer reminders than this are a busy fortnight, not a habit. */
const minOvertold = 10

/** After how many rounds of nothing but "no change" a project is reported. */
export const unchangedRounds = 4

export function computeResponseStats(input: ResponseStatsInput): ResponseStats {
  const { plan, rounds, reminders } = input
  const roundStatuses = rounds.map((round) => ({ round, statuses: responseStatuses(plan, round) }))
  const since = rounds[0]?.countsFrom
  const leads = new Set(plan.projects.flatMap((project) => project.leads))
  const updatesByPeople = plan.projects.flatMap(({ updates }) => updates.filter(isByPerson))
  return {
    rounds: roundStatuses.map(roundResponse),
    milestonesLate: milestoneLateness(input, since),
    updatesLate: updateLateness(input, roundStatuses),
    reminders: [...leads].reduce((sum, id) => sum + (reminders.get(id) ?? 0), 0),
    updates: updatesByPeople.filter(({ at }) => since && at > since).length,
    neverUpdated: findNonResponders(input),
    toldTooMuch: findOvertold(input, since),
    unchanged: unchangedProjects(roundStatuses.slice(-unchangedRounds).map((one) => one.statuses)),
  }
}

interface RoundStatuses {
  readonly round: UpdateRound
  readonly statuses: readonly ResponseStatus[]
}

const isByPerson = ({ byId }: StatusUpdate) => byId !== null

/** The projects of which nobody said anything in what was read: whether anybody ever did, only their history tells. */
export function silentProjects({ projects }: Plan): Project[] {
  return projects.filter(({ updates }) => !updates.some(isByPerson))
}

function roundResponse({ round, statuses }: RoundStatuses): RoundResponse {
  const answeredBeforeNudge = statuses.filter(
    ({ status, project }) =>
      status === 'answered' &&
      project.updates.some(({ at }) => round.countsFrom < at && at < round.nudges),
  )
  return { round: round.round, ...coverageOf(statuses), beforeNudge: answeredBeforeNudge.length }
}

function milestoneLateness({ plan, today }: ResponseStatsInput, since: Date | undefined): Lateness {
  const from = since && dateIn(plan.programme.zone, since)
  const due = plan.projects
    .flatMap(({ milestones }) => milestones)
    .filter(
      (milestone) =>
        from &&
        milestone.due !== null &&
        milestone.due >= from &&
        milestone.due < today &&
        !milestone.completion?.isDayUnknown,
    )
  const days = due.flatMap((milestone) => {
    const until = milestone.doneOn ?? (deliveryState(milestone, today) === 'missed' ? today : null)
    return milestone.due && until && until > milestone.due
      ? [daysBetween(milestone.due, until)]
      : []
  })
  return { median: medianOf(days), late: days.length, of: due.length }
}

function updateLateness(
  { plan }: ResponseStatsInput,
  roundStatuses: readonly RoundStatuses[],
): Lateness {
  const { zone } = plan.programme
  const owed = roundStatuses.flatMap(({ round, statuses: all }) =>
    all.flatMap(({ status, project }) => (status === 'owed' ? [{ round, project }] : [])),
  )
  const days = owed.flatMap(({ round, project }) => {
    const next = project.updates.findLast((update) => effectiveAt(update, zone) > round.closes)
    return next
      ? [daysBetween(dateIn(zone, round.closes), dateIn(zone, effectiveAt(next, zone)))]
      : []
  })
  return { median: medianOf(days), late: days.length, of: owed.length }
}

function findNonResponders({ plan, reminders }: ResponseStatsInput): NonResponder[] {
  const silent = silentProjects(plan).filter(({ past }) => past === undefined)
  const ids = new Set(silent.flatMap(({ leads }) => leads))
  return [...ids].flatMap((id) => {
    const theirs = plan.projects.filter(({ leads }) => leads.includes(id))
    if (theirs.some((project) => !silent.includes(project))) return []
    const name = plan.people.get(id)?.name ?? formerMember
    return [{ name, refs: theirs.map(({ ref }) => ref), reminders: reminders.get(id) ?? 0 }]
  })
}

function findOvertold(
  { plan, reminders, today }: ResponseStatsInput,
  since: Date | undefined,
): OvertoldPerson[] {
  if (!since) return []
  const calendar = calendarOf(null, plan.programme)
  const workingDays = workingDaysFrom(calendar, dateIn(plan.programme.zone, since), today)
  return [...reminders]
    .filter(([, count]) => count >= minOvertold && count * 2 > workingDays)
    .toSorted(([, one], [, other]) => other - one)
    .map(([id, count]) => {
      return { name: plan.people.get(id)?.name ?? formerMember, reminders: count, workingDays }
    })
}

function unchangedProjects(rounds: readonly (readonly ResponseStatus[])[]): Project[] {
  const [first] = rounds
  if (!first || rounds.length < unchangedRounds) return []
  const isUnchanged = (id: string) => (roundStatuses: readonly ResponseStatus[]) =>
    roundStatuses.some(
      (one) => one.status === 'answered' && one.project.id === id && one.update.attestsId !== null,
    )
  return first.map(({ project }) => project).filter(({ id }) => rounds.every(isUnchanged(id)))
}

/** The median; of an even number of values the mean of the middle two, rounded. Null for no values. */
export function medianOf(numbers: readonly number[]): number | null {
  const inOrder = numbers.toSorted((a, b) => a - b)
  const middle = Math.floor(inOrder.length / 2)
  const upper = inOrder[middle]
  if (upper === undefined) return null
  if (inOrder.length % 2 === 1) return upper
  return Math.round((upper + (inOrder[middle - 1] ?? upper)) / 2)
}
