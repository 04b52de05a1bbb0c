import type { HelpTopicPart } from '../../chat/help.ts'
import { answer, checks } from './commands.ts'

export const checkTopic: HelpTopicPart = {
  name: 'checks',
  summary: 'What to answer before the board asks, and second ratings.',
  commands: [checks, answer],
}
