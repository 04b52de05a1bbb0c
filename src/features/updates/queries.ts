import { z } from 'zod'
import { type Context, defineCommand } from '../../chat/commands.ts'
import { standsInFor } from '../../domain/calendars/calendar.ts'
import { knownPerson } from '../../domain/plan/lookup.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { loadPlan, programmesOf } from '../../domain/plan/store.ts'
import { questionsTo } from '../../domain/questions/store.ts'
import { roundsAt } from '../../domain/rounds/rules.ts'
import { roundsOfAll } from '../../domain/rounds/store.ts'
import { mineView } from './my-projects-view.ts'
import { dueView } from './views.ts'

/** The plans of every programme the person belongs to, as at their day. */
async function plansOf({ tx, actor, today }: Context): Promise<Plan[]> {
  const programmes = await programmesOf(tx, knownPerson(actor))
  const plans: Plan[] = []
  for (const { id } of programmes) plans.push(await loadPlan(tx, id, today))
  return plans
}

export const mine = defineCommand({
  name: 'mine',
  tells: true,
  usages: [''],
  summary: 'Your projects and what they need.',
  args: z.object({}),
  run: async (context) => {
    const { tx, actor, now, today, prefix } = context
    const plans = await plansOf(context)
    const known = await roundsOfAll(
      tx,
      plans.map(({ programme }) => programme),
    )
    const rounds = new Map([...known].map(([id, one]) => [id, roundsAt(one, now)]))
    const personId = knownPerson(actor)
    const theirs = plans.flatMap(({ people }) => standsInFor(people.values(), personId, today))
    const questions = await questionsTo(tx, [personId, ...theirs])
    return { card: mineView({ plans, rounds, questions, personId, today, prefix }) }
  },
})

const furthest = 365
const howManyDays = `Say a whole number of days, at most ${furthest}.`

export const due = defineCommand({
  name: 'due',
  tells: true,
  usages: ['due [<days>]'],
  summary: 'What is late, and what is due in the next 14 days or as many as you say.',
  args: z.object({
    days: z.coerce
      .number({ error: howManyDays })
      .int(howManyDays)
      .min(0, howManyDays)
      .max(furthest, howManyDays)
      .default(14),
  }),
  run: async (context, { days }) => ({
    card: dueView({
      plans: await plansOf(context),
      personId: knownPerson(context.actor),
      today: context.today,
      days,
      prefix: context.prefix,
    }),
  }),
})
