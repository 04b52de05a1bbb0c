import type { ChatIdentity } from '../../base/addresses.ts'
import { Refusal } from '../../base/errors.ts'
import { fold } from '../../base/text.ts'
import type { Tx } from '../../infra/db.ts'
import { requireOrganisationOfProgramme } from '../organisations/organisations.ts'
import { addPersonWithAccount, linkAccount, personIdOfAccount } from './identity-store.ts'

/** A person whose account the programme office mentioned. */
export interface MentionedPerson {
  readonly id: string
  /** What was changed so that the account means them, as a sentence; null where nothing was. */
  readonly remark: string | null
}

/** As the account's platform knows it. */
interface AccountProfile {
  readonly name: string
  readonly zone?: string | undefined
}

/**
 * The person whose account this is. One that is linked to nobody becomes that of the only member of its name who has no
 * account, or of a new person. Call it for the programme office alone; the caller gives the person their role.
 * @throws Refusal where a member of that name has another account: only the office can say whether they are the same; and
 * where the account belongs to another organisation than the programme
 */
export async function personOfAccount(
  tx: Tx,
  programmeId: string,
  account: ChatIdentity,
  profile: AccountProfile,
  now: Date,
): Promise<MentionedPerson> {
  await requireOrganisationOfProgramme(tx, programmeId, account)
  const known = await personIdOfAccount(tx, account)
  if (known) return { id: known, remark: null }
  const members = await tx.person.findMany({
    where: { memberships: { some: { programmeId } } },
    include: { identities: { select: { user: true } } },
  })
  const alike = members.filter(({ name }) => fold(name) === fold(profile.name))
  const [only, second] = alike
  if (!only) {
    const id = await addPersonWithAccount(tx, profile, account, now)
    return { id, remark: `${profile.name} is new in the programme, with that account.` }
  }
  if (second || only.identities.length > 0) {
    throw new Refusal(
      `${profile.name} is a member already, and this account is not known to be theirs. Write the name, or have the account added in the people file. Nothing was saved.`,
    )
  }
  await linkAccount(tx, only.id, account)
  return { id: only.id, remark: `That account is ${only.name}’s from now on.` }
}
