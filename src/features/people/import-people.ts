import { dateIn } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { fold, listOf, plural } from '../../base/text.ts'
import { linkAccount, unlinkOtherAccounts } from '../../domain/people/identity-store.ts'
import {
  MemberResolver,
  type PersonHandover,
  type ProgrammeRole,
} from '../../domain/people/member-resolver.ts'
import { withRoleHistory } from '../../domain/people/role-history.ts'
import { transferOwnership } from '../../domain/plan/owners.ts'
import type { Provenance } from '../../domain/revisions/provenance.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { loadRights, type PersonRights } from './load-rights.ts'
import { OwnersByRef, replaceOwners } from './owners-by-ref.ts'
import type { PeopleFile, PeopleFileRow } from './people-file.ts'
import { diffRights, type RightsDiff } from './rights-diff.ts'
import { withdrawPerson } from './withdraw-person.ts'

export interface PeopleImportRequest {
  readonly programme: { readonly id: string; readonly key: string }
  readonly file: PeopleFile
  /** A person has seen what changes: save it. */
  readonly accept: boolean
  /** What becomes of those in the programme whom the file does not list; absent: nobody has said. */
  readonly unlisted?: 'keep' | 'remove' | undefined
  /** Who imports it; absent: the terminal. */
  readonly said?: Provenance | undefined
}

/** What a people file changes, for people and for programs. Printed as JSON: keys stay. */
export interface PeopleImportResult {
  readonly programme: string
  /** Whether anything was saved. */
  readonly stored: boolean
  readonly people: number
  readonly accounts: number
  readonly leads: number
  readonly sponsors: number
  readonly difference: RightsDiff
  /** Those who can use Milepost in this programme, and whom the file does not list. */
  readonly unlisted: readonly PersonRights[]
  readonly unlistedAre: 'kept' | 'removed' | 'undecided'
  /** For a person to look at; sentences. */
  readonly attention: readonly string[]
}

/**
 * Reads a people file into a programme, whole or not at all: run it in one transaction. Without `accept` it is undone
 * again within the transaction, so that what is shown is what would be saved. Leads and sponsors of the workstreams and
 * projects that the file names become those it gives them; what it does not name stays. A Role that is filled in is the
 * whole of it, and so are the accounts of a person where the file has their platform's column.
 * @throws Refusal that names the row; also where it is accepted and nobody said what becomes of those it does not list.
 */
export async function importPeople(
  tx: Tx,
  request: PeopleImportRequest,
  now: Date,
): Promise<PeopleImportResult> {
  const { programme, file, accept } = request
  const accounts = file.rows.flatMap((row) => row.accounts)
  const before = await loadRights(tx, programme.id, { accounts })
  await tx.$executeRaw`SAVEPOINT people_file`
  const history = { programmeId: programme.id, said: request.said ?? fromTerminal(now) }
  const { owned, known, unlisted, withoutLead } = await withRoleHistory(tx, history, async () => {
    const applied = await applyRows(tx, programme.id, file, now)
    const known = { accounts, ids: [...before.map(({ id }) => id), ...applied.ids] }
    const unlisted = (await loadRights(tx, programme.id, known)).filter(
      (person) => !applied.ids.has(person.id) && canUse(person),
    )
    const gone = request.unlisted === 'remove' ? unlisted : []
    return {
      ...applied,
      known,
      unlisted,
      withoutLead: await withdrawAll(tx, programme.id, gone, now),
    }
  })
  const after = await loadRights(tx, programme.id, known)
  if (accept) {
    assertDecided(unlisted, request)
    assertOfficeKept(programme.key, before, after)
  } else await tx.$executeRaw`ROLLBACK TO SAVEPOINT people_file`
  return {
    programme: programme.key,
    stored: accept,
    people: file.rows.length,
    accounts: accounts.length,
    leads: owned.count('leads'),
    sponsors: owned.count('sponsors'),
    difference: diffRights(before, after),
    unlisted,
    unlistedAre: unlistedText(request),
    attention: attentionTexts(programme.key, before, after, withoutLead),
  }
}

const fromTerminal = (at: Date): Provenance => ({
  ...{ byId: null, onBehalfOfId: null, source: 'terminal', at },
  onDay: dateIn('Europe/London', at),
})

/** Gives the projects that have no lead any more. */
async function withdrawAll(
  tx: Tx,
  programmeId: string,
  people: readonly PersonRights[],
  now: Date,
): Promise<string[]> {
  const withoutLead: string[] = []
  for (const { id: personId } of people) {
    withoutLead.push(...(await withdrawPerson(tx, { personId, programmeId, now })))
  }
  return withoutLead
}

/** Writes what the rows say. Gives the ids of the people they name. */
async function applyRows(
  tx: Tx,
  programmeId: string,
  { rows, platforms }: PeopleFile,
  now: Date,
): Promise<{ ids: ReadonlySet<string>; owned: OwnersByRef }> {
  const roster = await MemberResolver.load(tx, programmeId, now)
  const ids = new Map<PeopleFileRow, string>()
  for (const row of rows) {
    const handovers = [
      await linkByAccount(tx, roster, row),
      row.post ? await roster.assignPost(row.name, row.post) : null,
    ]
    for (const handover of handovers)
      if (handover) await transferOwnership(tx, programmeId, handover)
    ids.set(row, await giveRoles(roster, row))
  }
  // Every account finds its person before any is taken off, so that one that moves keeps its conversation.
  for (const [{ accounts }, personId] of ids) {
    for (const account of accounts) await linkAccount(tx, personId, account)
  }
  for (const [{ accounts }, personId] of ids) {
    for (const platform of platforms) {
      const kept = accounts.filter((account) => account.platform === platform)
      await unlinkOtherAccounts(tx, personId, platform, kept)
    }
  }
  const owned = new OwnersByRef(rows, ids)
  await replaceOwners(tx, programmeId, owned)
  return { ids: new Set(ids.values()), owned }
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

/** Gives the person's id. Without a Role, what the person leads says what they are. */
async function giveRoles(roster: MemberResolver, row: PeopleFileRow): Promise<string> {
  const { name, post, zone } = row
  const owned: ProgrammeRole[] = []
  if (row.leads.length > 0) owned.push('lead')
  if (row.sponsors.length > 0) owned.push('sponsor')
  if (row.roles.length > 0) {
    return roster.fixRoles(name, [...new Set([...row.roles, ...owned])], { post, zone })
  }
  if (owned.length > 0) await roster.releaseRoles(name)
  const [first = 'viewer', ...more] = owned
  for (const role of more) await roster.resolveMember(name, role)
  return roster.resolveMember(name, first, { post, zone })
}

/** Without an account nobody does anything: the plan may name whom it likes. */
function canUse({ accounts, roles, leads, sponsors }: PersonRights): boolean {
  return accounts.length > 0 && roles.length + leads.length + sponsors.length > 0
}

function assertDecided(
  unlisted: readonly PersonRights[],
  { programme, unlisted: decision }: PeopleImportRequest,
): void {
  if (unlisted.length === 0 || decision) return
  const names = listOf(unlisted.map(({ name }) => name))
  throw new Refusal(
    `The file does not list ${plural(unlisted.length, 'person', 'people')} who can use Milepost in ${programme.key}: ${names}. Say what becomes of them: --unlisted remove takes their rights there away, --unlisted keep leaves them. Nothing was changed.`,
  )
}

/** Somebody has to be told what goes wrong, and to be able to mend it. */
function assertOfficeKept(
  key: string,
  before: readonly PersonRights[],
  after: readonly PersonRights[],
): void {
  if (!hasOffice(before) || hasOffice(after)) return
  throw new Refusal(
    `Nobody would be left in the programme office of ${key}. Give somebody the role “programme office” in the same file. Nothing was changed.`,
  )
}

const hasOffice = (people: readonly PersonRights[]) =>
  people.some(({ roles }) => roles.includes('programme_office'))

function unlistedText({ unlisted }: PeopleImportRequest): PeopleImportResult['unlistedAre'] {
  if (unlisted === undefined) return 'undecided'
  return unlisted === 'keep' ? 'kept' : 'removed'
}

function attentionTexts(
  key: string,
  before: readonly PersonRights[],
  after: readonly PersonRights[],
  withoutLead: readonly string[],
): string[] {
  const isViewerAlone = ({ roles }: PersonRights) => roles.join() === 'viewer'
  return [
    ...after.flatMap((person) =>
      isViewerAlone(person) && person.leads.length > 0 ? viewerWhoLeadsText(person) : [],
    ),
    ...after.flatMap((person) => goneAccountTexts(person)),
    ...(withoutLead.length > 0 ? [`Without a lead then: ${listOf(withoutLead)}.`] : []),
    ...(hasOffice(before) && !hasOffice(after)
      ? [`Nobody is in the programme office of ${key} then: nobody is told what goes wrong.`]
      : []),
  ]
}

function viewerWhoLeadsText({ name, leads }: PersonRights): string {
  const them = leads.length === 1 ? 'it' : 'them'
  return `${name} leads ${listOf(leads)} in the plan. A viewer cannot update ${them}: give the role lead, or name other leads.`
}

/** A message goes to the next account; this one is tried again each week. */
function goneAccountTexts({ name, goneAccounts }: PersonRights): string[] {
  return goneAccounts.map(
    (account) =>
      `${account} of ${name} is gone, says its platform: leave it out of the file to take it off.`,
  )
}
