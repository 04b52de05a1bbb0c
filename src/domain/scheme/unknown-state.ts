import { listOf, quoted } from '../../base/text.ts'
import { nearestState, type Scheme } from './schemes.ts'

/**
 * 'I do not know the state “gren”. Did you mean Green?'
 * @param line what was typed from the state on, for one that has several words
 */
export function unknownStateText(typed: string, scheme: Scheme, line = typed): string {
  const near = nearestState(scheme, line)
  const hint = near ? ` Did you mean ${near.label}?` : ''
  return `I do not know the state ${quoted(typed)}.${hint}`
}

/** 'The states are Red, Amber and Green.' */
export function stateListText({ states }: Scheme): string {
  return `The states are ${listOf(states.map(({ label }) => label))}.`
}
