import type { HelpTopicPart } from '../../chat/help.ts'
import { agree } from './agree.ts'
import { done, flag, move, unflag } from './commands.ts'
import { declineMoveCommand } from './decline-move.ts'
import { rate } from './rate.ts'

export const milestoneTopic: HelpTopicPart = {
  name: 'milestones',
  summary: 'What is due; a milestone is done, at risk, rated or moved.',
  commands: [done, move, agree, declineMoveCommand, flag, unflag, rate],
}
