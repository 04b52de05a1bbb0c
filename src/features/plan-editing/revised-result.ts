import type { CommandResult } from '../../chat/commands.ts'
import { savedResult, undoButton } from '../../chat/notice.ts'

/** The answer after the plan was changed, with a button that takes the change back. */
export function revisedResult(revision: string, lines: string[], note?: string): CommandResult {
  return savedResult(lines, note, [undoButton({ revision })])
}
