import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { plural, quoted } from '../../base/text.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { phrase, slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import { type MoveApproval, moveApprovalSetting } from '../../domain/plan/settings.ts'
import { changeSetting } from '../../domain/programme/settings-store.ts'

/** "off", "over 30", "seen", "over 30 or seen": digits up to 999. */
const rulePattern = 'off|seen|over\\s\\d{1,3}(?:\\sor\\sseen)?'

/** Which moves of dates wait for the sponsor. What was moved before stays as it is. */
export const adminMoves = defineCommand({
  name: 'admin-moves',
  usages: ['admin moves [for <programme>]', 'admin moves <rule> [for <programme>]'],
  slots: { rule: phrase(rulePattern, 4), programme: slot.text },
  examples: ['admin moves', 'admin moves over 30 or seen', 'admin moves off for W17'],
  authority: ['run programme'],
  summary:
    'Which moves of dates wait for the sponsor: “over 30” days after the day that was agreed, past a day that the board has “seen”, or none (“off”). For the programme office.',
  args: z.object({ rule: optionalText, programme: optionalText }),
  run: async (context, { rule, programme: key }) => {
    const programme = await findProgrammeTo(context, 'run programme', key)
    const settings = rule
      ? await changeSetting(context, programme.id, moveApprovalSetting, () => parseRule(rule))
      : programme.settings
    const line = `${programme.title}: ${formatRule(moveApprovalSetting.of(settings))}`
    return { card: noticeCard({ heading: rule ? 'Saved' : 'Moves', lines: [line], buttons: [] }) }
  },
})

const wholeRule = new RegExp(`^(?:${rulePattern})$`, 'i')

/** @throws Refusal for anything else */
export function parseRule(rule: string): MoveApproval {
  if (!wholeRule.test(rule)) {
    throw new Refusal(
      `${quoted(rule)} is no rule for moves. Say off, seen, over 30, or over 30 or seen. Nothing was saved.`,
    )
  }
  const [days] = /\d+/.exec(rule) ?? []
  return { days: days === undefined ? null : Number(days), seen: /seen/i.test(rule) }
}

function formatRule({ days, seen }: MoveApproval): string {
  const cases = [
    ...(days === null ? [] : [`to a day more than ${plural(days, 'day')} after the agreed one`]),
    ...(seen ? ['past a day that the board has seen'] : []),
  ]
  if (cases.length === 0) return 'moves of dates count at once.'
  return `a move ${cases.join(', or ')}, waits for the sponsor; where none can be asked, for the programme office.`
}
