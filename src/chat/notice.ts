import { z } from 'zod'
import { defineCard } from './cards.ts'
import type { CommandResult } from './commands.ts'

const noticeButton = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type NoticeButton = z.infer<typeof noticeButton>

/** A short answer in words: something refused, an apology, a simple confirmation. */
export const noticeCard = defineCard(
  'notice',
  z.object({
    heading: z.string(),
    lines: z.array(z.string()),
    buttons: z.array(noticeButton),
  }),
)

/** The answer to what was stored; `note` says it in the message whose button was pressed, too. */
export function savedResult(lines: string[], note?: string): CommandResult {
  return { card: noticeCard({ heading: 'Saved', lines, buttons: [] }), note }
}

/** The answer to what had been so before: nothing is written, and the message pressed stays as it was. */
export function unchangedResult(lines: string[]): CommandResult {
  return { card: noticeCard({ heading: 'Nothing to change', lines, buttons: [] }) }
}
