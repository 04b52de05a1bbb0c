import { defineMessageKind } from '../../outbox/message-kinds.ts'
import { redrawReminder, revalidateReminder } from './revalidate.ts'

export const reminderKind = defineMessageKind({
  kind: 'reminder',
  authority: 'read plan',
  title: 'Reminder',
  revalidate: revalidateReminder,
  redraw: redrawReminder,
})
