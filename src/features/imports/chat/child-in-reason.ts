import { fieldRefusal, Refusal } from '../../../base/errors.ts'
import type { QueryContext } from '../../../chat/commands.ts'
import { assertNoChildNamed } from '../../../domain/checks/safeguarding-guard.ts'
import type { PlacedDraft } from './sheet-kind.ts'

/** @throws Refusal at the reason, for words that look as if they tell of a child: there is no need for them here */
export async function assertNoChildInReason(
  context: QueryContext,
  { programme }: PlacedDraft,
  reason: string | undefined,
): Promise<void> {
  try {
    const subject = { programmeId: programme.id, project: null }
    await assertNoChildNamed(context, subject, [reason ?? null])
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw fieldRefusal({
      reason: 'That looks as if it tells of a child. Please give the reason without it.',
    })
  }
}
