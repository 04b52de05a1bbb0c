import { z } from 'zod'
import { say } from '../base/language.ts'
import { defineCard } from './cards.ts'
import type { CommandResult } from './commands.ts'

const noticeButton = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.unknown()),
})
export type NoticeButton = z.infer<typeof noticeButton>

/** A short answer in text: a refusal, an apology, a simple confirmation. */
export const noticeCard = defineCard(
  'notice',
  z.object({
    heading: z.string(),
    lines: z.array(z.string()),
    buttons: z.array(noticeButton),
  }),
  { ownText: ['heading', 'buttons.title'] },
)

/** The answer after something was saved; `note` is shown in the message whose button was pressed. */
export function savedResult(
  lines: string[],
  note?: string,
  buttons: NoticeButton[] = [],
): CommandResult {
  return { card: noticeCard({ heading: say('Saved'), lines, buttons }), note }
}

/** The button beside an answer that takes back what was saved. `data`: names it for the command "undo". */
export function undoButton(data: Readonly<Record<string, string>>): NoticeButton {
  return { title: 'Undo', verb: 'undo', data }
}

/** The answer where nothing changed: nothing is written, and the message whose button was pressed stays the same. */
export function unchangedResult(lines: string[]): CommandResult {
  return { card: noticeCard({ heading: 'Nothing to change', lines, buttons: [] }) }
}
