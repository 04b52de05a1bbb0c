import { dateIn, momentAt } from '../../base/dates.ts'
import { type Plan, type Project, type StatusUpdate, stateOf } from '../plan/plan.ts'
import { isComplete, type Scheme, schemeOf, stateByKey } from '../scheme/schemes.ts'
import type { UpdateRound } from './rules.ts'

/** How a project stands in a round. */
export type Standing =
  /** Somebody said how it stands, or attested that nothing changed: `update` is the latest that counts. */
  | { readonly project: Project; readonly is: 'answered'; readonly update: StatusUpdate }
  | { readonly project: Project; readonly is: 'owed' }
  /** It is complete, not applicable, or was said to need no update. */
  | { readonly project: Project; readonly is: 'excused' }

/**
 * How every project of the plan stands in a round, in the plan's order: the plan as at now, or at any later day. No
 * reply is never an answer, and a sheet is nobody's word: what only an import said is asked for.
 */
export function standingsIn(plan: Plan, round: UpdateRound): Standing[] {
  const { zone, settings } = plan.programme
  const scheme = schemeOf(settings)
  return plan.projects.map((project) => {
    const known = project.updates.filter((update) => saidAt(update, zone) <= round.closes)
    const update = known.find(
      ({ at, state, source }) =>
        at > round.countsFrom && state !== scheme.blank.key && source !== 'import',
    )
    if (update) return { project, is: 'answered', update }
    return { project, is: isExcused({ ...project, updates: known }, scheme) ? 'excused' : 'owed' }
  })
}

/** How many projects answered, of those that had to: "41 of 47 updated this round". */
export function coverageOf(standings: readonly Standing[]): {
  readonly answered: number
  readonly of: number
} {
  const count = (is: Standing['is']) => standings.filter((one) => one.is === is).length
  return { answered: count('answered'), of: count('answered') + count('owed') }
}

/** When it was said. A sheet speaks for its day from the beginning, whenever somebody got round to importing it. */
export function saidAt({ at, onDay, source }: StatusUpdate, zone: string): Date {
  return source === 'import' && dateIn(zone, at) !== onDay ? momentAt(onDay, '00:00', zone) : at
}

const needNoUpdate: readonly string[] = ['no-update-required', 'not-applicable']

function isExcused(project: Project, scheme: Scheme): boolean {
  const state = stateByKey(scheme, stateOf(project))
  return needNoUpdate.includes(state.key) || isComplete(state)
}
