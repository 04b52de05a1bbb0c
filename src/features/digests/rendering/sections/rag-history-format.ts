import { fullDate } from '../../../../base/dates.ts'
import type { RagHistory } from '../../../../domain/digests/content/rag-history.ts'
import {
  letterOf,
  type SchemeSnapshot,
  stateIn,
} from '../../../../domain/scheme/scheme-snapshot.ts'
import { formatState } from '../../../../domain/scheme/schemes.ts'

/** '◆ Red, worse, from Amber (R, was A A G)', '◆ Red for 3 rounds (R, was R R A)', '◆ Red (R)'. */
export function formatRagHistory(history: RagHistory, scheme: SchemeSnapshot): string {
  const { state, earlier } = history
  const letters = earlier.map((key) => letterOf(stateIn(scheme, key)))
  const was = letters.length > 0 ? `, was ${letters.join(' ')}` : ''
  return `${formatMovedState(history, scheme)} (${letterOf(stateIn(scheme, state))}${was})`
}

/** '◆ Red, worse, from Amber', '□ N/A, was Red until Fri 24 Feb 2017': without the states before that. */
export function formatMovedState(history: RagHistory, scheme: SchemeSnapshot): string {
  return `${formatState(stateIn(scheme, history.state))}${formatMovement(history, scheme)}`
}

function formatMovement(history: RagHistory, scheme: SchemeSnapshot): string {
  const { movement, rounds, isImported, lastRated, earlier } = history
  const label = (key = '') => stateIn(scheme, key).label
  const [last] = earlier
  const by = isImported ? ', imported' : ''
  switch (movement) {
    case 'worse':
    case 'better':
      return `, ${movement}, from ${label(last)}${by}`
    case 'same':
      return `${rounds > 1 ? ` for ${rounds} rounds` : ''}${lastRated ? `, ${wasRated(lastRated, scheme)}` : ''}`
    case 'first rated':
      return `, rated for the first time${by}`
    case 'rated again':
      return `, rated again${by}${lastRated ? `, ${wasRated(lastRated, scheme)}` : ''}`
    case 'no longer rated':
      return `, ${wasRated(lastRated, scheme) || `was ${label(last)}`}`
    case 'set by hand':
    case 'no longer set by hand':
      return `, ${movement}, was ${label(last)}`
    case 'other projects':
      return `, from other projects, was ${label(last)}`
    case 'another rule':
      return `, by another rule, was ${label(last)}`
    case 'still not rated':
    case 'new':
    case 'back in the plan':
    case 'another scale':
      return ''
  }
}

/** 'was Red until Thu 12 Jan 2017'; '' where it was never rated. */
function wasRated(lastRated: RagHistory['lastRated'], scheme: SchemeSnapshot): string {
  if (!lastRated) return ''
  return `was ${stateIn(scheme, lastRated.state).label} until ${fullDate(lastRated.until)}`
}
