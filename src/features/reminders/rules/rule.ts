import type { Programme } from '../../../domain/programme/programme.ts'
import type { Finding, RuleInput } from '../finding.ts'
import type { RowAnswerLoader } from '../row-answers.ts'
import { type ReminderSettings, remindersSetting } from '../settings.ts'
import type { ParsedSetting, RuleSetting } from './rule-setting.ts'

interface RuleDefinition<Value> {
  /** As people type it; its words may be parted by hyphens or spaces. */
  readonly name: string
  /** What it is about: "A milestone that falls due". */
  readonly about: string
  readonly setting: RuleSetting<Value>
  /** What should have been sent by now about what one person answers for in one project. Pure. */
  readonly find: (input: RuleInput, setting: Value) => readonly Finding[]
  /** The `kind` of its items, stored with their rows. Rules of one kind share `loadAnswers`. */
  readonly kind: string
  readonly loadAnswers: RowAnswerLoader
  /** Its rows ask where a project stands in its life, so one that is not live does not answer them. */
  readonly asksAboutLife?: true
}

/** A rule about what people are reminded of, with its setting. */
export interface ReminderRule<Value = unknown>
  extends Pick<RuleDefinition<Value>, 'name' | 'about' | 'kind' | 'loadAnswers' | 'asksAboutLife'> {
  readonly find: (input: RuleInput) => readonly Finding[]
  readonly settingOf: (programme: Pick<Programme, 'settings'>) => Value
  readonly format: (settings: ReminderSettings) => string
  readonly examples: readonly string[]
  /** Whether what is stored for this rule is valid. */
  readonly accepts: (settings: ReminderSettings) => boolean
  /** A programme's reminder settings, with this rule set as the words say. */
  readonly change: (settings: ReminderSettings, words: string) => ParsedSetting<ReminderSettings>
}

/** Joins a rule with its setting. Where the stored setting was tampered with, the functions that read it throw ZodError. */
export function defineRule<Value>(definition: RuleDefinition<Value>): ReminderRule<Value> {
  const { name, about, kind, loadAnswers, asksAboutLife, setting, find } = definition
  // Settings are read once for all people and projects of a programme.
  const parsed = new WeakMap<ReminderSettings, { readonly value: Value }>()
  const valueIn = (settings: ReminderSettings): Value => {
    const known = parsed.get(settings) ?? { value: setting.schema.parse(settings[setting.key]) }
    parsed.set(settings, known)
    return known.value
  }
  const settingOf = ({ settings }: Pick<Programme, 'settings'>) =>
    valueIn(remindersSetting.of(settings))
  return {
    ...{ name, about, kind, loadAnswers, settingOf },
    ...(asksAboutLife && { asksAboutLife }),
    find: (input) => find(input, settingOf(input.programme)),
    format: (settings) => setting.format(valueIn(settings)),
    examples: setting.examples,
    accepts: (settings) => setting.schema.safeParse(settings[setting.key]).success,
    change: (settings, words) => {
      const result = setting.parse(words, valueIn(settings))
      if (!result || 'problem' in result) return result
      return { value: { ...settings, [setting.key]: result.value } }
    },
  }
}
