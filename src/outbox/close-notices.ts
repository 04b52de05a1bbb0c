import type { Card } from '../chat/cards.ts'
import { noticeCard } from '../chat/notice.ts'
import type { Tx } from '../infra/db.ts'
import { messageIdsByKeyPrefix } from './find-message.ts'
import { editMessage } from './outbox.ts'

/** Shows in every notice whose key begins like this what became of its question, in place of the buttons. */
export async function closeNotices(
  tx: Tx,
  keyPrefix: string,
  note: string,
  now: Date,
): Promise<void> {
  const withNote = ({ data }: Card) => {
    const { heading, lines } = noticeCard.data.parse(data)
    return noticeCard({ heading, lines: [...lines, note], buttons: [] })
  }
  for (const id of await messageIdsByKeyPrefix(tx, keyPrefix)) {
    await editMessage(tx, id, withNote, now)
  }
}
