import type { HelpTopicPart } from '../../chat/help.ts'
import { boardCommands } from './board-commands.ts'
import { roundCommands } from './commands.ts'
import { roundPlanCommands } from './plan-commands.ts'
import { hygiene } from './response-stats-commands.ts'

export const roundTopic: HelpTopicPart = {
  name: 'rounds',
  summary: 'The update round: who answered; when rounds open and close; board meetings.',
  commands: [...roundPlanCommands, ...roundCommands, ...boardCommands, hygiene],
}
