import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { noticeCard, savedResult } from '../../chat/notice.ts'
import { findProgrammeTo } from '../../domain/plan/lookup.ts'
import { loadRatedItems, type RatedItemsChoice } from '../../domain/plan/rated-items.ts'
import { ratedItems, ratedItemsSetting } from '../../domain/plan/settings.ts'
import { changeSetting } from '../../domain/programme/settings-store.ts'

/** Whether a programme rates its projects or their milestones, before the first milestone is rated. */
export const adminRates = defineCommand({
  name: 'admin-rates',
  usages: ['admin rates [for <programme>]', 'admin rates <items> [for <programme>]'],
  slots: { items: oneOf(...ratedItems), programme: slot.text },
  examples: ['admin rates', 'admin rates milestones', 'admin rates projects for W17'],
  authority: ['run programme'],
  summary:
    'Whether your programme rates its projects or their milestones; then the colour of a project follows them. For the programme office.',
  args: z.object({
    items: z.string().toLowerCase().pipe(z.enum(ratedItems)).optional(),
    programme: optionalText,
  }),
  run: async (context, { items, programme: key }) => {
    const { tx, prefix } = context
    const programme = await findProgrammeTo(context, 'run programme', key)
    const now = await loadRatedItems(tx, programme)
    if (!items) {
      const lines = [
        `${programme.title} ${itemsTexts(prefix)[now.items]}`,
        becauseTexts[now.because],
      ]
      return { card: noticeCard({ heading: 'What is rated', lines, buttons: [] }) }
    }
    if (items === 'projects' && now.because === 'ratings') {
      throw new Refusal(
        `Milestones of ${programme.title} are rated, and the colours of their projects follow them. What is said of a project itself goes before: ${prefix} 2.1 amber … Nothing was changed.`,
      )
    }
    await changeSetting(context, programme.id, ratedItemsSetting, () => items)
    return savedResult([`${programme.title} ${itemsTexts(prefix)[items]}`])
  },
})

const itemsTexts = (prefix: string) => ({
  projects: `rates its projects: ${prefix} 2.1 amber …`,
  milestones: `rates its milestones: ${prefix} rate 2.1 3 amber because … The colour of a project follows them; what is said of the project itself goes before.`,
})

const becauseTexts: Readonly<Record<RatedItemsChoice['because'], string>> = {
  ratings: 'It is so because milestones are rated already.',
  choice: 'The programme office chose it.',
  sheet: 'Its sheet has a column of states for milestones.',
  default: 'It is so until the programme office chooses otherwise, or a sheet rates milestones.',
}
