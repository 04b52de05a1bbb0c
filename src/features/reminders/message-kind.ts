import { defineMessageKind } from '../../outbox/message-kinds.ts'
import { redrawReminder, revalidateReminder } from './revalidate.ts'

export const reminderKind = defineMessageKind({
  kind: 'reminder',
  title: 'Reminder',
  authority: 'read plan',
  revalidate: revalidateReminder,
  redraw: redrawReminder,
})
