import type { HelpTopicPart } from '../../chat/help.ts'
import { mute, mutes, unmute } from './mute.ts'
import { previewReminders } from './preview-command.ts'
import { changeReminders, reminders } from './rule-commands.ts'
import { snooze } from './snooze.ts'
import { why } from './why-command.ts'

export const reminderTopic: HelpTopicPart = {
  name: 'reminders',
  summary: 'What I tell you and why, and how to be told less, or later.',
  commands: [why, snooze, mute, unmute, mutes, previewReminders, reminders, changeReminders],
}
