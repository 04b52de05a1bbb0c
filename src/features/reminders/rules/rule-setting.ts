import { z } from 'zod'

/** How a programme sets one rule. Its value is kept under `key` in the programme's reminder settings. */
export interface RuleSetting<Value> {
  readonly key: string
  /** With its default, which holds while the programme has chosen nothing. */
  readonly schema: z.ZodType<Value>
  /** "10, 3 and 0 working days before". */
  readonly format: (value: Value) => string
  /** Words that set it, as typed after the rule's name. */
  readonly examples: readonly string[]
  /** What words make of the present value. */
  readonly parse: (words: string, present: Value) => ParsedSetting<Value>
}

/** A problem is a sentence for the person who typed it; undefined: the words say nothing about this setting. */
export type ParsedSetting<Value> =
  | { readonly value: Value }
  | { readonly problem: string }
  | undefined

/** More than a quarter ahead is a plan, not a reminder. */
export const maxWorkingDays = 60
export const tooManyDaysText = `At most ${maxWorkingDays} working days, which are about three months.`

export const off = 'off'

/** A number of working days; null: never. Chat accepts up to `maxWorkingDays`; a larger stored one never comes. */
export const workingDaysSchema = (standard: number) => z.int().min(1).nullable().default(standard)

/** "10", or "off" for null. */
export function parseDaysOrOff(words: string): ParsedSetting<number | null> {
  if (words === off) return { value: null }
  if (!/^\d{1,6}$/.test(words) || Number(words) === 0) return undefined
  const days = Number(words)
  return days > maxWorkingDays ? { problem: tooManyDaysText } : { value: days }
}

/** A rule that is on, which is the default, or off. `whenOn` says when it sends. */
export function onOffSetting(key: string, whenOn: string): RuleSetting<boolean> {
  return {
    key,
    schema: z.boolean().default(true),
    format: (isOn) => (isOn ? whenOn : off),
    examples: ['on', off],
    parse: (words) => (words === 'on' || words === off ? { value: words === 'on' } : undefined),
  }
}
