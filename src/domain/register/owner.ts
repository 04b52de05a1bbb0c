import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { findAnswerableMember, type Naming } from '../people/answerable-member.ts'

/**
 * Whom the owner of an entry means: by name, post or id; null where nobody was named. Somebody who may only read would
 * be reminded of what they cannot answer. @throws Refusal with the problem of the input "owner"
 */
export async function resolveOwner(
  naming: Naming,
  programmeId: string,
  named: string | undefined,
): Promise<string | null> {
  if (!named) return null
  const id = isId(named) ? named : (await findNamed(naming, programmeId, named)).id
  const roles = await naming.tx.membership.findMany({
    where: { programmeId, personId: id },
    select: { role: true, person: { select: { name: true } } },
  })
  const [member] = roles
  if (!member) throw fieldRefusal({ owner: 'They are not in the programme any more.' })
  if (roles.every(({ role }) => role === 'viewer')) {
    throw fieldRefusal({
      owner: `${member.person.name} may only read here. Say somebody who answers for it.`,
    })
  }
  return id
}

async function findNamed(naming: Naming, programmeId: string, named: string) {
  return findAnswerableMember(naming, [programmeId], named).catch((error: unknown) => {
    throw error instanceof Refusal ? fieldRefusal({ owner: error.message }) : error
  })
}
