import { createHash } from 'node:crypto'
import type { Place } from '../../../base/addresses.ts'
import type { QueryContext } from '../../../chat/commands.ts'
import type { DirectoryMember } from '../../../chat/port.ts'
import { memberIdsOf } from '../../../domain/people/members.ts'
import {
  type MatchableMember,
  matchNames,
  type NamedOwner,
  type NameMatch,
} from '../../../domain/people/name-match.ts'
import { loadSubscribedChannels } from '../../../domain/schedule/subscription-store.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { loadUnlinkedOwners, type UnlinkedOwner } from './unlinked-owners.ts'

/** A member of the workspace as the rule of names reads it. */
export interface Candidate extends MatchableMember {
  readonly user: string
  /** As people see it. */
  readonly name: string
}

export type OwnerMatch = NameMatch<Candidate>

/** What the names of a programme mean among the members of the workspace. */
export interface OwnerMatches {
  readonly owners: readonly UnlinkedOwner[]
  readonly matches: readonly OwnerMatch[]
  /** Those for whom nobody was found, whose account somebody of the programme has already: their names, by owner id. */
  readonly taken: ReadonlyMap<string, string>
  /** Who can be chosen where the platform offers no list of its own. */
  readonly candidates: readonly Candidate[]
  /** Why there may be fewer matches than people: the members could not be read. */
  readonly unread: 'later' | 'cannot tell' | null
}

export async function loadMatches(
  context: QueryContext,
  programmeId: string,
): Promise<OwnerMatches> {
  const { tx } = context
  const owners = await loadUnlinkedOwners(tx, programmeId)
  const directory = await context.directory(await channelsOf(context, programmeId))
  const isRead = typeof directory !== 'string'
  const members = isRead ? directory : []
  const linked = await linkedInProgramme(context, programmeId)
  const linkable = members.filter(({ standing }) => standing === 'employee' || standing === 'guest')
  const candidates = linkable.filter(({ user }) => !linked.has(user)).map(candidateOf)
  const matches = matchNames(owners, candidates)
  return {
    ...{ owners, matches, candidates },
    taken: takenOf(matches, linkable, linked),
    unread: isRead ? null : directory,
  }
}

export function candidateOf({ user, names, standing, ...more }: DirectoryMember): Candidate {
  return { ...more, user, names, name: names[0] ?? user, isEmployee: standing === 'employee' }
}

/** The channels whose members may be asked for: where the request was made, and where the digest goes. */
async function channelsOf(
  { tx, place }: Pick<QueryContext, 'tx' | 'place'>,
  programmeId: string,
): Promise<readonly Place[]> {
  const subscribed = await loadSubscribedChannels(tx, [programmeId])
  const here = place.kind === 'channel' ? [place] : []
  const all = [...here, ...subscribed.values()].filter(
    ({ platform, tenant }) => platform === place.platform && tenant === place.tenant,
  )
  const byId = new Map(all.map((channel) => [channel.conversation, channel]))
  return [...byId.values()]
}

/** Accounts in this workspace that people of the programme have, with their names. */
async function linkedInProgramme(
  { tx, place }: { readonly tx: ReadTx; readonly place: Place },
  programmeId: string,
): Promise<ReadonlyMap<string, string>> {
  const { platform, tenant } = place
  const rows = await tx.identity.findMany({
    where: { platform, tenant, personId: { in: await memberIdsOf(tx, [programmeId]) } },
    select: { user: true, person: { select: { name: true } } },
  })
  return new Map(rows.map(({ user, person }) => [user, person.name]))
}

/** Nobody was found for a name because the account that it means is somebody's already. */
function takenOf(
  matches: readonly OwnerMatch[],
  members: readonly DirectoryMember[],
  linked: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const open = matches.flatMap(({ kind, owner }): NamedOwner[] => (kind === 'none' ? [owner] : []))
  const others = members.filter(({ user }) => linked.has(user)).map(candidateOf)
  const found = matchNames(open, others).flatMap((match): [string, string][] =>
    match.kind === 'certain' || match.kind === 'likely'
      ? [[match.owner.id, linked.get(match.member.user) ?? match.member.name]]
      : [],
  )
  return new Map(found)
}

/** A pair that one press links. */
export interface CertainPair {
  readonly owner: NamedOwner
  readonly member: Candidate
}

/** More names would not be read before the press. */
const maxAtOnce = 60

/** Those that are linked together, as they are shown. */
export function certainPairs({ matches }: Pick<OwnerMatches, 'matches'>): readonly CertainPair[] {
  return matches.flatMap((match) => (match.kind === 'certain' ? [match] : [])).slice(0, maxAtOnce)
}

/** A mark of what was shown, by which a press tells that it still means the same people. */
export function markOf(pairs: readonly CertainPair[]): string {
  const text = pairs.map(({ owner, member }) => `${owner.id} ${member.user}`).join('\n')
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
