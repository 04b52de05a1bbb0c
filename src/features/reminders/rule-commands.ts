import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { fold, listOf, quoted } from '../../base/text.ts'
import { type Context, defineCommand, optionalText } from '../../chat/commands.ts'
import { noticeCard } from '../../chat/notice.ts'
import { findProgramme, officeProgramme } from '../../domain/plan/lookup.ts'
import type { Programme } from '../../domain/plan/plan.ts'
import type { ReminderSettings } from '../../domain/programme/settings.ts'
import { changeSettings } from '../../domain/programme/settings-store.ts'
import { apart } from './daily-limit-exceptions.ts'
import { type Rule, table } from './rules/registry.ts'

/** What a programme reminds people of, and when: shown to everybody, changed by its office. */

const ofProgramme = z.object({ programme: optionalText })

export const reminders = defineCommand({
  name: 'reminders',
  tells: true,
  usages: ['reminders [for <programme>]'],
  summary: 'What I remind people of in your programme, and when: the rules as a table.',
  args: ofProgramme,
  run: async ({ tx, actor, prefix }, { programme: key }) => {
    const programme = await findProgramme(tx, actor, key)
    return { card: tableCard('Reminders', programme, programme.settings.reminders, prefix) }
  },
})

export const changeReminders = defineCommand({
  name: 'reminders-change',
  usages: ['reminders <rule> <setting> [for <programme>]'],
  summary:
    'Change a rule: “before 10 3 0”, “overdue sponsor 10”, “undated every 10”, “green-by off”. Days are working days. For the programme office.',
  args: ofProgramme.extend({ rule: z.string(), setting: z.string() }),
  run: async (context: Context, { rule: name, setting, programme: key }) => {
    const programme = await officeProgramme(context, key)
    const rule = ruleNamed(name)
    const { reminders: stored } = await changeSettings(context.tx, programme.id, (now) => {
      const changed = rule.change(now.reminders, fold(setting))
      if (typeof changed === 'object') return { ...now, reminders: changed }
      throw new Refusal(`${whyNot(rule, setting, changed)} Nothing was changed.`)
    })
    return { card: tableCard('Stored', programme, stored, context.prefix) }
  },
})

function ruleNamed(name: string): Rule {
  const typed = fold(name).replace(/-/g, ' ')
  const found = table.find((rule) => rule.name.replace(/-/g, ' ') === typed)
  if (found) return found
  throw new Refusal(
    `There is no rule ${quoted(name)}. There are ${listOf(table.map((rule) => rule.name))}.`,
  )
}

function whyNot({ name, ways }: Rule, setting: string, tooMuch: string | undefined): string {
  const how = `Say it as ${listOf(ways.map((way) => `“${name} ${way}”`))}.`
  return tooMuch ?? `I could not read ${quoted(setting)} for ${quoted(name)}. ${how}`
}

function tableCard(
  heading: string,
  { title, key }: Programme,
  chosen: ReminderSettings,
  prefix: string,
) {
  const rules = table.map((rule) => `${rule.about} (${rule.name}): ${rule.inWords(chosen)}.`)
  const lines = [
    `${title} (${key}). Days are the working days of whoever is told.`,
    ...rules,
    `Each person gets one message a day with all of it. A second one only comes where ${Object.values(apart).join(', or ')}.`,
    `To change one, as programme office: ${prefix} reminders before 10 3 0`,
  ]
  return noticeCard({ heading, lines, buttons: [] })
}
