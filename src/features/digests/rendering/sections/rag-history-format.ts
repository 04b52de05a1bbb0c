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
  const now = stateIn(scheme, state)
  return `${formatState(now)}${formatMovement(history, scheme)} (${letterOf(now)}${was})`
}

function formatMovement(
  { movement, earlier: [last = ''], rounds }: RagHistory,
  scheme: SchemeSnapshot,
): string {
  switch (movement) {
    case 'worse':
    case 'better':
      return `, ${movement}, from ${stateIn(scheme, last).label}`
    case 'same':
      return rounds > 1 ? ` for ${rounds} rounds` : ''
    case 'first rated':
      return ', rated for the first time'
    case 'no longer rated':
      return `, was ${stateIn(scheme, last).label}`
    case 'new':
    case 'another scale':
      return ''
  }
}
