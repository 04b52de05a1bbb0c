import type { Place } from '../../base/addresses.ts'
import type { ReadTx } from '../../infra/db.ts'
import { memberIdsOf } from './members.ts'

/** Teams lists these; it looks others up as somebody types. */
const maxChoices = 50

/**
 * Who of the programme has an account here, for where the platform's picker lists nobody: on a phone. `exceptId`: who is
 * not to be chosen.
 */
export async function loadPeopleToChoose(
  { tx, place }: { readonly tx: ReadTx; readonly place: Place },
  programmeId: string,
  exceptId?: string,
): Promise<{ readonly title: string; readonly value: string }[]> {
  const ids = (await memberIdsOf(tx, [programmeId])).filter((id) => id !== exceptId)
  const { platform, tenant } = place
  const rows = await tx.identity.findMany({
    where: { platform, tenant, goneAt: null, personId: { in: ids } },
    include: { person: { select: { name: true } } },
    orderBy: { person: { name: 'asc' } },
    take: maxChoices,
  })
  return rows.map(({ user, person }) => ({ title: person.name, value: user }))
}
