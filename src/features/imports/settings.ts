import { z } from 'zod'
import { defineSetting } from '../../domain/programme/setting.ts'

/** What each heading of the programme's sheets means, as somebody confirmed it. */
export const mappingSetting = defineSetting({
  key: 'mapping',
  schema: z.record(z.string(), z.string()).optional(),
})
