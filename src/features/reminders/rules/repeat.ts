import type { CivilDate } from '../../../base/dates.ts'
import { plural } from '../../../base/text.ts'
import { workingDaysAfter, workingDaysFrom } from '../../../base/working-days.ts'
import { type RuleInput, recentSteps, type Trigger } from '../finding.ts'
import { stepName } from './due-date.ts'

/** What was due and has not come is asked for on the next working day, and then once a fortnight. */
const repeatWorkingDays = 10

/** Says how the rules that use repeatTriggers send. */
export const repeatText = `the working day after, and then every ${repeatWorkingDays}`

/** For what was due by `due` and has not come. `key` begins each key, `what` ends each rule text. */
export function repeatTriggers(
  { calendar, day, recipient: { since } }: Pick<RuleInput, 'calendar' | 'day' | 'recipient'>,
  due: CivilDate,
  { key, what }: { readonly key: string; readonly what: string },
): Trigger[] {
  return recentSteps(workingDaysFrom(calendar, due, day))
    .filter((step) => step > 0 && (step - 1) % repeatWorkingDays === 0)
    .filter((step) => since === null || workingDaysAfter(calendar, due, step) >= since)
    .map((step) => ({
      key: `${key}:${stepName(step)}`,
      step,
      ruleText: `${plural(step, 'working day')} after ${what}`,
    }))
}
