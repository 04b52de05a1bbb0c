import { listOf } from '../../base/text.ts'
import { benefitStandings, isDelivered } from '../measures/benefits.ts'
import { benefitsOf } from '../plan/attributes/benefits.ts'
import { type Check, fingerprint } from './check.ts'

/** Every milestone is done, and a measure that the project was to move has not moved, or nobody can tell. */
export const deliveredNotMovedCheck: Check = {
  key: 'benefit',
  title: 'what it was to move',
  appliesTo: () => true,
  mayTrip: (_, { hasBenefits }) => hasBenefits,
  inputs: ({ attributes }) => (attributes.benefits === undefined ? [] : ['measures']),
  find: ({ project }, { measures, asAt }) => {
    if (benefitsOf(project.attributes.benefits).length === 0 || !isDelivered(project, asAt))
      return undefined
    const open = benefitStandings(project, measures, asAt).filter(
      ({ state }) => state === 'not moved' || state === 'not known',
    )
    if (open.length === 0) return undefined
    const named = open.map(
      ({ benefit, told }) => `measure ${benefit.measure} by ${benefit.by}: ${told}`,
    )
    return {
      fingerprints: open.map(({ benefit, told }) => `${benefit.measure}:${fingerprint(told)}`),
      question: `All its milestones are done, and it was to move ${listOf(named)} Did it?`,
    }
  },
}
