import type { ProgrammeRole } from '../../domain/people/member-resolver.ts'
import type { PersonRights } from './load-rights.ts'

/** What becomes other for one person. Keys are printed as JSON. */
export interface RightsChange {
  readonly name: string
  readonly became: 'new here' | 'not here any more' | 'changed'
  readonly roles: ListChange<ProgrammeRole>
  readonly leads: ListChange<string>
  readonly sponsors: ListChange<string>
}

export interface ListChange<T> {
  readonly added: readonly T[]
  readonly removed: readonly T[]
}

/** What becomes of an account. `from` and `to` are names; null: nobody's. */
export interface AccountChange {
  readonly account: string
  readonly from: string | null
  readonly to: string | null
  /** Keys of the other programmes of whoever has or had it: it counts there as well. */
  readonly elsewhere: readonly string[]
}

export interface RightsDiff {
  readonly people: readonly RightsChange[]
  readonly accounts: readonly AccountChange[]
}

/** What differs between the rights before and after, in the order of the people's names. */
export function diffRights(
  before: readonly PersonRights[],
  after: readonly PersonRights[],
): RightsDiff {
  const earlier = new Map(before.map((person) => [person.id, person]))
  const later = new Map(after.map((person) => [person.id, person]))
  const ids = [...new Set([...before, ...after].map(({ id }) => id))]
  const people = ids.flatMap((id) => changeOf(earlier.get(id), later.get(id)) ?? [])
  return {
    people: people.toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB')),
    accounts: diffAccounts(before, after),
  }
}

function changeOf(
  before: PersonRights | undefined,
  after: PersonRights | undefined,
): RightsChange | undefined {
  const [was, is] = [partsOf(before), partsOf(after)]
  const change = {
    roles: diffLists(was.roles, is.roles),
    leads: diffLists(was.leads, is.leads),
    sponsors: diffLists(was.sponsors, is.sponsors),
  }
  const isSame = Object.values(change).every(
    ({ added, removed }) => added.length + removed.length === 0,
  )
  if (isSame) return undefined
  const became = !was.isHere ? 'new here' : !is.isHere ? 'not here any more' : 'changed'
  return { name: after?.name ?? before?.name ?? '', became, ...change }
}

function partsOf(person: PersonRights | undefined) {
  const { roles = [], leads = [], sponsors = [] } = person ?? {}
  return { roles, leads, sponsors, isHere: roles.length + leads.length + sponsors.length > 0 }
}

function diffLists<T>(before: readonly T[], after: readonly T[]): ListChange<T> {
  return {
    added: after.filter((one) => !before.includes(one)),
    removed: before.filter((one) => !after.includes(one)),
  }
}

function diffAccounts(
  before: readonly PersonRights[],
  after: readonly PersonRights[],
): AccountChange[] {
  const [had, has] = [ownersOf(before), ownersOf(after)]
  const accounts = [...new Set([...had.keys(), ...has.keys()])].toSorted()
  return accounts.flatMap((account) => {
    const [from, to] = [had.get(account), has.get(account)]
    if (from?.id === to?.id) return []
    const elsewhere = [...new Set([...(from?.elsewhere ?? []), ...(to?.elsewhere ?? [])])]
    return [{ account, from: from?.name ?? null, to: to?.name ?? null, elsewhere }]
  })
}

function ownersOf(people: readonly PersonRights[]): Map<string, PersonRights> {
  return new Map(
    people.flatMap((person) => person.accounts.map((account) => [account, person] as const)),
  )
}
