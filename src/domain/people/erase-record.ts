import type { Tx } from '../../infra/db.ts'
import { formerMember } from './names.ts'

/**
 * Takes a person's name, post, accounts, roles, hours and leave out; others' leave keeps no deputy. Their row stays for
 * the history that names its id. Gives how many accounts were unlinked.
 */
export async function erasePersonRecord(tx: Tx, id: string, now: Date): Promise<number> {
  const their = { where: { personId: id } }
  const { count: accounts } = await tx.identity.deleteMany(their)
  await tx.membership.deleteMany(their)
  await tx.workingPattern.deleteMany(their)
  await tx.leave.deleteMany(their)
  await tx.leave.updateMany({ where: { deputyId: id }, data: { deputyId: null } })
  await tx.person.update({
    where: { id },
    data: {
      ...{
        name: formerMember,
        post: null,
        zone: null,
        language: null,
        quietFrom: null,
        quietTo: null,
      },
      forgottenAt: now,
    },
  })
  return accounts
}
