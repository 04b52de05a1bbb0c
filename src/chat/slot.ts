/** A slot of a command's usage: which words of a line it takes. Make one with `run`, `phrase` or `oneOf` (grammar.ts). */
export interface Slot {
  /** Looks at the words of a line once, in time that grows with their number and no faster. */
  inLine(words: readonly string[]): SlotInLine
}

/**
 * Where the text ends that begins with the word at `from`: the place of the word after it, one of the `ends` from which
 * the rest of the line fits the rest of the usage. Undefined where there is none.
 */
export type SlotInLine = (from: number, ends: LineEnds) => number | undefined

/** The places from which the rest of a line fits the rest of a usage. */
export interface LineEnds {
  fits(end: number): boolean
  /** The first from `least` to `most`. */
  first(least: number, most: number): number | undefined
  /** The last from `least` to `most`. */
  last(least: number, most: number): number | undefined
}
