import { fold, nearest } from '../../base/text.ts'

/** A state of a scheme, with all that is needed to show it without colour. */
export interface State {
  readonly key: string
  readonly label: string
  readonly letter: string
  /** A shape of its own for each state, so that it reads in greyscale. */
  readonly shape: string
  /** 0 is best. */
  readonly severity: number
  /** What people also write for it, folded. */
  readonly words: readonly string[]
}

export interface Scheme {
  readonly key: string
  /** Worst first. */
  readonly states: readonly State[]
  /** No rating yet: never Green (rule 1 of the domain). */
  readonly blank: State
}

const red: State = {
  key: 'red',
  label: 'Red',
  letter: 'R',
  shape: '◆',
  severity: 2,
  words: ['r', 'red'],
}
const amber: State = {
  key: 'amber',
  label: 'Amber',
  letter: 'A',
  shape: '▲',
  severity: 1,
  words: ['a', 'amber'],
}
const green: State = {
  key: 'green',
  label: 'Green',
  letter: 'G',
  shape: '●',
  severity: 0,
  words: ['g', 'green'],
}
const blank: State = {
  key: 'blank',
  label: 'Not rated',
  letter: '–',
  shape: '○',
  severity: -1,
  words: [],
}

export const rag: Scheme = { key: 'rag', states: [red, amber, green], blank }

export function stateByKey(scheme: Scheme, key: string): State {
  return scheme.states.find((state) => state.key === key) ?? scheme.blank
}

/** The state a person means by a word, or undefined: an unknown one is asked about, never guessed. */
export function stateNamed(scheme: Scheme, word: string): State | undefined {
  const folded = fold(word)
  return scheme.states.find(({ words }) => words.includes(folded))
}

/** The closest name to a word that is not understood. */
export function nearestState(scheme: Scheme, word: string): State | undefined {
  const label = nearest(
    word,
    scheme.states.map((state) => state.label),
  )
  return scheme.states.find((state) => state.label === label)
}

/** Whether a state asks for a reason and a path to green (rule 3: all 26 Ambers and Reds of W17 carry commentary). */
export function needsReason(state: State): boolean {
  return state.severity > 0
}

/** "◆ Red": word and shape together, never a colour alone. */
export function shown(state: State): string {
  return `${state.shape} ${state.label}`
}
