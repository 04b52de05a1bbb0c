import { say } from '../../base/language.ts'
import { buttonTo } from '../../chat/card-button.ts'
import type { Subject } from './finding.ts'
import type { RowButton } from './reminder-data.ts'

/** The buttons that rows of several kinds have. The likeliest answer of a row is its `positive` one. */

/** What somebody may do who is only told: ask its leads, and read on. */
export function informationButtons(projectId: string): RowButton[] {
  const data = { project: projectId }
  return [buttonTo('Ask', 'ask:form', data, 'positive'), buttonTo('Open', 'show', data)]
}

export function doneButton(milestoneId: string): RowButton {
  return { title: say('Done'), verb: 'done', style: 'positive', data: { milestone: milestoneId } }
}

export function moveButton(title: 'Move date' | 'Give a date', milestoneId: string): RowButton {
  return {
    title: say(title),
    verb: 'move:form',
    style: 'default',
    data: { milestone: milestoneId },
  }
}

export function updateButton(style: RowButton['style'], projectId: string): RowButton {
  return { title: say('Update'), verb: 'update:form', style, data: { project: projectId } }
}

export function snoozeButton(subject: Subject): RowButton {
  return { title: say('Snooze'), verb: 'snooze:form', style: 'default', data: { subject } }
}
