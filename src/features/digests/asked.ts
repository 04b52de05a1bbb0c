import type { Tx } from '../../infra/db.ts'
import type { Plan } from '../plan/plan.ts'
import { loadEntries } from '../register/store.ts'
import { overridesOf } from '../rollup/store.ts'
import { withoutUnchecked } from './being-checked.ts'
import type { DigestAsked } from './content.ts'

/** All that a digest of a plan is made of, whoever reads it. One query after the other: a transaction has one connection. */
export async function loadAsked(
  tx: Tx,
  plan: Plan,
  compared: Pick<DigestAsked, 'previous' | 'since'>,
): Promise<DigestAsked> {
  const { id } = plan.programme
  const register = await loadEntries(tx, id)
  const overrides = await overridesOf(tx, id)
  return withoutUnchecked(tx, { ...compared, plan, register, overrides })
}
