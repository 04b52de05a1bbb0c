import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { fold, listOf, quoted } from '../../base/text.ts'
import { type CommandContext, defineCommand, optionalText } from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { findProgramme, findProgrammeForOffice } from '../../domain/plan/lookup.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { changeSetting } from '../../domain/programme/settings-store.ts'
import { dailyLimitExceptions } from './daily-limit-exceptions.ts'
import { type ReminderRule, reminderRules } from './rules/registry.ts'
import { remindersSetting } from './settings.ts'

/** What a programme reminds people of, and when: shown to everybody, changed by its office. */

const programmeArgs = z.object({ programme: optionalText })

export const reminders = defineCommand({
  name: 'reminders',
  isReadOnly: true,
  usages: ['reminders [for <programme>]'],
  slots: { programme: slot.text },
  examples: ['reminders'],
  permission: 'member',
  summary: 'What I remind people of in your programme, and when: the rules as a table.',
  args: programmeArgs,
  run: async ({ tx, actor, prefix }, { programme: key }) => {
    const programme = await findProgramme(tx, actor, key)
    return { card: rulesCard('Reminders', programme, prefix) }
  },
})

export const changeReminders = defineCommand({
  name: 'reminders-change',
  usages: ['reminders <rule> <setting> [for <programme>]'],
  slots: {
    rule: oneOf(...reminderRules.map(({ name }) => name)),
    setting: slot.text,
    programme: slot.text,
  },
  examples: ['reminders before 10 3 0', 'reminders green-by off for W17'],
  permission: 'office',
  summary:
    'Change a rule: “before 10 3 0”, “overdue sponsor 10”, “undated every 10”, “green-by off”. Days are working days. For the programme office.',
  args: programmeArgs.extend({ rule: z.string(), setting: z.string() }),
  run: async (context: CommandContext, { rule: name, setting, programme: key }) => {
    const programme = await findProgrammeForOffice(context, key)
    const rule = findRule(name)
    const settings = await changeSetting(context.tx, programme.id, remindersSetting, (now) => {
      const changed = rule.change(now, fold(setting))
      if (typeof changed === 'object') return changed
      throw new Refusal(`${settingProblemText(rule, setting, changed)} Nothing was changed.`)
    })
    return { card: rulesCard('Saved', { ...programme, settings }, context.prefix) }
  },
})

function findRule(name: string): ReminderRule {
  const typed = fold(name).replace(/-/g, ' ')
  const found = reminderRules.find((rule) => rule.name.replace(/-/g, ' ') === typed)
  if (found) return found
  throw new Refusal(
    `There is no rule ${quoted(name)}. There are ${listOf(reminderRules.map((rule) => rule.name))}.`,
  )
}

function settingProblemText(
  { name, examples }: ReminderRule,
  setting: string,
  tooMuch: string | undefined,
): string {
  const how = `Say it as ${listOf(examples.map((way) => `“${name} ${way}”`))}.`
  return tooMuch ?? `I could not read ${quoted(setting)} for ${quoted(name)}. ${how}`
}

function rulesCard(heading: string, { title, key, settings }: Programme, prefix: string) {
  const chosen = remindersSetting.of(settings)
  const rules = reminderRules.map((rule) => `${rule.about} (${rule.name}): ${rule.format(chosen)}.`)
  const lines = [
    `${title} (${key}). Days are the working days of whoever is told.`,
    ...rules,
    `Each person gets one message a day with all of it. A second one only comes where ${Object.values(dailyLimitExceptions).join(', or ')}.`,
    `To change one, as programme office: ${prefix} reminders before 10 3 0`,
  ]
  return noticeCard({ heading, lines, buttons: [] })
}
