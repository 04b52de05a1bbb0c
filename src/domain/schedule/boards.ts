import { Refusal } from '../../base/errors.ts'
import { fold, plural, quoted } from '../../base/text.ts'

/**
 * The boards that read a channel, by the names that decisions are asked of: "Cabinet", "the chair". Decisions are asked
 * of people in free text, so a name is looked for among its words.
 */
export type Boards = readonly string[]

const limits = { names: 5, length: 60 }

/** Parses "Improvement Board, the chair": each name once. @throws Refusal */
export function parseBoards(text: string | undefined): Boards {
  const names = (text ?? '').split(/[,;]/).flatMap((name) => name.trim() || [])
  const unnamed = names.find((name) => wordsOf(name) === '')
  if (unnamed) throw new Refusal(`${quoted(unnamed)} is no name of a board. Nothing was saved.`)
  if (names.length > limits.names || names.some(({ length }) => length > limits.length)) {
    throw new Refusal(
      `A channel serves at most ${plural(limits.names, 'board')}, each with a name of at most ${limits.length} characters. Nothing was saved.`,
    )
  }
  return [...new Map(names.map((name) => [wordsOf(name), name])).values()]
}

/**
 * Whether a decision is asked of somebody else than these boards. One that is asked of nobody in particular is for
 * everybody, and where no board is named every decision is for its readers.
 */
export function isAskedOfOthers(askedOf: string | null, boards: Boards): boolean {
  const asked = wordsOf(askedOf ?? '')
  if (asked === '' || boards.length === 0) return false
  return boards.every((name) => !` ${asked} `.includes(` ${wordsOf(name)} `))
}

/** "The Improvement Board's" is "improvement board s": articles and marks make no difference. */
const wordsOf = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^the /, '')
