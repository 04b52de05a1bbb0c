import { Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { findMention, type Mention } from '../../base/mentions.ts'
import { findMember } from '../../domain/people/find-member.ts'
import { personIdOfAccount } from '../../domain/people/identity-store.ts'
import { memberIdsOf } from '../../domain/people/members.ts'
import type { ReadTx } from '../../infra/db.ts'

/**
 * Somebody in a programme: by a button, their id; typed, their name, post or, where the line has any, a mention.
 * @throws Refusal where there is none
 */
export async function findPersonHere(
  tx: ReadTx,
  programmeId: string,
  named: string,
  mentions: readonly Mention[] = [],
): Promise<{ readonly id: string; readonly name: string }> {
  const mention = findMention(mentions, named)
  const mentioned = mention ? await personIdOfAccount(tx, mention.account) : null
  const id = mentioned ?? named
  if (!isId(id)) {
    const found = await findMember(tx, [programmeId], named)
    return { id: found.id, name: found.name }
  }
  const isHere = (await memberIdsOf(tx, [programmeId])).includes(id)
  const person = isHere ? await tx.person.findUnique({ where: { id } }) : null
  if (person) return { id: person.id, name: person.name }
  throw new Refusal('They are not in the programme any more. Nothing was changed.')
}
