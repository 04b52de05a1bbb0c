import { withCurrentLanguage } from '../../../chat/cards.ts'
import { directPlaceOf } from '../../../domain/people/direct-places.ts'
import { inLanguageOf } from '../../../domain/people/language-of.ts'
import type { WorkItem } from '../../../domain/plan/handover.ts'
import type { Tx } from '../../../infra/db.ts'
import { outboxMessageByKey } from '../../../outbox/find-message.ts'
import type { MessageKind } from '../../../outbox/message-kinds.ts'
import { enqueue } from '../../../outbox/outbox.ts'

export interface PassedQuestions {
  readonly personId: string
  readonly receiverId: string
  readonly projects: readonly WorkItem[]
  /** How questions to leads are sent. */
  readonly kind: MessageKind
  readonly now: Date
}

/**
 * Sends the open questions about these projects that one person was asked to the other, as they stand with the first. One
 * answer still counts for all who were asked.
 */
export async function passQuestionsOn(
  tx: Tx,
  { personId, receiverId, projects, kind, now }: PassedQuestions,
): Promise<void> {
  const place = await directPlaceOf(tx, receiverId)
  if (!place) return
  const open = await tx.question.findMany({
    where: { projectId: { in: projects.map(({ id }) => id) }, answeredAt: null },
    orderBy: { number: 'asc' },
  })
  for (const { id, programmeId } of open) {
    const asked = await outboxMessageByKey(tx, `question:${id}:${personId}`)
    if (!asked) continue
    const message = {
      ...{ key: `question:${id}:${receiverId}`, kind, place },
      card: await inLanguageOf(tx, receiverId, () => withCurrentLanguage(asked.card)),
      ...{ programmeIds: [programmeId], personId: receiverId },
      why: ['It was asked of somebody whose work you have taken over.'],
    }
    await enqueue(tx, message, now)
  }
}
