import { z } from 'zod'
import { addDays, type CivilDate, fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { defineQuery, optionalText, type QueryContext } from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { parseDateArg } from '../../domain/deadlines/date-args.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { loadRecentPlan, programmesOf } from '../../domain/plan/store.ts'
import { dueView } from './views.ts'

/** The plans of every programme the person belongs to, as at their day. */
async function plansOf({ tx, actor, today }: QueryContext): Promise<Plan[]> {
  const programmes = await programmesOf(tx, requirePersonId(actor))
  const plans: Plan[] = []
  for (const { id } of programmes) plans.push(await loadRecentPlan(tx, id, today))
  return plans
}

const maxDays = 365
const daysArgError = `Say a whole number of days, at most ${maxDays}.`

export const due = defineQuery({
  name: 'due',
  isRedrawn: true,
  usages: ['due [<days>]', 'due <late>', 'due to <date>'],
  slots: { days: slot.count, late: oneOf('late'), date: slot.date },
  examples: ['due', 'due 30', 'due late', 'due to 3 Mar'],
  authority: ['look after oneself'],
  summary:
    'What is overdue, and what is due in the next 14 days, in as many as you say, or to a day; “late” for what is overdue alone.',
  args: z.object({
    days: z.coerce
      .number({ error: daysArgError })
      .int(daysArgError)
      .min(0, daysArgError)
      .max(maxDays, daysArgError)
      .default(14),
    late: optionalText,
    date: optionalText,
  }),
  run: async (context, { days, late, date }) => {
    const { actor, today, prefix } = context
    const said = { plans: await plansOf(context), personId: requirePersonId(actor), today, prefix }
    if (late) return { card: dueView({ ...said, until: addDays(today, -1) }) }
    return { card: dueView({ ...said, until: date ? lastDay(date, today) : addDays(today, days) }) }
  },
})

/** @throws Refusal where it is no day to come */
function lastDay(text: string, today: CivilDate): CivilDate {
  const day = parseDateArg(text, today)
  if (day >= today && day <= addDays(today, maxDays)) return day
  throw new Refusal(
    `${fullDate(day)} is not one of the next ${maxDays} days. For what is overdue, say “due late”.`,
  )
}
