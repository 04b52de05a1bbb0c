import { allStates, colourMarksOf, type Scheme } from '../../domain/scheme/schemes.ts'

/** "a" and "r" say a state behind a project's number, where the plain grammar reads them; elsewhere they are words. */
const leastLength = 2

/** The words for the states of these schemes, each with the one that the plain grammar takes. */
export function stateWords(schemes: readonly Scheme[]): ReadonlyMap<string, string> {
  const entries = schemes
    .flatMap(allStates)
    .flatMap(({ key, words, colour }) => [
      ...words.filter(({ length }) => length >= leastLength).map((word) => [word, word] as const),
      ...colourMarksOf(colour).map((mark) => [mark, key] as const),
      ...(colour === 'amber' ? [['yellow', key] as const] : []),
    ])
  return new Map(entries)
}
