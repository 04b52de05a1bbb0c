import { noticeCard } from '../../../chat/notice.ts'
import type { Tx } from '../../../infra/db.ts'
import { messageIdsByKeyPrefix } from '../../../outbox/find-message.ts'
import { editMessage } from '../../../outbox/outbox.ts'

/** The beginning of the keys of what the office is told about somebody who left one programme. */
export const leaverKeyPrefix = (programmeId: string, personId: string) =>
  `leaver:${programmeId}:${personId}:`

interface Closing {
  readonly programmeId: string
  readonly personId: string
  /** What was done, and by whom: the other officers read it. */
  readonly done: string
  readonly now: Date
}

/** What every member of the office was told says what was done, and asks no more. */
export async function closeLeaverNotices(
  tx: Tx,
  { programmeId, personId, done, now }: Closing,
): Promise<void> {
  const card = () => noticeCard({ heading: 'Handed over', lines: [done], buttons: [] })
  for (const id of await messageIdsByKeyPrefix(tx, leaverKeyPrefix(programmeId, personId)))
    await editMessage(tx, id, card, now)
}
