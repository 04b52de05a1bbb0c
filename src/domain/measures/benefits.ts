import { fullDate } from '../../base/dates.ts'
import { quoted } from '../../base/text.ts'
import { type Benefit, benefitsOf } from '../plan/attributes/benefits.ts'
import { deliveryState, type Plan, type Project } from '../plan/plan.ts'
import { minus } from './decimals.ts'
import { effectiveReadings, type Measure } from './measure.ts'
import { parseValue } from './value-parser.ts'

/** Whether the measures moved that a project was to move. */
export type BenefitState = 'moved' | 'not moved' | 'to come' | 'not known'

export interface BenefitStanding {
  readonly benefit: Benefit
  /** Undefined: it is in the plan no more. */
  readonly measure: Measure | undefined
  readonly state: BenefitState
  /** As a sentence: 'It went from “58%” to “64%”, 6 of 5.' */
  readonly told: string
}

/**
 * A measure before the day from which it should move, and its last reading since. What is no figure is said to be so and
 * never guessed (rule 5 of the domain).
 */
export function benefitStanding(
  benefit: Benefit,
  measures: readonly Measure[],
  asAt: Plan['asAt'],
): BenefitStanding {
  const measure = measures.find(({ number }) => number === benefit.measure)
  const standing = (state: BenefitState, told: string) => ({ benefit, measure, state, told })
  if (!measure) return standing('not known', 'The measure is in the plan no more.')
  if (asAt < benefit.from)
    return standing('to come', `It is to move from ${fullDate(benefit.from)} on.`)
  const readings = effectiveReadings(measure)
  const now = readings.find(({ forDay }) => forDay >= benefit.from)
  if (!now) return standing('not known', `It has no reading since ${fullDate(benefit.from)}.`)
  const then = readings.find(({ forDay }) => forDay < benefit.from)?.raw ?? measure.baseline
  if (!then) return standing('not known', 'There is neither an earlier reading nor a baseline.')
  const [before, after] = [parseValue(then), parseValue(now.raw)]
  const went = `It went from ${quoted(then)} to ${quoted(now.raw)}`
  if (!before.computable || !after.computable || before.unit !== after.unit)
    return standing('not known', `${went}, which cannot be compared as figures.`)
  if (measure.polarity !== 'increase' && measure.polarity !== 'decrease')
    return standing('not known', `${went}; nobody said which way it should go.`)
  const rise = minus(after.number, before.number)
  const gain = measure.polarity === 'increase' ? rise : -rise
  return standing(gain >= benefit.by ? 'moved' : 'not moved', `${went}: ${gain} of ${benefit.by}.`)
}

export function benefitStandings(
  { attributes }: Pick<Project, 'attributes'>,
  measures: readonly Measure[],
  asAt: Plan['asAt'],
): BenefitStanding[] {
  return benefitsOf(attributes.benefits).map((one) => benefitStanding(one, measures, asAt))
}

/** Whether all that it was to do is done: it has milestones, and none is open. */
export function isDelivered(
  { milestones }: Pick<Project, 'milestones'>,
  asAt: Plan['asAt'],
): boolean {
  return (
    milestones.length > 0 && milestones.every((one) => deliveryState(one, asAt) === 'completed')
  )
}
