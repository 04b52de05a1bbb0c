import { fullDate } from '../../base/dates.ts'
import { leaveOn } from '../calendars/calendar.ts'
import type { Person } from '../people/person.ts'
import { type Plan, type Project, workstreamOf } from './plan.ts'
import {
  officeOf,
  peopleOf,
  type Recipient,
  type RecipientQuery,
  unreachableText,
} from './recipients.ts'

/** Who may agree to something of a project, and why it is not its sponsor; null where it is. */
export interface Approvers {
  readonly people: readonly Person[]
  readonly instead: string | null
}

/**
 * Who is asked to agree to what somebody else says of a project: the sponsors of its workstream who are there; where
 * none is, the programme office. Never who asks. Empty where there is nobody else.
 */
export function approversOf(
  plan: Plan,
  project: Project,
  askerId: string,
  { day, contactabilityOf }: RecipientQuery,
): Approvers {
  const others = (ids: readonly string[]) => peopleOf(plan, ids).filter(({ id }) => id !== askerId)
  const isReached = ({ id }: Person) => contactabilityOf(id) === 'reached'
  const leaveOf = (person: Person) => leaveOn(person, day, plan.programme.id)
  const sponsors = others(workstreamOf(plan, project)?.sponsors ?? [])
  const there = sponsors.filter((person) => isReached(person) && !leaveOf(person))
  if (there.length > 0) return { people: there, instead: null }
  const away = sponsors.flatMap((person) => {
    const leave = leaveOf(person)
    return leave ? [`${person.name} is away until ${fullDate(leave.to)}`] : []
  })
  const unreached = sponsors.filter((person) => !isReached(person) && !leaveOf(person))
  const texts = [
    ...away,
    ...(unreached.length > 0 ? [unreachableText(unreached, contactabilityOf)] : []),
  ]
  const office = others(plan.programmeOffice).filter(isReached)
  const present = office.filter((person) => !leaveOf(person))
  return {
    people: present.length > 0 ? present : office,
    instead: texts.length > 0 ? texts.join('; ') : 'its workstream has no sponsor',
  }
}

/**
 * Who is reminded of what waits for agreement: those who may agree, and beside them the programme office, which is asked
 * later where the sponsor does not answer.
 */
export function approvalRecipientsOf(
  plan: Plan,
  project: Project,
  askerId: string,
  query: RecipientQuery,
): Recipient[] {
  const { people, instead } = approversOf(plan, project, askerId, query)
  const asked = people.map((person) => ({
    ...{ person, role: instead ? ('programme office' as const) : ('sponsor' as const) },
    ...{ reason: instead ? ('unavailable' as const) : null, why: instead, since: null },
  }))
  const known = new Set([askerId, ...people.map(({ id }) => id)])
  const office = officeOf(plan, query).filter(({ person }) => person && !known.has(person.id))
  const why = 'the sponsor has not answered'
  const others = office.map((one) => ({ ...one, reason: 'unanswered' as const, why }))
  return instead ? asked : [...asked, ...others]
}
