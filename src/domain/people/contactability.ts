import type { ReadTx } from '../../infra/db.ts'
import { isPassedOver, passedOverUntil } from './accounts.ts'

/** Whether a person can be written to: they may have no account, or all of theirs may be gone. */
export type Contactability = 'reached' | 'no account' | 'gone'

/**
 * Who can be reached in chat: who has an account that its platform has not called gone within a week. `personIds`: who is
 * asked about; left out, everybody.
 */
export async function loadContactability(
  tx: ReadTx,
  now: Date,
  personIds?: readonly string[],
): Promise<(personId: string) => Contactability> {
  const { contactabilityOf } = await loadContactabilities(tx, now, personIds)
  return contactabilityOf
}

export interface Contactabilities {
  readonly contactabilityOf: (personId: string) => Contactability
  /** When an account that was called gone counts as living again, although nothing is written: each later than `now`. */
  readonly changesAt: readonly Date[]
}

/** The same, and when it changes by itself. */
export async function loadContactabilities(
  tx: ReadTx,
  now: Date,
  personIds?: readonly string[],
): Promise<Contactabilities> {
  const accounts = await tx.identity.findMany({
    ...(personIds && { where: { personId: { in: [...personIds] } } }),
    select: { personId: true, goneAt: true },
  })
  const hasLiving = new Map<string, boolean>()
  for (const { personId, goneAt } of accounts) {
    hasLiving.set(personId, hasLiving.get(personId) || !isPassedOver({ goneAt }, now))
  }
  return {
    contactabilityOf: (id) => {
      const reached = hasLiving.get(id)
      if (reached === undefined) return 'no account'
      return reached ? 'reached' : 'gone'
    },
    changesAt: accounts.flatMap(({ goneAt }) =>
      goneAt && isPassedOver({ goneAt }, now) ? passedOverUntil(goneAt) : [],
    ),
  }
}
