import { addDays, dateIn, momentAt } from '../../base/dates.ts'
import { type Plan, type Project, type StatusUpdate, updatesSince } from '../plan/plan.ts'
import { isComplete, schemeOf } from '../scheme/schemes.ts'
import { type RatingContext, ratingContextOf, ratingOf } from '../status/rating.ts'
import type { UpdateRound } from './rules.ts'

/** Whether a project answered a round. */
export type ResponseStatus =
  /** It was updated, or somebody attested “no change”: `update` is the latest that counts. */
  | { readonly project: Project; readonly status: 'answered'; readonly update: StatusUpdate }
  | { readonly project: Project; readonly status: 'owed' }
  /** It is complete, not applicable or marked as needing no update. */
  | { readonly project: Project; readonly status: 'excused' }

/**
 * Which projects answered a round, in the plan's order. The plan may be as at now or any later day. Silence is never an
 * answer, and neither is an imported update: nobody gave it.
 * @throws Error for a plan that was not read as far back as the round: a mistake in the code
 */
export function responseStatuses(plan: Plan, round: UpdateRound): ResponseStatus[] {
  const { zone, settings } = plan.programme
  const scheme = schemeOf(settings)
  const context = ratingContextOf(plan)
  // Somebody in another zone may have said it a day earlier.
  const from = addDays(dateIn(zone, round.countsFrom), -1)
  return plan.projects.map((project) => {
    const updatesByClosing = project.updates.filter(
      (update) => effectiveAt(update, zone) <= round.closes,
    )
    const update = updatesSince({ ...project, updates: updatesByClosing }, from).find(
      ({ at, state, source }) =>
        at > round.countsFrom && state !== scheme.blank.key && source !== 'import',
    )
    if (update) return { project, status: 'answered', update }
    return {
      project,
      status: isExcused({ ...project, updates: updatesByClosing }, context) ? 'excused' : 'owed',
    }
  })
}

/** How many of the projects that owe an answer gave one: "41 of 47 updated this round". */
export function coverageOf(statuses: readonly ResponseStatus[]): {
  readonly answered: number
  readonly of: number
} {
  const count = (status: ResponseStatus['status']) =>
    statuses.filter((one) => one.status === status).length
  return { answered: count('answered'), of: count('answered') + count('owed') }
}

/** When an update takes effect: one from a sheet at the start of the sheet's day, whenever it was imported. */
export function effectiveAt({ at, onDay, source }: StatusUpdate, zone: string): Date {
  return source === 'import' && dateIn(zone, at) !== onDay ? momentAt(onDay, '00:00', zone) : at
}

const exemptStateKeys: readonly string[] = ['no-update-required', 'not-applicable']

function isExcused(project: Project, context: RatingContext): boolean {
  const { state } = ratingOf(project, context)
  return exemptStateKeys.includes(state.key) || isComplete(state)
}
