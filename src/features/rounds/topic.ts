import type { HelpTopicPart } from '../../chat/help.ts'
import type { MessageKind } from '../../outbox/message-kinds.ts'
import { boardCommands } from './board-commands.ts'
import { roundCommands } from './commands.ts'
import { roundPlanCommands } from './plan-commands.ts'
import { createHygieneCommand } from './response-stats-commands.ts'

/** `reminderKind`: the kind of the messages by which leads are asked for their updates. */
export function createRoundTopic(reminderKind: MessageKind): HelpTopicPart {
  return {
    name: 'rounds',
    summary: 'The update round: who answered; when rounds open and close; board meetings.',
    commands: [
      ...[...roundPlanCommands, ...roundCommands, ...boardCommands],
      createHygieneCommand(reminderKind),
    ],
  }
}
