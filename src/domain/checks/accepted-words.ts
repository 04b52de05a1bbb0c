import { type CivilDate, fromDbDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { Provenance } from '../revisions/provenance.ts'
import type { CheckAnswer } from './check.ts'
import { safeguardingCheck } from './safeguarding-check.ts'

/**
 * Words of sheets that look as if they told of a child, and that somebody accepted as they stand: who, when and with
 * which file. Such an answer holds for sheets alone. Whoever accepts a sheet accepts it as a whole and gives no reason, so
 * that a digest asks once more before it shows the words.
 */

/** Beside the keys of checks: nobody answers it by command. */
export const acceptedWordsKey = 'child in a sheet'

export interface AcceptedWords {
  readonly programmeId: string
  readonly fingerprints: readonly string[]
  readonly fileName: string
}

/** Appends that these words were accepted; nothing where there are none. `said.byId` null: in the terminal. */
export async function saveAcceptedWords(
  tx: Tx,
  { programmeId, fingerprints, fileName }: AcceptedWords,
  { byId, source, onDay, at }: Pick<Provenance, 'byId' | 'source' | 'onDay' | 'at'>,
): Promise<void> {
  if (fingerprints.length === 0) return
  await tx.checkAnswer.create({
    data: {
      ...{ id: newId(), programmeId, projectId: null, check: acceptedWordsKey, onBehalfOfId: null },
      ...{ fingerprints: fingerprints.join(' '), answer: `Accepted with ${fileName}` },
      ...{ byId, source, onDay: toDbDate(onDay), at },
    },
  })
}

/** What was accepted by the end of a day, as answers to the check of such words. */
export async function loadAcceptedWords(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<CheckAnswer[]> {
  const rows = await tx.checkAnswer.findMany({
    where: { programmeId, check: acceptedWordsKey, onDay: { lte: toDbDate(asAt) } },
  })
  return rows.map(({ fingerprints, answer, projectId, byId, onDay }) => ({
    ...{ answer, projectId, byId, check: safeguardingCheck.key },
    fingerprints: fingerprints.split(' '),
    onDay: fromDbDate(onDay),
  }))
}
