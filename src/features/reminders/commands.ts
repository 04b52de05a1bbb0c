import type { Command } from '../../chat/commands.ts'
import { mute, mutes, unmute } from './mute.ts'
import { previewReminders } from './preview-command.ts'
import { changeReminders, reminders } from './rule-commands.ts'
import { snooze } from './snooze.ts'
import { why } from './why-command.ts'

/** What people can ask and choose of what I remind them of. */
export const reminderCommands: readonly Command[] = [
  ...[why, snooze, mute, unmute, mutes],
  ...[previewReminders, reminders, changeReminders],
]
