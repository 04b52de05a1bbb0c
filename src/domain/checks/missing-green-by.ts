import { type CivilDate, fullDate } from '../../base/dates.ts'
import { countingUpdates } from '../plan/plan.ts'
import { formatState, goalOf, needsReason, type Scheme, type State } from '../scheme/schemes.ts'
import { stateSince } from '../scheme/state-since.ts'
import type { Check } from './check.ts'

const amberRoundsThreshold = 4

/**
 * Amber for four rounds, the coming one included, with no green-by date or one that has passed. Amber is what asks for
 * a reason and is not the worst: what is in the worst state is before the board anyway, with its rounds counted.
 */
export const missingGreenByCheck: Check = {
  key: 'path',
  title: 'the green-by day',
  inputs: () => ['rounds'],
  appliesTo: ({ update, state }, { asAt, scheme }) =>
    isAmber(state, scheme) && !(update?.greenBy && update.greenBy >= asAt),
  // No update of an Amber is saved without a day ahead, and none is attested whose day has passed.
  mayTrip: () => false,
  needsHistory: ({ project, state }, { rounds }) => {
    const updates = countingUpdates(project)
    const before = rounds.slice(0, amberRoundsThreshold - 1)
    const mayBeSame = (day: CivilDate) =>
      (updates.find(({ onDay }) => onDay <= day)?.state ?? state.key) === state.key
    return before.length === amberRoundsThreshold - 1 && before.every(mayBeSame)
  },
  find: ({ project, update, state }, { scheme, rounds }) => {
    if (project.past) return undefined
    const updates = countingUpdates(project)
    const before = rounds.slice(0, amberRoundsThreshold - 1)
    const isSame = (day: CivilDate) =>
      updates.find(({ onDay }) => onDay <= day)?.state === state.key
    if (before.length < amberRoundsThreshold - 1 || !before.every(isSame)) return undefined
    const goal = goalOf(scheme).label
    const greenBy = update?.greenBy
    const day = greenBy
      ? `its ${goal}-by day, ${fullDate(greenBy)}, has passed`
      : `no day is given by which it will be ${goal}`
    return {
      fingerprints: [`${stateSince(updates)}:${greenBy ?? 'none'}`],
      question: `It has been ${formatState(state)} for ${amberRoundsThreshold} rounds, and ${day}. When will it be ${goal}?`,
    }
  },
}

function isAmber(state: State, { states }: Scheme): boolean {
  return needsReason(state) && state.key !== states[0]?.key
}
