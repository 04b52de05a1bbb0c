import type { CivilDate } from '../../../base/dates.ts'
import { workingDaysAfter, workingDaysFrom } from '../../../base/working-days.ts'
import { graceWorkingDays, type RuleInput, type Trigger } from '../types.ts'
import { stepName } from './due-date.ts'

/** What should have come by a day and has not is asked for on the next working day, and then once a fortnight. */
const repeatWorkingDays = 10

/** What should have been said by the day of something that was to come by `due`. `key` and `rule` begin each. */
export function repeatTriggers(
  { calendar, day, recipient: { since } }: Pick<RuleInput, 'calendar' | 'day' | 'recipient'>,
  due: CivilDate,
  { key, what }: { readonly key: string; readonly what: string },
): Trigger[] {
  const past = workingDaysFrom(calendar, due, day)
  return Array.from({ length: graceWorkingDays + 1 }, (_, at) => past - graceWorkingDays + at)
    .filter((step) => step > 0 && (step - 1) % repeatWorkingDays === 0)
    .filter((step) => since === null || workingDaysAfter(calendar, due, step) >= since)
    .map((step) => ({
      key: `${key}:${stepName(step)}`,
      step,
      ruleText: `${step} working ${step === 1 ? 'day' : 'days'} after ${what}`,
    }))
}
