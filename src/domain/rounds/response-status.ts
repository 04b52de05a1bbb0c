import { dateIn, momentAt } from '../../base/dates.ts'
import { type Plan, type Project, type StatusUpdate, stateOf } from '../plan/plan.ts'
import { isComplete, type Scheme, schemeOf, stateByKey } from '../scheme/schemes.ts'
import type { UpdateRound } from './rules.ts'

/** How a project stands in a round. */
export type ResponseStatus =
  /** Somebody said how it stands, or attested that nothing changed: `update` is the latest that counts. */
  | { readonly project: Project; readonly status: 'answered'; readonly update: StatusUpdate }
  | { readonly project: Project; readonly status: 'owed' }
  /** It is complete, not applicable, or was said to need no update. */
  | { readonly project: Project; readonly status: 'excused' }

/**
 * How every project of the plan stands in a round, in the plan's order: the plan as at now, or at any later day. No
 * reply is never an answer, and a sheet is nobody's word: what only an import said is asked for.
 */
export function responseStatuses(plan: Plan, round: UpdateRound): ResponseStatus[] {
  const { zone, settings } = plan.programme
  const scheme = schemeOf(settings)
  return plan.projects.map((project) => {
    const known = project.updates.filter((update) => effectiveAt(update, zone) <= round.closes)
    const update = known.find(
      ({ at, state, source }) =>
        at > round.countsFrom && state !== scheme.blank.key && source !== 'import',
    )
    if (update) return { project, status: 'answered', update }
    return {
      project,
      status: isExcused({ ...project, updates: known }, scheme) ? 'excused' : 'owed',
    }
  })
}

/** How many projects answered, of those that had to: "41 of 47 updated this round". */
export function coverageOf(statuses: readonly ResponseStatus[]): {
  readonly answered: number
  readonly of: number
} {
  const count = (status: ResponseStatus['status']) =>
    statuses.filter((one) => one.status === status).length
  return { answered: count('answered'), of: count('answered') + count('owed') }
}

/** When it was said. A sheet speaks for its day from the beginning, whenever somebody got round to importing it. */
export function effectiveAt({ at, onDay, source }: StatusUpdate, zone: string): Date {
  return source === 'import' && dateIn(zone, at) !== onDay ? momentAt(onDay, '00:00', zone) : at
}

const exemptStateKeys: readonly string[] = ['no-update-required', 'not-applicable']

function isExcused(project: Project, scheme: Scheme): boolean {
  const state = stateByKey(scheme, stateOf(project))
  return exemptStateKeys.includes(state.key) || isComplete(state)
}
