import type { CivilDate } from '../../../base/dates.ts'
import { workingDaysAfter, workingDaysFrom } from '../../../base/working-days.ts'
import { catchUp, type Seen, type Trigger } from '../types.ts'
import { stepName } from './due-date.ts'

/** What should have come by a day and has not is asked for on the next working day, and then once a fortnight. */
const every = 10

/** What should have been said by the day of something that was to come by `due`. `key` and `rule` begin each. */
export function chased(
  { calendar, day, recipient: { since } }: Pick<Seen, 'calendar' | 'day' | 'recipient'>,
  due: CivilDate,
  { key, what }: { readonly key: string; readonly what: string },
): Trigger[] {
  const past = workingDaysFrom(calendar, due, day)
  return Array.from({ length: catchUp + 1 }, (_, at) => past - catchUp + at)
    .filter((step) => step > 0 && (step - 1) % every === 0)
    .filter((step) => since === null || workingDaysAfter(calendar, due, step) >= since)
    .map((step) => ({
      key: `${key}:${stepName(step)}`,
      step,
      rule: `${step} working ${step === 1 ? 'day' : 'days'} after ${what}`,
    }))
}
