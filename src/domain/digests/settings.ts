import { z } from 'zod'
import { defineSetting } from '../programme/setting.ts'

const digestApproval = z.object({
  /** Off: a digest goes by itself. On: it waits for the programme office to approve it. */
  approval: z.boolean().default(false),
  /** Whether the programme office is shown it on the working day before. */
  preview: z.boolean().default(true),
  /** Whether digests for insiders and the board say who answers for what they tell. */
  owners: z.boolean().default(true),
})
export type DigestSettings = z.infer<typeof digestApproval>

/** What happens to a digest before it is posted. */
export const digestSetting = defineSetting({ key: 'digest', schema: digestApproval.prefault({}) })
