import { capitalised } from '../../base/text.ts'
import { type Money, moneyOf, spendingMismatch, totalMismatches } from '../money/rules.ts'
import type { Plan } from '../plan/plan.ts'
import type { Check, RaisedCheck } from './check.ts'

const whichText = 'Which is right?'

/** Figures of a project that do not add up: what the papers and `money` say of it, by the same rule. */
export const moneyCheck: Check = {
  key: 'money',
  title: 'the figures of money',
  appliesTo: () => true,
  // An update says nothing of money.
  mayTrip: () => false,
  find: ({ project }) => {
    const wrong = spendingMismatch(moneyOf(project.attributes))
    if (!wrong) return undefined
    return { fingerprints: [wrong.token], question: `${wrong.told} ${whichText}` }
  },
}

/** Figures of workstreams themselves that their projects do not come to: for the programme office. */
export function raiseMoneyTotals(
  plan: Pick<Plan, 'programme' | 'workstreams' | 'projects'>,
  money: Money,
): RaisedCheck[] {
  return plan.workstreams.flatMap((workstream) =>
    totalMismatches(plan, workstream, money).map(({ token, told }) => ({
      check: moneyCheck.key,
      programmeId: plan.programme.id,
      project: null,
      subject: `Workstream ${workstream.ref} ${workstream.title}`,
      fingerprints: [token],
      question: `${capitalised(told)} ${whichText}`,
    })),
  )
}
