import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { fold, listOf, quoted } from '../../base/text.ts'
import { programmeArgs } from '../../chat/args.ts'
import {
  type Command,
  type CommandContext,
  defineCommand,
  defineQuery,
} from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { findProgramme, findProgrammeTo } from '../../domain/plan/lookup.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { changeSetting } from '../../domain/programme/settings-store.ts'
import { dailyLimitExceptions } from './daily-limit-exceptions.ts'
import { reminderRules } from './rules/registry.ts'
import type { ReminderRule } from './rules/rule.ts'
import { remindersSetting } from './settings.ts'

/** What a programme reminds people of, and when: shown to everybody, changed by its office. */

type Rules = readonly ReminderRule[]

export function createRuleCommands(rules: Rules): { show: Command; change: Command } {
  return { show: showCommand(rules), change: changeCommand(rules) }
}

export const { show: reminders, change: changeReminders } = createRuleCommands(reminderRules)

function showCommand(rules: Rules): Command {
  return defineQuery({
    name: 'reminders',
    usages: ['reminders [for <programme>]'],
    slots: { programme: slot.text },
    examples: ['reminders'],
    authority: ['read plan'],
    summary: 'What I remind people of in your programme, and when: the rules as a table.',
    args: programmeArgs,
    run: async ({ tx, actor, prefix }, { programme: key }) => {
      const programme = await findProgramme(tx, actor, key)
      return { card: rulesCard('Reminders', rules, programme, prefix) }
    },
  })
}

function changeCommand(rules: Rules): Command {
  return defineCommand({
    name: 'reminders-change',
    usages: ['reminders <rule> <setting> [for <programme>]'],
    slots: {
      rule: oneOf(...rules.map(({ name }) => name)),
      setting: slot.text,
      programme: slot.text,
    },
    examples: ['reminders before 10 3 0', 'reminders green-by off for W17'],
    authority: ['run programme'],
    summary:
      'Change a rule: “before 10 3 0”, “overdue sponsor 10”, “undated every 10”, “green-by off”. Days are working days. For the programme office.',
    args: programmeArgs.extend({ rule: z.string(), setting: z.string() }),
    run: async (context: CommandContext, { rule: name, setting, programme: key }) => {
      const programme = await findProgrammeTo(context, 'run programme', key)
      const rule = findRule(rules, name)
      const settings = await changeSetting(context, programme.id, remindersSetting, (now) => {
        const changed = rule.change(now, fold(setting))
        if (changed && 'value' in changed) return changed.value
        const problem = changed?.problem ?? notUnderstoodText(rule, setting)
        throw new Refusal(`${problem} Nothing was changed.`)
      })
      return { card: rulesCard('Saved', rules, { ...programme, settings }, context.prefix) }
    },
  })
}

/** @throws Refusal that lists the rules */
function findRule(rules: Rules, name: string): ReminderRule {
  const typed = fold(name).replace(/-/g, ' ')
  const found = rules.find((rule) => rule.name.replace(/-/g, ' ') === typed)
  if (found) return found
  const names = listOf(rules.map((rule) => rule.name))
  throw new Refusal(`There is no rule ${quoted(name)}. There are ${names}.`)
}

function notUnderstoodText({ name, examples }: ReminderRule, setting: string): string {
  const how = listOf(examples.map((words) => `“${name} ${words}”`))
  return `I could not read ${quoted(setting)} for ${quoted(name)}. Say it as ${how}.`
}

function rulesCard(
  heading: string,
  rules: Rules,
  { title, key, settings }: Programme,
  prefix: string,
) {
  const chosen = remindersSetting.of(settings)
  const lines = [
    `${title} (${key}). Days are the working days of whoever is told.`,
    ...rules.map((rule) => `${rule.about} (${rule.name}): ${rule.format(chosen)}.`),
    `Each person gets one message a day with all of it. A second one only comes where ${Object.values(dailyLimitExceptions).join(', or ')}.`,
    `To change one, as programme office: ${prefix} reminders before 10 3 0`,
  ]
  return noticeCard({ heading, lines, buttons: [] })
}
