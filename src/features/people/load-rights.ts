import type { PlatformName } from '../../base/addresses.ts'
import type { ProgrammeRole } from '../../domain/people/member-resolver.ts'
import type { ReadTx } from '../../infra/db.ts'

/** What somebody may do in a programme, by what it follows from. Lists are in a fixed order. */
export interface PersonRights {
  readonly id: string
  readonly name: string
  readonly roles: readonly ProgrammeRole[]
  /** Refs of the workstreams and projects that the plan has them lead. */
  readonly leads: readonly string[]
  /** Refs of workstreams. */
  readonly sponsors: readonly string[]
  /** As "whoami" shows them, with their platform: "slack T01ABC/U02DEF". */
  readonly accounts: readonly string[]
  /** Those of them that their platform calls gone. */
  readonly goneAccounts: readonly string[]
  /** Keys of the other programmes that they are in, where the same accounts count. */
  readonly elsewhere: readonly string[]
}

interface AccountRef {
  readonly platform: PlatformName
  readonly tenant: string
  readonly user: string
}

export const accountText = ({ platform, tenant, user }: AccountRef): string =>
  `${platform} ${tenant}/${user}`

/** Of everybody in a programme, and of whoever has one of these accounts or ids. */
export async function loadRights(
  tx: ReadTx,
  programmeId: string,
  others: { readonly accounts: readonly AccountRef[]; readonly ids?: readonly string[] },
): Promise<PersonRights[]> {
  const here = { programmeId }
  const accounts = others.accounts.map(({ platform, tenant, user }) => ({ platform, tenant, user }))
  const people = await tx.person.findMany({
    where: {
      OR: [
        { memberships: { some: here } },
        { projects: { some: { project: here } } },
        { workstreams: { some: { workstream: here } } },
        { identities: { some: { OR: accounts } } },
        { id: { in: [...(others.ids ?? [])] } },
      ],
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: {
      ...{ id: true, name: true },
      memberships: {
        select: { role: true, programmeId: true, programme: { select: { key: true } } },
      },
      workstreams: {
        where: { workstream: here },
        select: { role: true, workstream: { select: { ref: true } } },
        orderBy: { workstream: { position: 'asc' } },
      },
      projects: {
        where: { project: here },
        select: { project: { select: { ref: true } } },
        orderBy: { project: { position: 'asc' } },
      },
      identities: { orderBy: [{ platform: 'asc' }, { tenant: 'asc' }, { user: 'asc' }] },
    },
  })
  return people.map(({ id, name, memberships, workstreams, projects, identities }) => {
    const owned = (as: 'lead' | 'sponsor') =>
      workstreams.flatMap(({ role, workstream }) => (role === as ? workstream.ref : []))
    const [inHere, inOthers] = [
      memberships.filter((one) => one.programmeId === programmeId),
      memberships.filter((one) => one.programmeId !== programmeId),
    ]
    return {
      ...{ id, name },
      roles: inHere.map(({ role }) => role).toSorted(),
      leads: [...owned('lead'), ...projects.map(({ project }) => project.ref)],
      sponsors: owned('sponsor'),
      accounts: identities.map(accountText),
      goneAccounts: identities.filter(({ goneAt }) => goneAt !== null).map(accountText),
      elsewhere: [...new Set(inOthers.map(({ programme }) => programme.key))].toSorted(),
    }
  })
}
