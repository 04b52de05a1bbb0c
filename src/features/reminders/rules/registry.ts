import type { SettingDefinition } from '../../../domain/programme/setting.ts'
import { type ReminderSettings, remindersSetting } from '../settings.ts'
import { dueSoonRule, overdueRule } from './due-date.ts'
import { greenByRule } from './green-by.ts'
import { holdReviewRule } from './hold-review.ts'
import { readingsRule } from './readings.ts'
import { actionRule, reviewRule } from './register.ts'
import { roundClosingRule, roundOpenRule } from './rounds.ts'
import type { ReminderRule } from './rule.ts'
import { undatedRule } from './undated.ts'
import { waitingMoveRule } from './waiting-moves.ts'

/**
 * Every rule, in the order in which people read them. To add one: a file with `defineRule`, a row here, and its test.
 * Where two rules find the same subject, the item of the first is shown.
 */
export const reminderRules: readonly ReminderRule[] = [
  overdueRule,
  dueSoonRule,
  roundClosingRule,
  roundOpenRule,
  greenByRule,
  readingsRule,
  holdReviewRule,
  waitingMoveRule,
  actionRule,
  reviewRule,
  undatedRule,
]

/** For the registry of settings: valid where every rule accepts what is stored for it. */
export const reminderSettingDefinition: SettingDefinition = {
  key: remindersSetting.key,
  accepts: (stored = {}) =>
    remindersSetting.accepts(stored) &&
    reminderRules.every((rule) => rule.accepts(stored as ReminderSettings)),
}
