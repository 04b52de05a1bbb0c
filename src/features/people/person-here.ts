import { Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { findMember } from '../../domain/people/find-member.ts'
import { memberIdsOf } from '../../domain/people/members.ts'
import type { ReadTx } from '../../infra/db.ts'

/** Somebody in a programme: by a button, their id; typed, their name or post. @throws Refusal where there is none */
export async function findPersonHere(
  tx: ReadTx,
  programmeId: string,
  named: string,
): Promise<{ readonly id: string; readonly name: string }> {
  if (!isId(named)) {
    const { id, name } = await findMember(tx, [programmeId], named)
    return { id, name }
  }
  const isHere = (await memberIdsOf(tx, [programmeId])).includes(named)
  const person = isHere ? await tx.person.findUnique({ where: { id: named } }) : null
  if (person) return { id: person.id, name: person.name }
  throw new Refusal('They are not in the programme any more. Nothing was changed.')
}
