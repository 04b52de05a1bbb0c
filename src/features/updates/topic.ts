import type { HelpTopicPart } from '../../chat/help.ts'
import { adminSecond, assure } from './assurance/commands.ts'
import { byMilestones } from './by-milestones.ts'
import { show, update, updateFine } from './commands.ts'
import { confirm } from './confirm.ts'
import { noChange } from './no-change.ts'
import { due } from './queries.ts'

// The order decides which command reads a line that fits several: “2.1 no change” is no state with words.
export const updateTopic: HelpTopicPart = {
  name: 'update',
  summary: 'Say how projects stand, and see what yours need.',
  commands: [show, noChange, byMilestones, updateFine, update, confirm],
}

export const dueTopic: HelpTopicPart = { name: 'milestones', commands: [due] }

export const assuranceTopic: HelpTopicPart = { name: 'checks', commands: [assure, adminSecond] }
