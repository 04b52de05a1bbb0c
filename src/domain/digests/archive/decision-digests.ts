import type { Place } from '../../../base/addresses.ts'
import { fromDbDate } from '../../../base/dates.ts'
import type { ReadTx } from '../../../infra/db.ts'
import { loadSubscriptions } from '../../schedule/subscription-store.ts'
import { digestContent } from '../content/content.ts'
import { digestKey } from './message-key.ts'

/** A posted digest that tells of a decision: its first message's key, and its channel. */
export interface DecisionDigest {
  readonly key: string
  readonly place: Place
}

const tellsOf = digestContent.pick({ decisions: true, decided: true })

/**
 * The last digest of each channel, where it asks for this decision or tells its outcome: its readers hear in its thread
 * what becomes of it. None for the public, which is not told of decisions.
 */
export async function digestsTellingOf(
  tx: ReadTx,
  programmeId: string,
  entryId: string,
): Promise<DecisionDigest[]> {
  const found: DecisionDigest[] = []
  for (const { id, place, audience } of await loadSubscriptions(tx, programmeId)) {
    if (audience === 'public') continue
    const last = await tx.digest.findFirst({
      where: { subscriptionId: id },
      orderBy: { round: 'desc' },
      select: { round: true, content: true },
    })
    if (!last) continue
    const { decisions, decided } = tellsOf.parse(last.content)
    const isTold = [...decisions, ...decided].some((one) => one.entryId === entryId)
    if (isTold) found.push({ key: digestKey(programmeId, fromDbDate(last.round), id), place })
  }
  return found
}
