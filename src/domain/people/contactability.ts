import type { ReadTx } from '../../infra/db.ts'

/** Whether a person can be written to: they may have no account, or theirs may be gone. */
export type Contactability = 'reached' | 'no account' | 'gone'

/**
 * Who can be reached in chat: who has an account, unless `unreachable` holds them (the outbox knows whom the last
 * message did not find).
 */
export async function loadContactability(
  tx: ReadTx,
  unreachable: ReadonlySet<string>,
): Promise<(personId: string) => Contactability> {
  const rows = await tx.identity.findMany({ distinct: ['personId'], select: { personId: true } })
  const accounts = new Set(rows.map(({ personId }) => personId))
  return (id) => {
    if (!accounts.has(id)) return 'no account'
    return unreachable.has(id) ? 'gone' : 'reached'
  }
}
