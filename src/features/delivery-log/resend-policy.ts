import { z } from 'zod'
import { defineSetting, parseSettings } from '../../domain/programme/setting.ts'
import type { ReadTx } from '../../infra/db.ts'

/** A Teams message whose connection broke while it was posted: left, or sent again, marked as such. */
export const resendSetting = defineSetting({
  key: 'uncertain',
  schema: z.enum(['leave', 'again']).default('leave'),
})

/**
 * A programme's policy for a message that was possibly sent. A message about several programmes, or about none, is left:
 * a programme that wants no repeats decides for all.
 */
export async function resendPolicyOf(
  tx: ReadTx,
  { programmeIds }: { readonly programmeIds: readonly string[] },
): Promise<'leave' | 'again'> {
  const [programmeId, another] = programmeIds
  if (!programmeId || another) return 'leave'
  const found = await tx.programme.findUnique({
    where: { id: programmeId },
    select: { settings: true },
  })
  return resendSetting.of(parseSettings(found?.settings))
}
