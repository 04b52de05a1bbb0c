import { type CivilDate, fullDate } from '../../base/dates.ts'
import { listOf } from '../../base/text.ts'
import { leaveOn } from '../calendars/calendar.ts'
import type { Contactability } from '../people/contactability.ts'
import type { Leave, Person } from '../people/person.ts'
import { type Plan, type Project, workstreamOf } from './plan.ts'

/** As whom somebody is reminded. */
export type Role = 'lead' | 'deputy' | 'workstream lead' | 'sponsor' | 'programme office' | 'nobody'

export interface Recipient {
  /** Null for nobody. */
  readonly person: Person | null
  readonly role: Role
  /** Why it is not the project's lead who is asked, in words; null where it is. */
  readonly why: string | null
  /** The day from which they are asked: what was due to be said before was said to another. Null: all along. */
  readonly since: CivilDate | null
}

/** What is asked of a plan: who on that day, as far as people can be reached. */
export interface RecipientQuery {
  readonly day: CivilDate
  readonly contactabilityOf: (personId: string) => Contactability
}

/**
 * Who is asked about a project's milestones on a day: its leads; with none recorded its workstream's leads, then its
 * sponsors, then the programme office. While one of them is away their deputy is asked; who named none is asked on the
 * days before and after. Where nobody of them can be asked, the programme office is; and before it, where that is for
 * a deputy who cannot, the workstream's leads. Deputies of deputies are not asked: they agreed to one person's work.
 */
export function recipientsOf(plan: Plan, project: Project, asking: RecipientQuery): Recipient[] {
  const { role, people, why } = responsiblePeople(plan, project)
  const answers = people.map((person) => resolveRecipient(plan, { person, role, why }, asking))
  const asked = answers.flatMap(({ recipient }) => recipient ?? [])
  if (asked.length > 0) return uniqueByPerson(asked)
  const missed = answers.flatMap((answer) => answer.unavailable ?? [])
  return fallbackRecipients(plan, project, { role, people, missed }, asking)
}

/** The programme office, for what belongs to no project: who of them is there, or all of them. */
export function officeOf(plan: Plan, { day, contactabilityOf }: RecipientQuery): Recipient[] {
  const office = peopleOf(plan, plan.programmeOffice).filter(
    ({ id }) => contactabilityOf(id) === 'reached',
  )
  const there = office.filter((person) => !leaveOn(person, day))
  const why = 'it belongs to no project'
  return (there.length > 0 ? there : office).map((person) => ({
    ...{ person, role: 'programme office', why, since: null },
  }))
}

interface ResponsiblePeople {
  readonly role: Role
  readonly people: readonly Person[]
  readonly why: string | null
}

function responsiblePeople(plan: Plan, project: Project): ResponsiblePeople {
  const workstream = workstreamOf(plan, project)
  const why = 'no lead is recorded'
  const inOrder: ResponsiblePeople[] = [
    { role: 'lead', people: peopleOf(plan, project.leads), why: null },
    { role: 'workstream lead', people: peopleOf(plan, workstream?.leads ?? []), why },
    { role: 'sponsor', people: peopleOf(plan, workstream?.sponsors ?? []), why },
  ]
  return inOrder.find(({ people }) => people.length > 0) ?? { role: 'nobody', people: [], why }
}

/** Why somebody is not asked, and nobody for them. */
interface UnavailablePerson {
  readonly person: Person
  /** Null where they are there, and cannot be reached. */
  readonly leave: Leave | null
  readonly why: string
}

interface RecipientResolution {
  readonly recipient?: Recipient
  readonly unavailable?: UnavailablePerson
}

type Candidate = Omit<Recipient, 'since'> & { readonly person: Person }

/** Who is asked for one person who should be: that person, or their deputy while they are away. */
export function resolveRecipient(
  plan: Plan,
  { person, role, why }: Candidate,
  asking: RecipientQuery,
): RecipientResolution {
  const leave = leaveOn(person, asking.day)
  if (!leave?.deputyId) {
    if (asking.contactabilityOf(person.id) === 'reached')
      return { recipient: { person, role, why, since: null } }
    return { unavailable: { person, leave: null, why: '' } }
  }
  const away = `${person.name} is away until ${fullDate(leave.to)}`
  const deputy = plan.people.get(leave.deputyId)
  const obstacle = deputyProblem(deputy, person, asking)
  if (!deputy || obstacle)
    return { unavailable: { person, leave, why: `${away}, and ${obstacle}` } }
  return { recipient: { person: deputy, role: 'deputy', why: away, since: leave.from } }
}

/** Why a deputy cannot be asked, in words; undefined where they can. */
function deputyProblem(
  deputy: Person | undefined,
  person: Person,
  { day, contactabilityOf }: RecipientQuery,
): string | undefined {
  if (!deputy) return 'their deputy is not in this programme'
  const leave = leaveOn(deputy, day)
  if (leave?.deputyId === person.id)
    return `${deputy.name}, their deputy, is away too and named ${person.name}`
  if (leave) return `${deputy.name}, their deputy, is away too`
  return contactabilityOf(deputy.id) === 'reached'
    ? undefined
    : `their deputy: ${unreachableText([deputy], contactabilityOf)}`
}

/** Who is asked where none of those who should be can. */
function fallbackRecipients(
  plan: Plan,
  project: Project,
  {
    role,
    people,
    missed,
  }: { role: Role; people: readonly Person[]; missed: readonly UnavailablePerson[] },
  asking: RecipientQuery,
): Recipient[] {
  const why = unavailabilityText(people, missed, asking)
  const leaves = missed.flatMap(({ leave }) => leave?.from ?? [])
  const since = leaves.toSorted()[0] ?? null
  const isThere = (person: Person) =>
    asking.contactabilityOf(person.id) === 'reached' && !leaveOn(person, asking.day)
  const as = (instead: Role, asked: readonly Person[]): Recipient[] =>
    asked.map((person) => ({ person, role: instead, why, since }))
  const leads = peopleOf(plan, workstreamOf(plan, project)?.leads ?? []).filter(isThere)
  if (role === 'lead' && leaves.length > 0 && leads.length > 0) return as('workstream lead', leads)
  const office = peopleOf(plan, plan.programmeOffice).filter(
    ({ id }) => asking.contactabilityOf(id) === 'reached',
  )
  // With the whole office away, it is asked when the first of them is back.
  const there = office.filter(isThere)
  if (office.length > 0) return as('programme office', there.length > 0 ? there : office)
  return [{ person: null, role: 'nobody', why, since }]
}

function unavailabilityText(
  people: readonly Person[],
  missed: readonly UnavailablePerson[],
  { contactabilityOf }: RecipientQuery,
): string {
  if (people.length === 0) return 'no lead is recorded'
  const there = missed.flatMap(({ person, leave }) => (leave ? [] : person))
  const away = missed.flatMap(({ leave, why }) => (leave ? why : []))
  return [...away, ...(there.length > 0 ? [unreachableText(there, contactabilityOf)] : [])].join(
    '; ',
  )
}

/** 'Tom Reed has no account in chat'. */
export function unreachableText(
  people: readonly Person[],
  reach: RecipientQuery['contactabilityOf'],
): string {
  const byReach = Map.groupBy(people, ({ id }) => reach(id))
  return [...byReach]
    .map(([how, group]) => {
      const names = listOf(group.map(({ name }) => name))
      if (how === 'gone') return `${names} can no longer be reached in chat`
      return `${names} ${group.length === 1 ? 'has' : 'have'} no account in chat`
    })
    .join('; ')
}

/** Who is asked in their own name is not asked again as a deputy. */
function uniqueByPerson(recipients: readonly Recipient[]): Recipient[] {
  const own = recipients.filter(({ role }) => role !== 'deputy')
  const byPerson = new Map<string, Recipient>()
  for (const recipient of [...own, ...recipients]) {
    const id = recipient.person?.id ?? ''
    if (!byPerson.has(id)) byPerson.set(id, recipient)
  }
  return [...byPerson.values()]
}

function peopleOf(plan: Plan, ids: readonly string[]): Person[] {
  return ids.flatMap((id) => plan.people.get(id) ?? [])
}
