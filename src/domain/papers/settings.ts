import { z } from 'zod'
import { defineSetting } from '../programme/setting.ts'

const papers = z.object({
  /** Off: the programme office issues papers. On: it checks them, and they wait for the sponsor to approve them. */
  approval: z.boolean().default(false),
})

/** What happens to a paper before it is issued. */
export const paperSetting = defineSetting({ key: 'papers', schema: papers.prefault({}) })
