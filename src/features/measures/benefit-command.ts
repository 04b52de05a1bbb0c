import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { defineCommand } from '../../chat/commands.ts'
import { phrase, slot } from '../../chat/grammar.ts'
import { savedResult, undoButton } from '../../chat/notice.ts'
import { benefitStanding } from '../../domain/measures/benefits.ts'
import { loadMeasures } from '../../domain/measures/store.ts'
import { benefits, benefitsOf, formatBenefits } from '../../domain/plan/attributes/benefits.ts'
import { setAttribute } from '../../domain/plan/attributes/store.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { findEditableProject } from '../../domain/plan/lookup.ts'
import { loadRecentProject } from '../../domain/plan/store.ts'

/** Which measure a project is to move: one more beside those it has, or another aim for the same measure. */
export const benefitCommand = defineCommand({
  name: 'benefit',
  usages: ['benefit <project> moves <measure> from <date> by <amount>'],
  slots: {
    project: slot.project,
    measure: phrase('(?:m|#)?\\d{1,6}'),
    date: slot.text,
    amount: phrase('\\d{1,9}(?:\\.\\d{1,6})?%?'),
  },
  examples: ['benefit 2.1 moves M3 from Apr 2026 by 5'],
  authority: ['change project'],
  summary:
    'Which measure a project is to move, from when and by how much. Once all is done I ask whether it did. “set 2.1 moves measures to none” takes it away.',
  args: z.object({
    project: z.string(),
    measure: z.string(),
    date: z.string(),
    amount: z.string(),
  }),
  run: async (context, args) => {
    const { tx, today } = context
    const found = await findEditableProject(context, args.project)
    const { value, problem } = benefits.parse(
      `${args.measure} from ${args.date} by ${args.amount}`,
      today,
    )
    const [benefit] = benefitsOf(value ?? undefined)
    if (!benefit) throw new Refusal(`${problem ?? ''} Nothing was saved.`.trim())
    const measures = await loadMeasures(tx, found.programme.id, today)
    const { measure, told } = benefitStanding(benefit, measures, today)
    if (!measure) {
      throw new Refusal(
        `${found.programme.title} has no measure ${benefit.measure}: “${context.prefix} kpi” lists them. Nothing was saved.`,
      )
    }
    const { attributes } = await loadRecentProject(tx, found.id, today)
    const others = benefitsOf(attributes.benefits).filter((one) => one.measure !== benefit.measure)
    const all = formatBenefits([...others, benefit])
    const attribute = await setAttribute(context, found, { key: benefits.key, value: all })
    const lines = [
      `Moves ${benefits.format(all)}.`,
      `Measure ${measure.number} ${measure.title}: ${told}`,
    ]
    return savedResult([formatProject(found), ...lines], lines[0], [undoButton({ attribute })])
  },
})
