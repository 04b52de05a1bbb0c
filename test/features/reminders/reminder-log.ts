import { addDays, civilDate, momentAt } from '../../../src/base/dates.ts'
import type { Leave } from '../../../src/domain/people/person.ts'
import type { ReminderContext } from '../../../src/features/reminders/agendas.ts'
import { remindersDue } from '../../../src/features/reminders/due-reminders.ts'
import type { ReminderItem } from '../../../src/features/reminders/reminder.ts'
import { stepName } from '../../../src/features/reminders/rules/due-date.ts'
import { aPlan, type PlanSketch } from '../../support/plans.ts'

/** What the rules send day by day, over weekends, bank holidays and clock changes. */

/** All rules off except those for due days. */
export const quiet = {
  reminders: {
    undated: null,
    greenBy: false,
    readings: false,
    roundOpen: false,
    roundClosing: false,
  },
}

/** All rules off except those for due days and this one. */
export const only = (rule: object) => ({ reminders: { ...quiet.reminders, ...rule } })

export type Known = Partial<Omit<ReminderContext, 'plans' | 'topicsSentTo'>>

/** One line per item that is sent, evaluated at 10:00 each day: "2017-03-29 asha round". */
export function reminderLog(
  sketch: PlanSketch,
  from: string,
  to: string,
  known: Known = {},
): string[] {
  const plans = [aPlan(sketch)]
  const told = new Map<string, Set<string>>()
  const said = (id: string) => told.get(id) ?? new Set<string>()
  const lines: string[] = []
  for (let day = civilDate(from); day <= civilDate(to); day = addDays(day, 1)) {
    const now = momentAt(day, '10:00', 'Europe/London')
    for (const reminder of remindersDue({ ...known, plans, topicsSentTo: said, now }).reminders) {
      const id = reminder.person?.id ?? ''
      told.set(id, new Set([...said(id), ...reminder.topics]))
      for (const item of reminder.items)
        if (item.ruleText) lines.push(`${day} ${id} ${lineOf(item)}`)
    }
  }
  return lines
}

const lineOf = ({ kind, step, subject }: ReminderItem) =>
  [kind, step === null ? '' : stepName(step), subject.split(':')[1]].filter(Boolean).join(' ')

export const away = (
  from: string,
  to: string,
  deputyId: string | null = null,
): { leaves: Leave[] } => ({
  leaves: [{ from: civilDate(from), to: civilDate(to), deputyId, programmeId: null }],
})
