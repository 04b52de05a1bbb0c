import { z } from 'zod'
import { optionalText } from '../../../chat/commands.ts'

/** What a form of several fields sends: what it showed, what it asked, and its inputs by their ids. */
export const formArgs = z
  .object({ seen: optionalText, asked: optionalText, fine: optionalText })
  .catchall(z.union([z.string(), z.array(z.string())]))
