import { endFollowsIn } from '../../domain/follows/follow-store.ts'
import { removeMember } from '../../domain/people/member-resolver.ts'
import { removeOwner } from '../../domain/plan/owners.ts'
import type { Tx } from '../../infra/db.ts'
import { cancelMessagesTo } from '../../outbox/cancelled.ts'

/**
 * Takes a person's rights in a programme away at once: roles, what they lead and sponsor, what they follow, and what
 * waited to be sent to them. Their accounts stay theirs, for their other programmes and for their return. Gives the
 * projects that have no lead any more: 'W17 2.1'.
 */
export async function withdrawPerson(
  tx: Tx,
  who: { readonly personId: string; readonly programmeId: string; readonly now: Date },
): Promise<string[]> {
  const { personId, programmeId } = who
  await removeMember(tx, personId, programmeId)
  await endFollowsIn(tx, who)
  await cancelMessagesTo(tx, who, 'they are not in the programme any more')
  return removeOwner(tx, personId, programmeId)
}
