import { z } from 'zod'
import { defineQuery, type QueryContext } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { loadPlan, programmesOf } from '../../domain/plan/store.ts'
import { dueView } from './views.ts'

/** The plans of every programme the person belongs to, as at their day. */
async function plansOf({ tx, actor, today }: QueryContext): Promise<Plan[]> {
  const programmes = await programmesOf(tx, requirePersonId(actor))
  const plans: Plan[] = []
  for (const { id } of programmes) plans.push(await loadPlan(tx, id, today))
  return plans
}

const maxDays = 365
const daysArgError = `Say a whole number of days, at most ${maxDays}.`

export const due = defineQuery({
  name: 'due',
  usages: ['due [<days>]'],
  slots: { days: slot.count },
  examples: ['due', 'due 30'],
  authority: ['look after oneself'],
  summary: 'What is overdue, and what is due in the next 14 days or as many as you say.',
  args: z.object({
    days: z.coerce
      .number({ error: daysArgError })
      .int(daysArgError)
      .min(0, daysArgError)
      .max(maxDays, daysArgError)
      .default(14),
  }),
  run: async (context, { days }) => ({
    card: dueView({
      plans: await plansOf(context),
      personId: requirePersonId(context.actor),
      today: context.today,
      days,
      prefix: context.prefix,
    }),
  }),
})
