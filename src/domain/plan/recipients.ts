import { type CivilDate, fullDate } from '../../base/dates.ts'
import { listOf } from '../../base/text.ts'
import { leaveOn } from '../calendars/calendar.ts'
import type { Contactability } from '../people/contactability.ts'
import type { Leave, Person } from '../people/person.ts'
import { type Plan, type Project, workstreamOf } from './plan.ts'

/** In which role somebody is reminded; `owner`: of an entry of the register. */
export type Role =
  | ('lead' | 'owner' | 'deputy' | 'workstream lead')
  | ('sponsor' | 'programme office' | 'nobody')

/** Why somebody other than the project's lead is asked. */
export type RecipientReason = 'no lead' | 'unavailable' | 'no project' | 'unanswered'

export interface Recipient {
  /** Null for nobody. */
  readonly person: Person | null
  readonly role: Role
  /** Null where the project's lead is asked, and so is `why`. */
  readonly reason: RecipientReason | null
  /** The reason in words, as the end of a sentence. */
  readonly why: string | null
  /** The first day they are asked; what fell due before was asked of another. Null: they always were. */
  readonly since: CivilDate | null
}

/** The day, and who can be reached on it. */
export interface RecipientQuery {
  readonly day: CivilDate
  readonly contactabilityOf: (personId: string) => Contactability
}

/**
 * Who is asked about a project on a day: its leads; where none may answer its workstream's leads, else its sponsors,
 * else the programme office. A lead who is away is replaced by their deputy, or asked before and after the leave where
 * they named none. Where nobody of these can be asked, the programme office is, or the workstream's leads first where a
 * deputy is missing. Deputies of deputies are not asked: they agreed to one person's work.
 */
export function recipientsOf(plan: Plan, project: Project, query: RecipientQuery): Recipient[] {
  const { people, ...as } = responsiblePeople(plan, project)
  const resolved = people.map((person) => resolveRecipient(plan, { person, ...as }, query))
  const found = resolved.flatMap(({ recipient }) => recipient ?? [])
  if (found.length > 0) return uniqueByPerson(found)
  const unavailable = resolved.flatMap((one) => one.unavailable ?? [])
  return fallbackRecipients(plan, project, { role: as.role, people, unavailable }, query)
}

/** The programme office, for what belongs to no project: those who are not on leave, or all where everybody is. */
export function officeOf(plan: Plan, { day, contactabilityOf }: RecipientQuery): Recipient[] {
  const office = peopleOf(plan, plan.programmeOffice).filter(
    ({ id }) => contactabilityOf(id) === 'reached',
  )
  const present = office.filter((person) => !leaveOn(person, day, plan.programme.id))
  return (present.length > 0 ? present : office).map((person) => ({
    ...{ person, role: 'programme office', since: null },
    ...{ reason: 'no project', why: 'it belongs to no project' },
  }))
}

/** Who hears that a project on hold is to be looked at again: the programme office, which decides, and its leads. */
export function holdReviewersOf(plan: Plan, project: Project, query: RecipientQuery): Recipient[] {
  const why = 'it is on hold, and you are in the programme office'
  const office = officeOf(plan, query).map((recipient) => ({ ...recipient, why }))
  const known = new Set(office.map(({ person }) => person?.id))
  const leads = peopleOf(plan, project.leads)
    .filter(({ id }) => !known.has(id) && query.contactabilityOf(id) === 'reached')
    .map((person) => ({ person, role: 'lead' as const, reason: null, why: null, since: null }))
  return [...office, ...leads]
}

/**
 * Who is asked about an entry of the register: its owner, or their deputy; where neither can be, who is asked about its
 * project; without one, the programme office.
 */
export function entryOwnersOf(
  plan: Plan,
  { ownerId, project }: { readonly ownerId: string | null; readonly project: Project | null },
  query: RecipientQuery,
): Recipient[] {
  const [owner] = ownerId === null ? [] : peopleOf(plan, [ownerId])
  const asked = owner && { person: owner, role: 'owner' as const, reason: null, why: null }
  const { recipient, unavailable } = asked ? resolveRecipient(plan, asked, query) : {}
  if (recipient) return [recipient]
  const why = unavailable ? ownerAwayText(unavailable, query) : 'it has no owner who can be asked'
  const others = project ? recipientsOf(plan, project, query) : officeOf(plan, query)
  return others.map((other) => ({ ...other, reason: 'unavailable', why: other.why ?? why }))
}

const ownerAwayText = ({ person, why }: UnavailablePerson, query: RecipientQuery): string =>
  why || `its owner: ${unreachableText([person], query.contactabilityOf)}`

/** In which role people answer for a project, and why they do. */
type ResponsibleRole = Pick<Recipient, 'role' | 'reason' | 'why'>

const ofLead = { role: 'lead', reason: null, why: null } as const

/** Why others than a lead are asked: the plan has none, or none who may change anything. */
function noLeadOf(plan: Plan, project: Project): Pick<Recipient, 'reason' | 'why'> {
  const named = project.leads.flatMap((id) => plan.people.get(id)?.name ?? [])
  if (named.length === 0) return { reason: 'no lead', why: 'no lead yet' }
  return { reason: 'unavailable', why: `${listOf(named)} may only read here` }
}

function responsiblePeople(
  plan: Plan,
  project: Project,
): ResponsibleRole & { readonly people: readonly Person[] } {
  const workstream = workstreamOf(plan, project)
  const leads = peopleOf(plan, project.leads)
  if (leads.length > 0) return { ...ofLead, people: leads }
  const noLead = noLeadOf(plan, project)
  const workstreamLeads = peopleOf(plan, workstream?.leads ?? [])
  if (workstreamLeads.length > 0)
    return { role: 'workstream lead', ...noLead, people: workstreamLeads }
  const sponsors = peopleOf(plan, workstream?.sponsors ?? [])
  return { role: sponsors.length > 0 ? 'sponsor' : 'nobody', ...noLead, people: sponsors }
}

/** Somebody who cannot be asked, nor a deputy for them. */
interface UnavailablePerson {
  readonly person: Person
  /** Null where they are not on leave and cannot be reached. */
  readonly leave: Leave | null
  readonly why: string
}

interface RecipientResolution {
  readonly recipient?: Recipient
  readonly unavailable?: UnavailablePerson
}

type Candidate = ResponsibleRole & { readonly person: Person }

/** Who is asked in the place of one person: themselves, or their deputy while they are away. */
export function resolveRecipient(
  plan: Plan,
  candidate: Candidate,
  query: RecipientQuery,
): RecipientResolution {
  const { person } = candidate
  const leave = leaveOn(person, query.day, plan.programme.id)
  if (!leave?.deputyId) {
    if (query.contactabilityOf(person.id) === 'reached')
      return { recipient: { ...candidate, since: null } }
    return { unavailable: { person, leave: null, why: '' } }
  }
  const away = `${person.name} is away until ${fullDate(leave.to)}`
  const deputy = plan.people.get(leave.deputyId)
  const problem = deputyProblem(deputy, person, plan.programme.id, query)
  if (!deputy || problem) return { unavailable: { person, leave, why: `${away}, and ${problem}` } }
  return {
    recipient: {
      ...{ person: deputy, role: 'deputy', since: leave.from },
      ...{ reason: 'unavailable', why: away },
    },
  }
}

/** Why a deputy cannot be asked, in words; undefined where they can. */
function deputyProblem(
  deputy: Person | undefined,
  person: Person,
  programmeId: string,
  { day, contactabilityOf }: RecipientQuery,
): string | undefined {
  if (!deputy) return 'their deputy is not in this programme'
  const leave = leaveOn(deputy, day, programmeId)
  if (leave?.deputyId === person.id)
    return `${deputy.name}, their deputy, is away too and named ${person.name}`
  if (leave) return `${deputy.name}, their deputy, is away too`
  return contactabilityOf(deputy.id) === 'reached'
    ? undefined
    : `their deputy: ${unreachableText([deputy], contactabilityOf)}`
}

interface Unavailability {
  readonly role: Role
  /** Those who answer for the project. */
  readonly people: readonly Person[]
  /** All of them, with why each cannot be asked. */
  readonly unavailable: readonly UnavailablePerson[]
}

/** Who is asked where nobody who answers for the project can be. */
function fallbackRecipients(
  plan: Plan,
  project: Project,
  { role, people, unavailable }: Unavailability,
  query: RecipientQuery,
): Recipient[] {
  const leaves = unavailable.flatMap(({ leave }) => leave?.from ?? [])
  const since = leaves.toSorted()[0] ?? null
  const because: Pick<Recipient, 'reason' | 'why'> =
    people.length === 0
      ? noLeadOf(plan, project)
      : { reason: 'unavailable', why: unavailabilityText(unavailable, query) }
  const as = (instead: Role, asked: readonly Person[]): Recipient[] =>
    asked.map((person) => ({ person, role: instead, ...because, since }))
  const isReached = ({ id }: Person) => query.contactabilityOf(id) === 'reached'
  const isPresent = (person: Person) =>
    isReached(person) && !leaveOn(person, query.day, plan.programme.id)
  const leads = peopleOf(plan, workstreamOf(plan, project)?.leads ?? []).filter(isPresent)
  if (role === 'lead' && leaves.length > 0 && leads.length > 0) return as('workstream lead', leads)
  const office = peopleOf(plan, plan.programmeOffice).filter(isReached)
  if (office.length === 0) return [{ person: null, role: 'nobody', ...because, since }]
  // With the whole office away, it is asked when the first of them is back.
  const present = office.filter(isPresent)
  return as('programme office', present.length > 0 ? present : office)
}

function unavailabilityText(
  unavailable: readonly UnavailablePerson[],
  { contactabilityOf }: RecipientQuery,
): string {
  const unreachable = unavailable.flatMap(({ person, leave }) => (leave ? [] : person))
  const away = unavailable.flatMap(({ leave, why }) => (leave ? why : []))
  const texts = unreachable.length > 0 ? [unreachableText(unreachable, contactabilityOf)] : []
  return [...away, ...texts].join('; ')
}

/** 'Tom Reed has no account in chat'. */
export function unreachableText(
  people: readonly Person[],
  contactabilityOf: RecipientQuery['contactabilityOf'],
): string {
  const groups = Map.groupBy(people, ({ id }) => contactabilityOf(id))
  return [...groups]
    .map(([contactability, group]) => {
      const names = listOf(group.map(({ name }) => name))
      if (contactability === 'gone') return `${names} can no longer be reached in chat`
      return `${names} ${group.length === 1 ? 'has' : 'have'} no account in chat`
    })
    .join('; ')
}

/** A person who is asked in their own name is not asked again as a deputy. */
function uniqueByPerson(recipients: readonly Recipient[]): Recipient[] {
  const own = recipients.filter(({ role }) => role !== 'deputy')
  const byPerson = new Map<string, Recipient>()
  for (const recipient of [...own, ...recipients]) {
    const id = recipient.person?.id ?? ''
    if (!byPerson.has(id)) byPerson.set(id, recipient)
  }
  return [...byPerson.values()]
}

/** Without those who may only read. */
export function peopleOf(plan: Plan, ids: readonly string[]): Person[] {
  return ids.flatMap((id) => (plan.viewers.has(id) ? [] : (plan.people.get(id) ?? [])))
}
