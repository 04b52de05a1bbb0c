import type { ReadTx } from '../../infra/db.ts'
import { isPassedOver } from './accounts.ts'

/** Whether a person can be written to: they may have no account, or all of theirs may be gone. */
export type Contactability = 'reached' | 'no account' | 'gone'

/** Who can be reached in chat: who has an account that its platform has not called gone within a week. */
export async function loadContactability(
  tx: ReadTx,
  now: Date,
): Promise<(personId: string) => Contactability> {
  const accounts = await tx.identity.findMany({ select: { personId: true, goneAt: true } })
  const hasLiving = new Map<string, boolean>()
  for (const { personId, goneAt } of accounts) {
    hasLiving.set(personId, hasLiving.get(personId) || !isPassedOver({ goneAt }, now))
  }
  return (id) => {
    const reached = hasLiving.get(id)
    if (reached === undefined) return 'no account'
    return reached ? 'reached' : 'gone'
  }
}
