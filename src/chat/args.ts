import { z } from 'zod'
import { optionalText } from './commands.ts'

/** Arguments that many commands share. */

/** Of a command for one programme: its key, where the person is in several. */
export const programmeArgs = z.object({ programme: optionalText })

/** Of a command that switches something. */
export const onOff = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['on', 'off']))
