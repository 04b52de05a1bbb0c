import type { Money } from '../money/rules.ts'
import type { Plan, Project } from '../plan/plan.ts'
import type { Entry } from '../register/entry.ts'
import { isOpen } from '../register/rules.ts'
import { criteriaOf } from '../scheme/criteria.ts'
import { type RatingContext, ratingContextOf } from '../status/rating.ts'
import {
  type Check,
  type CheckAnswer,
  type CheckContext,
  type CheckInputs,
  isCheckAnswered,
  projectStatusOf,
  type RaisedCheck,
} from './check.ts'
import { raiseMoneyTotals } from './money-totals.ts'
import { checkRegistry } from './registry.ts'
import { entryTexts, raiseSafeguardingCheck } from './safeguarding-check.ts'

/** As much of a plan as the checks look at. */
export type CheckedPlan = Pick<Plan, 'programme' | 'asAt' | 'projects' | 'workstreams'>

/** What is known besides the plan. */
export interface OpenCheckInputs extends CheckInputs {
  readonly answers: readonly CheckAnswer[]
  /** The programme's register. */
  readonly entries: readonly Entry[]
  /** Of the plan's projects and workstreams. */
  readonly money: Money
}

/** Every check of the plan that is open: tripped, and not answered. In the order of the plan, then workstreams, then the register. */
export function openChecks(
  plan: CheckedPlan,
  inputs: OpenCheckInputs,
  registry: readonly Check[] = checkRegistry,
): RaisedCheck[] {
  const context = checkContextOf(plan, inputs)
  const raised = [
    ...plan.projects.flatMap((project) => raiseProjectChecks(project, context, registry)),
    ...raiseMoneyTotals(plan, inputs.money),
    ...inputs.entries
      .filter((entry) => isOpen(entry, plan.asAt))
      .flatMap((entry) =>
        raiseSafeguardingCheck(
          entryTexts(entry),
          { ...context, project: entry.project },
          context.names,
        ),
      ),
  ]
  return raised.filter((one) => !isCheckAnswered(one, inputs.answers))
}

/** What the checks of one project look at besides it: nothing else need be loaded. */
export function requiredInputs(
  project: Project,
  context: RatingContext,
): ReadonlySet<keyof CheckInputs> {
  const status = projectStatusOf(project, context)
  const applicable = checkRegistry.filter(({ appliesTo }) => appliesTo(status, context))
  return new Set(applicable.flatMap(({ inputs }) => inputs?.(project) ?? []))
}

/** The projects of which a check has to know all that was ever said, and of which that was not read. */
export function projectsToReadWhole(plan: CheckedPlan, inputs: CheckInputs): Project[] {
  const context = checkContextOf(plan, inputs)
  return plan.projects.filter((project) => {
    const status = projectStatusOf(project, context)
    return (
      project.past !== undefined &&
      checkRegistry.some(
        ({ appliesTo, needsHistory }) =>
          appliesTo(status, context) && needsHistory?.(status, context),
      )
    )
  })
}

function checkContextOf({ asAt, programme }: CheckedPlan, inputs: CheckInputs): CheckContext {
  const { id: programmeId, settings } = programme
  return {
    ...inputs,
    ...ratingContextOf({ programme, asAt }),
    programmeId,
    criteria: criteriaOf(settings),
  }
}

function raiseProjectChecks(
  project: Project,
  context: CheckContext,
  registry: readonly Check[],
): RaisedCheck[] {
  const status = projectStatusOf(project, context)
  const { id, ref, title } = project
  const subject = { programmeId: context.programmeId, project: { id, ref, title } }
  return registry.flatMap(({ key, isProgrammeWide = false, appliesTo, find }) => {
    const found = appliesTo(status, context) ? find(status, context) : undefined
    return found ? [{ check: key, isProgrammeWide, ...subject, ...found }] : []
  })
}
