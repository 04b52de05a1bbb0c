import { secondRatingSetting } from '../domain/assurance/settings.ts'
import { closuresSetting, nationSetting } from '../domain/calendars/settings.ts'
import { digestSetting } from '../domain/digests/settings.ts'
import { thresholdsSetting } from '../domain/measures/settings.ts'
import { moneySetting } from '../domain/money/settings.ts'
import { paperSetting } from '../domain/papers/settings.ts'
import {
  confirmationSetting,
  leadMilestonesSetting,
  moveApprovalSetting,
  ratedItemsSetting,
} from '../domain/plan/settings.ts'
import { commentaryAudienceSetting } from '../domain/programme/audience.ts'
import type { SettingDefinition } from '../domain/programme/setting.ts'
import { boardsSetting, roundSetting } from '../domain/rounds/settings.ts'
import { rollUpChangesSetting, rollUpSetting } from '../domain/scheme/roll-up-settings.ts'
import { criteriaSetting, customStatesSetting, schemeSetting } from '../domain/scheme/settings.ts'
import { dimensionsSetting } from '../domain/status/dimensions.ts'
import { resendSetting } from '../features/delivery-log/resend-policy.ts'
import { mappingSetting, sheetAnswersSetting } from '../features/imports/settings.ts'
import { reminderSettingDefinition } from '../features/reminders/rules/registry.ts'

/** Every setting of a programme, each declared by the domain or feature that reads it. */
export const settingsRegistry: readonly SettingDefinition[] = [
  nationSetting,
  closuresSetting,
  schemeSetting,
  customStatesSetting,
  criteriaSetting,
  rollUpSetting,
  rollUpChangesSetting,
  confirmationSetting,
  leadMilestonesSetting,
  moveApprovalSetting,
  ratedItemsSetting,
  dimensionsSetting,
  moneySetting,
  reminderSettingDefinition,
  roundSetting,
  boardsSetting,
  secondRatingSetting,
  thresholdsSetting,
  commentaryAudienceSetting,
  digestSetting,
  paperSetting,
  resendSetting,
  mappingSetting,
  sheetAnswersSetting,
]

/** What is wrong with the settings stored with a programme: keys that nobody declares, values that are not valid. */
export function settingsProblems(
  column: unknown,
  registry: readonly SettingDefinition[] = settingsRegistry,
): string[] {
  const definitions = new Map(registry.map((setting) => [setting.key, setting]))
  return Object.entries(column ?? {}).flatMap(([key, value]) => {
    const definition = definitions.get(key)
    if (!definition) return [`nothing reads its setting “${key}”`]
    return definition.accepts(value) ? [] : [`its setting “${key}” is not valid`]
  })
}
