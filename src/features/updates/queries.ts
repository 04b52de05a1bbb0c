import { z } from 'zod'
import { defineQuery, type QueryContext } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { coveredPersonIds } from '../../domain/calendars/calendar.ts'
import { requirePersonId } from '../../domain/plan/lookup.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { loadPlan, programmesOf } from '../../domain/plan/store.ts'
import type { Question } from '../../domain/questions/question.ts'
import { openQuestionsFor } from '../../domain/questions/store.ts'
import { roundsAt } from '../../domain/rounds/rules.ts'
import { loadAllRoundInputs } from '../../domain/rounds/store.ts'
import { myProjectsView } from './my-projects-view.ts'
import { dueView } from './views.ts'

/** The plans of every programme the person belongs to, as at their day. */
async function plansOf({ tx, actor, today }: QueryContext): Promise<Plan[]> {
  const programmes = await programmesOf(tx, requirePersonId(actor))
  const plans: Plan[] = []
  for (const { id } of programmes) plans.push(await loadPlan(tx, id, today))
  return plans
}

export const mine = defineQuery({
  name: 'mine',
  usages: [''],
  examples: [''],
  authority: ['look after oneself'],
  summary: 'Your projects and what they need.',
  args: z.object({}),
  run: async (context) => {
    const { tx, actor, now, today, prefix } = context
    const plans = await plansOf(context)
    const known = await loadAllRoundInputs(
      tx,
      plans.map(({ programme }) => programme),
    )
    const rounds = new Map([...known].map(([id, one]) => [id, roundsAt(one, now)]))
    const personId = requirePersonId(actor)
    const questions: Question[] = []
    for (const { people, programme } of plans) {
      const covered = coveredPersonIds(people.values(), personId, today, programme.id)
      questions.push(...(await openQuestionsFor(tx, programme.id, [personId, ...covered])))
    }
    return { card: myProjectsView({ plans, rounds, questions, personId, today, prefix }) }
  },
})

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
