import type { HelpTopicPart } from '../../chat/help.ts'
import { issueCommands } from './papers/issue-commands.ts'
import { paperCommand } from './papers/paper-command.ts'

export const paperTopic: HelpTopicPart = {
  name: 'papers',
  summary: 'Papers for the board, made from the plan as at a day.',
  commands: [paperCommand, ...issueCommands],
}
