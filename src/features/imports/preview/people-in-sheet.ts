import { fold, plural } from '../../../base/text.ts'
import type { ReadTx } from '../../../infra/db.ts'
import type { ParsedPlan } from '../parsed-plan.ts'

/** Whom a sheet names as owners, by what Milepost knows of them. */
export interface PeopleInSheet {
  /** In the programme, with an account in chat. */
  readonly known: readonly string[]
  /** In the programme, but without an account: no message reaches them. */
  readonly withoutAccount: readonly string[]
  /** Nobody of the programme has that name or post. */
  readonly unknown: readonly string[]
}

/** Of each name or post, folded: whether its bearer has an account. */
export type MembersByName = ReadonlyMap<string, { readonly hasAccount: boolean }>

/** As MemberResolver finds them: by name, and by post where nobody has it as a name. */
export async function loadMembersByName(tx: ReadTx, programmeId: string): Promise<MembersByName> {
  const people = await tx.person.findMany({
    where: { memberships: { some: { programmeId } } },
    select: { name: true, post: true, identities: { where: { goneAt: null }, take: 1 } },
  })
  const entries = (text: (person: (typeof people)[number]) => string | null) =>
    people.flatMap((person): [string, { hasAccount: boolean }][] => {
      const called = text(person)
      return called ? [[fold(called), { hasAccount: person.identities.length > 0 }]] : []
    })
  return new Map([...entries(({ post }) => post), ...entries(({ name }) => name)])
}

export function peopleInSheet(
  { workstreams, projects, entries = [] }: Pick<ParsedPlan, 'workstreams' | 'projects' | 'entries'>,
  members: MembersByName,
): PeopleInSheet {
  const named = [
    ...workstreams.flatMap(({ sponsors, leads }) => [...sponsors, ...leads]),
    ...projects.flatMap(({ leads }) => leads),
    ...entries.flatMap(({ owner }) => owner ?? []),
  ]
  const names = [...new Map(named.map((name) => [fold(name), name]))]
  const those = (isMeant: (member: { hasAccount: boolean } | undefined) => boolean) =>
    names.flatMap(([folded, name]) => (isMeant(members.get(folded)) ? name : []))
  return {
    known: those((member) => member?.hasAccount === true),
    withoutAccount: those((member) => member?.hasAccount === false),
    unknown: those((member) => member === undefined),
  }
}

const maxNamed = 15

export function formatPeople({ known, withoutAccount, unknown }: PeopleInSheet): string[] {
  return [
    ...line(known, 'In the programme already'),
    ...line(withoutAccount, 'In the programme, without an account here'),
    ...line(unknown, 'New in the programme, without an account here'),
  ]
}

function line(names: readonly string[], what: string): string[] {
  if (names.length === 0) return []
  const named = names.slice(0, maxNamed).join(', ')
  const more = names.length - maxNamed
  return [
    `${what} (${plural(names.length, 'name')}): ${named}${more > 0 ? ` and ${more} more` : ''}`,
  ]
}
