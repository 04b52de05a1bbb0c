import type { HelpTopicPart } from '../../chat/help.ts'
import { calendarCommands } from './calendar-commands.ts'
import { hoursCommands } from './hours-commands.ts'
import { language } from './language-command.ts'
import { leaveCommands } from './leave-commands.ts'

export const awayTopic: HelpTopicPart = {
  name: 'away',
  summary: 'Your working days, leave, quiet hours and zone, and who stands in for you.',
  commands: [...leaveCommands, ...hoursCommands, language],
}

export const calendarTopic: HelpTopicPart = { name: 'admin', commands: calendarCommands }
