import { z } from 'zod'
import { defineSetting, parseSettings } from '../../domain/programme/setting.ts'
import type { ReadTx } from '../../infra/db.ts'

/** A Teams message whose connection broke while it was posted: left, or sent again, marked as such. */
export const resendSetting = defineSetting({
  key: 'uncertain',
  schema: z.enum(['leave', 'again']).default('leave'),
})

/**
 * What a programme chose for a message that may stand in Teams, or not. One that speaks of several programmes, or of
 * none, is left: the one that wants no repeat counts.
 */
export async function resendPolicyOf(
  tx: ReadTx,
  { programmeId }: { readonly programmeId: string | undefined },
): Promise<'leave' | 'again'> {
  if (!programmeId) return 'leave'
  const found = await tx.programme.findUnique({
    where: { id: programmeId },
    select: { settings: true },
  })
  return resendSetting.of(parseSettings(found?.settings))
}
