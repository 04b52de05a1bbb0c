import type { HelpTopicPart } from '../../chat/help.ts'
import { measureCommands } from './commands.ts'

export const measureTopic: HelpTopicPart = {
  name: 'measures',
  summary: 'The measures of a programme and their readings.',
  commands: [...measureCommands],
}
