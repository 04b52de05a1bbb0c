import type { HelpTopicPart } from '../../chat/help.ts'
import { moneyCommands } from './commands.ts'

export const moneyTopic: HelpTopicPart = {
  name: 'money',
  summary: 'What projects and workstreams cost and save.',
  commands: moneyCommands,
}
