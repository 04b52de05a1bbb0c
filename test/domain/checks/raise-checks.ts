import { civilDate } from '../../../src/base/dates.ts'
import type { CheckAnswer, RaisedCheck } from '../../../src/domain/checks/check.ts'
import { buildNameAllowlist } from '../../../src/domain/checks/personal-data-detector.ts'
import { type OpenCheckInputs, openChecks } from '../../../src/domain/checks/rules.ts'
import { noMoney } from '../../../src/domain/money/rules.ts'
import { aPlan, type ProjectSketch, type UpdateSketch } from '../../support/plans.ts'

/** Fridays before the plan's day, Fri 24 Mar 2017: the days that the last rounds served. */
const rounds = ['2017-03-17', '2017-03-10', '2017-03-03'].map(civilDate)
export const noInputs: OpenCheckInputs = {
  ...{ answers: [], measures: [], rounds, entries: [], money: noMoney },
  names: buildNameAllowlist(['Jamie Cole']),
}

/** The open checks of a plan with one project, "2.1". */
export function raiseChecks(
  project: Omit<ProjectSketch, 'ref'>,
  inputs: Partial<OpenCheckInputs> = {},
): RaisedCheck[] {
  const plan = aPlan({ asAt: '2017-03-24', projects: [{ ref: '2.1', ...project }] })
  return openChecks(plan, { ...noInputs, ...inputs })
}

export const keysOf = (raised: readonly RaisedCheck[]) => raised.map(({ check }) => check)
export const green: UpdateSketch = { state: 'green', onDay: '2017-03-20' }
export const amber: UpdateSketch = { state: 'amber', onDay: '2017-03-01', reason: 'Late' }

/** The answer to a question, as stored. */
export const answerTo = ({ check, project, fingerprints }: RaisedCheck): CheckAnswer => ({
  ...{
    check,
    fingerprints,
    projectId: project?.id ?? null,
    answer: 'Yes, because …',
    byId: 'asha',
  },
  onDay: civilDate('2017-03-23'),
})
