import { fullDate } from '../../base/dates.ts'
import { capitalised } from '../../base/text.ts'
import { latestTicks } from '../plan/plan.ts'
import { formatCriteriaCount } from '../scheme/criteria.ts'
import { formatState, needsReason } from '../scheme/schemes.ts'
import type { Check } from './check.ts'

/**
 * Every criterion ticked under a Red. Where the update itself says why it differs, that is its answer: the form asked
 * for it (rule 2 of the domain).
 */
export const redWithAllCriteriaCheck: Check = {
  key: 'criteria',
  title: 'the criteria',
  appliesTo: ({ update, state }, { scheme }) =>
    needsReason(state) && state.key === scheme.states[0]?.key && update?.divergenceReason === null,
  mayTrip: (_, { hasTicks }) => hasTicks,
  find: ({ project, update, state }, { criteria }) => {
    const ticks = latestTicks(project)
    if (!update || !ticks || criteria.length === 0) return undefined
    if (!criteria.every(({ key }) => ticks.criteria.includes(key))) return undefined
    const all = capitalised(formatCriteriaCount(criteria))
    return {
      fingerprints: [`${update.id}:${ticks.id}`],
      question: `${all} are all ticked, as at ${fullDate(ticks.onDay)}, and it is ${formatState(state)}. What do they leave out?`,
    }
  },
}
