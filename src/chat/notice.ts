import { z } from 'zod'
import { defineCard } from './cards.ts'

const button = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type NoticeButton = z.infer<typeof button>

/** A short answer in words: something refused, an apology, a simple confirmation. */
export const noticeCard = defineCard(
  'notice',
  z.object({
    heading: z.string(),
    lines: z.array(z.string()),
    buttons: z.array(button),
  }),
)
