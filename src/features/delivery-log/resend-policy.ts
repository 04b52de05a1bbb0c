import { parseSettings } from '../../domain/programme/settings.ts'
import type { Tx } from '../../infra/db.ts'

/**
 * What a programme chose for a message that may stand in Teams, or not. One that speaks of several programmes, or of
 * none, is left: the one that wants no repeat counts.
 */
export async function resendPolicyOf(
  tx: Tx,
  { programmeId }: { readonly programmeId: string | undefined },
): Promise<'leave' | 'again'> {
  if (!programmeId) return 'leave'
  const found = await tx.programme.findUnique({
    where: { id: programmeId },
    select: { settings: true },
  })
  return parseSettings(found?.settings).uncertain
}
