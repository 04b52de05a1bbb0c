import { Refusal } from '../../base/errors.ts'
import { fold } from '../../base/text.ts'
import { linkAccount } from '../../domain/people/identity-store.ts'
import { MemberResolver, type PersonHandover } from '../../domain/people/member-resolver.ts'
import {
  setProjectLeads,
  setWorkstreamOwners,
  transferOwnership,
} from '../../domain/plan/owners.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { PeopleFileRow } from './people-file.ts'

export interface PeopleImportResult {
  readonly programme: string
  readonly people: number
  readonly accounts: number
  readonly leads: number
  readonly sponsors: number
}

/**
 * Writes a people file into a programme, whole or not at all: run it in one transaction. Leads and sponsors of
 * the workstreams and projects that the file names become those it gives them; what it does not name stays. A Role
 * that is filled in is the whole of it: who is not in the programme office any more loses what it may do.
 * @throws Refusal that names the row.
 */
export async function importPeople(
  tx: Tx,
  programme: { readonly id: string; readonly key: string },
  people: readonly PeopleFileRow[],
  now: Date,
): Promise<PeopleImportResult> {
  const roster = await MemberResolver.load(tx, programme.id, now)
  const ids = new Map<PeopleFileRow, string>()
  for (const row of people) {
    const handovers = [
      await linkByAccount(tx, roster, row),
      row.post ? await roster.assignPost(row.name, row.post) : null,
    ]
    for (const handover of handovers)
      if (handover) await transferOwnership(tx, programme.id, handover)
    const standings = new Set(row.roles)
    if (row.leads.length > 0) standings.add('lead')
    if (row.sponsors.length > 0) standings.add('sponsor')
    if (standings.size === 0) standings.add('viewer')
    for (const standing of standings) {
      ids.set(
        row,
        await roster.resolveMember(row.name, standing, { post: row.post, zone: row.zone }),
      )
    }
    const personId = ids.get(row) ?? ''
    if (row.roles.length > 0) await roster.keepRoles(personId, [...standings])
    await linkAccounts(tx, row, personId)
  }
  const owned = new OwnersByRef(people, ids)
  await replaceOwners(tx, programme.id, owned)
  return {
    programme: programme.key,
    people: people.length,
    accounts: people.reduce((sum, { accounts }) => sum + accounts.length, 0),
    leads: owned.count('leads'),
    sponsors: owned.count('sponsors'),
  }
}

/** Someone of the same name and account, whom another programme brought in, is the same person. */
async function linkByAccount(
  tx: ReadTx,
  roster: MemberResolver,
  { name, accounts }: PeopleFileRow,
): Promise<PersonHandover | null> {
  for (const account of accounts) {
    const known = await tx.identity.findUnique({
      where: { platform_tenant_user: account },
      include: { person: true },
    })
    if (known && fold(known.person.name) === fold(name)) {
      return roster.linkPerson(name, known.personId)
    }
  }
  return null
}

async function linkAccounts(
  tx: Tx,
  { row, name, accounts }: PeopleFileRow,
  personId: string,
): Promise<void> {
  for (const account of accounts) {
    const existing = await tx.identity.findUnique({
      where: { platform_tenant_user: account },
      include: { person: true },
    })
    if (existing && existing.personId !== personId) {
      throw new Refusal(
        `Row ${row}: the ${account.platform} account of ${name} belongs to ${existing.person.name} already. Nothing was changed.`,
      )
    }
    if (!existing) await linkAccount(tx, personId, account)
  }
}

/** Who leads or sponsors each ref of the file, in the file's order, and on which row it was said first. */
class OwnersByRef {
  readonly #byRef = { leads: new Map<string, string[]>(), sponsors: new Map<string, string[]>() }
  readonly #firstRows = new Map<string, number>()

  constructor(people: readonly PeopleFileRow[], ids: ReadonlyMap<PeopleFileRow, string>) {
    for (const person of people) {
      for (const as of ['leads', 'sponsors'] as const) {
        for (const ref of person[as]) {
          const owners = this.#byRef[as].get(ref) ?? []
          this.#byRef[as].set(ref, [...new Set([...owners, ids.get(person) ?? ''])])
          if (!this.#firstRows.has(ref)) this.#firstRows.set(ref, person.row)
        }
      }
    }
  }

  ownersOf(as: 'leads' | 'sponsors', ref: string): readonly string[] {
    return this.#byRef[as].get(ref) ?? []
  }

  count(as: 'leads' | 'sponsors'): number {
    return this.#byRef[as].size
  }

  /** Refs that neither list knows. */
  unknownRefs(known: ReadonlySet<string>): [string, number][] {
    return [...this.#firstRows].filter(([ref]) => !known.has(ref))
  }
}

async function replaceOwners(tx: Tx, programmeId: string, owned: OwnersByRef): Promise<void> {
  const [workstreams, projects] = [
    await tx.workstream.findMany({ where: { programmeId }, select: { id: true, ref: true } }),
    await tx.project.findMany({ where: { programmeId }, select: { id: true, ref: true } }),
  ]
  const [unknown] = owned.unknownRefs(new Set([...workstreams, ...projects].map(({ ref }) => ref)))
  if (unknown) {
    throw new Refusal(
      `Row ${unknown[1]}: the plan has no workstream or project ${unknown[0]}. Nothing was changed.`,
    )
  }
  for (const { id: workstreamId, ref } of workstreams) {
    for (const [as, role] of [
      ['leads', 'lead'],
      ['sponsors', 'sponsor'],
    ] as const) {
      const people = owned.ownersOf(as, ref)
      if (people.length === 0) continue
      await setWorkstreamOwners(tx, workstreamId, role, people)
    }
  }
  for (const { id: projectId, ref } of projects) {
    const people = owned.ownersOf('leads', ref)
    if (people.length === 0) continue
    await setProjectLeads(tx, projectId, people)
  }
}
