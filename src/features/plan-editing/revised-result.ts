import type { CommandResult } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'

/** The answer after the plan was changed, with a button that takes the change back. */
export function revisedResult(revision: string, lines: string[], note?: string): CommandResult {
  const buttons = [{ title: 'Undo', verb: 'undo', data: { revision } }]
  return { card: noticeCard({ heading: 'Saved', lines, buttons }), note }
}
