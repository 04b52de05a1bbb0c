import { z } from 'zod'
import { may, relationToProject } from '../../authority/rights.ts'
import { Refusal } from '../../base/errors.ts'
import { defineCommand, optionalText, type QueryContext } from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { savedResult } from '../../chat/notice.ts'
import { type FoundProject, findProgrammeTo, requirePersonId } from '../../domain/plan/lookup.ts'
import { leadMilestonesSetting } from '../../domain/plan/settings.ts'
import { changeSetting } from '../../domain/programme/settings-store.ts'

/**
 * Whether the person adds milestones to the project: the office does, and leads as it lets them; 'ask': the office is
 * asked for them.
 */
export function mayAddMilestones({ actor }: QueryContext, found: FoundProject): boolean | 'ask' {
  const relation = relationToProject(requirePersonId(actor), found)
  if (may('change plan', relation)) return true
  return may('change project', relation) && leadMilestonesSetting.of(found.programme.settings)
}

/** @throws Refusal for a lead, unless the programme lets leads add milestones to their own projects */
export function assertMayAddMilestones(context: QueryContext, found: FoundProject): void {
  if (mayAddMilestones(context, found)) return
  throw new Refusal(
    `Milestones of ${found.programme.title} are added by its programme office. Please tell it what to add. Nothing was saved.`,
  )
}

export const adminLeadMilestones = defineCommand({
  name: 'admin-lead-milestones',
  usages: ['admin lead milestones <onoff> [for <programme>]'],
  slots: { onoff: oneOf('on', 'off', 'ask'), programme: slot.text },
  examples: [
    'admin lead milestones on',
    'admin lead milestones ask',
    'admin lead milestones off for W17',
  ],
  authority: ['run programme'],
  summary:
    'Whether leads may add milestones to their own projects, or ask the office for them. For the programme office.',
  args: z.object({
    onoff: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['on', 'off', 'ask'])),
    programme: optionalText,
  }),
  run: async (context, { onoff, programme: key }) => {
    const programme = await findProgrammeTo(context, 'run programme', key)
    const value = onoff === 'ask' ? 'ask' : onoff === 'on'
    await changeSetting(context, programme.id, leadMilestonesSetting, () => value)
    return savedResult([`${programme.title}: from now on, ${settingTexts[onoff]}`])
  },
})

const settingTexts = {
  on: 'leads may add milestones to their own projects.',
  ask: 'leads ask the programme office for milestones of their own projects; it adds them with one press.',
  off: 'only the programme office adds milestones.',
} as const
