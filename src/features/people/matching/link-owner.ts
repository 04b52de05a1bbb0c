import type { ChatIdentity } from '../../../base/addresses.ts'
import { Refusal } from '../../../base/errors.ts'
import { requireOrganisationOfProgramme } from '../../../domain/organisations/organisations.ts'
import { linkAccount, personIdOfAccount } from '../../../domain/people/identity-store.ts'
import { MemberResolver } from '../../../domain/people/member-resolver.ts'
import { memberIdsOf } from '../../../domain/people/members.ts'
import { transferOwnership } from '../../../domain/plan/owners.ts'
import type { Tx } from '../../../infra/db.ts'

type Account = Pick<ChatIdentity, 'platform' | 'tenant' | 'user'>

export interface OwnerLink {
  readonly programmeId: string
  readonly owner: { readonly id: string; readonly name: string }
  readonly account: Account
  readonly now: Date
}

/**
 * From now on the account is the owner's. One that a person of another programme has means that person here as well: they
 * take over what the owner is, as by a people file. Lock the programme first.
 * @throws Refusal where it is somebody else's of this programme, or the owner has an account there
 */
export async function linkOwner(tx: Tx, link: OwnerLink): Promise<void> {
  const { programmeId, owner, account } = link
  await requireOrganisationOfProgramme(tx, programmeId, account)
  const knownId = await personIdOfAccount(tx, account)
  if (knownId === owner.id) return
  await assertWithoutAccount(tx, link)
  if (knownId === null) return linkAccount(tx, owner.id, account)
  const known = await tx.person.findUniqueOrThrow({ where: { id: knownId } })
  if ((await memberIdsOf(tx, [programmeId])).includes(knownId)) {
    throw new Refusal(
      `That account is ${known.name}’s already. Nothing was changed. If ${owner.name} is ${known.name}, give them what ${owner.name} owns: hand over ${owner.name} to ${known.name}`,
    )
  }
  await takePlace(tx, link, knownId)
}

async function assertWithoutAccount(tx: Tx, { owner, account }: OwnerLink): Promise<void> {
  const { platform, tenant } = account
  const has = await tx.identity.findFirst({ where: { personId: owner.id, platform, tenant } })
  if (!has) return
  throw new Refusal(
    `${owner.name} has an account here already: somebody linked it meanwhile. Nothing was changed.`,
  )
}

async function takePlace(
  tx: Tx,
  { programmeId, owner, now }: OwnerLink,
  personId: string,
): Promise<void> {
  const resolver = await MemberResolver.load(tx, programmeId, now)
  const handover = await resolver.linkPerson(owner.name, personId)
  if (handover?.from !== owner.id) {
    throw new Refusal(
      `That account belongs to somebody in another programme, and ${owner.name} is not the only one of that name here. Nothing was changed.`,
    )
  }
  await transferOwnership(tx, programmeId, handover)
}
