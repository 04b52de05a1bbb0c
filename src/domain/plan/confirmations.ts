import { toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import { sourceOf } from '../../base/request-context.ts'
import type { DomainContext } from '../context.ts'
import { requirePersonId } from './lookup.ts'

/** What a second person confirms: an improvement, that a milestone is done, or a state set by a person. */
export type ConfirmationSubject =
  | { readonly updateId: string }
  | { readonly milestoneId: string }
  | { readonly overrideId: string }

/** Appends the person's confirmation. `onDay`: left out, the person's day. False where there is one already. */
export async function recordConfirmation(
  { tx, actor, now, today, ...asked }: DomainContext,
  subject: ConfirmationSubject,
  onDay = today,
): Promise<boolean> {
  const { count } = await tx.confirmation.createMany({
    data: {
      ...subject,
      id: newId(),
      byId: requirePersonId(actor),
      source: sourceOf(asked),
      onDay: toDbDate(onDay),
      at: now,
    },
    skipDuplicates: true,
  })
  return count > 0
}
