import type { HelpTopicPart } from '../../chat/help.ts'
import { dateLinkCommands } from './date-links/commands.ts'
import { paperCompare } from './papers/compare-command.ts'
import { decisionCommands } from './papers/issuing/decision-commands.ts'
import { draftCommands } from './papers/issuing/draft-commands.ts'
import { paperIssue } from './papers/issuing/issue-command.ts'
import { issuedCommands } from './papers/issuing/issued-commands.ts'
import { paperCommand } from './papers/paper-command.ts'
import { scheduleCommands } from './papers/schedule/schedule-commands.ts'
import { templateCommands } from './papers/template/template-commands.ts'

export const paperTopic: HelpTopicPart = {
  name: 'papers',
  summary: 'Papers for the board, made from the plan as at a day; its dates in your calendar.',
  commands: [
    paperCommand,
    paperIssue,
    ...draftCommands,
    ...decisionCommands,
    ...scheduleCommands,
    ...templateCommands,
    paperCompare,
    ...issuedCommands,
    ...dateLinkCommands,
  ],
}
