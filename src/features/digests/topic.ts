import type { HelpTopicPart } from '../../chat/help.ts'
import { approvalCommands } from './approval/approval-commands.ts'
import { archiveCommands } from './archive/archive-commands.ts'
import { previewCommand } from './commands.ts'
import { adminCommentary } from './posting/audience-command.ts'
import { channelCommands } from './posting/channel-commands.ts'

export const digestTopic: HelpTopicPart = {
  name: 'digest',
  summary: 'The digest, to you alone or to a channel each week.',
  commands: [previewCommand, ...channelCommands, ...archiveCommands, ...approvalCommands],
}

export const commentaryTopic: HelpTopicPart = { name: 'admin', commands: [adminCommentary] }
