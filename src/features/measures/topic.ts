import type { HelpTopicPart } from '../../chat/help.ts'
import { benefitCommand } from './benefit-command.ts'
import { measureCommands } from './commands.ts'

export const measureTopic: HelpTopicPart = {
  name: 'measures',
  summary: 'The measures of a programme and their readings.',
  commands: [...measureCommands, benefitCommand],
}
