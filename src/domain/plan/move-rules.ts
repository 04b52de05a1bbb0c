import { type CivilDate, fullDate } from '../../base/dates.ts'
import { fieldRefusal } from '../../base/errors.ts'
import { quoted } from '../../base/text.ts'
import { readDate } from '../deadlines/deadlines.ts'
import type { Milestone } from './plan.ts'

/** A move of a milestone as a person asks for it. */
export interface AskedMove {
  readonly date?: string | undefined
  readonly reason?: string | undefined
}

/** What can be saved. @throws Refusal with the problem of each field: "date", "reason" */
export function validateMove(
  milestone: Pick<Milestone, 'due'>,
  args: AskedMove,
  today: CivilDate,
): { readonly to: CivilDate; readonly reason: string } {
  const problems: Record<string, string> = {}
  const to = args.date === undefined ? undefined : readDate(args.date, today)
  if (args.date === undefined) problems.date = 'Say the new date, for example 30 Jun.'
  else if (!to)
    problems.date = `I could not read ${quoted(args.date)} as a date. Try 30 Jun 2017 or next Friday.`
  else if (to === milestone.due) problems.date = `It is due on ${fullDate(to)} already.`
  else if (to < today)
    problems.date = `${fullDate(to)} has passed. If it is finished, mark it done.`
  if (!args.reason) problems.reason = 'Say why it moves, in a few words: “because …”.'
  if (!to || !args.reason || problems.date) {
    throw fieldRefusal(problems)
  }
  return { to, reason: args.reason }
}
