import type { LineEnds, Slot, SlotInLine } from './slot.ts'

/**
 * What the slots of commands take: the shared ones, and what to make others of. Lines are matched by their words and
 * without regard to case, in time that grows with the length of the line and no faster: so a slot says which words it
 * takes, not by a regular expression over a whole line, which could try every split of it.
 */

export type Slots = Readonly<Record<string, Slot>>

/** Words in a row. */
export interface RunOptions {
  /** Each word has it. */
  readonly each?: RegExp
  /** One of the words, at least, has it. */
  readonly some?: RegExp
  /** What the first word has to be. */
  readonly first?: (words: readonly string[], at: number) => boolean
  /** The run ends before such a word at the latest, unless it begins with it. */
  readonly stop?: (words: readonly string[], at: number) => boolean
  readonly least?: number
  readonly most?: number
  /** It takes as many words as the rest of the line allows, in place of as few. */
  readonly isGreedy?: boolean
}

/** A slot that takes words in a row. */
export function run(options: RunOptions = {}): Slot {
  const { isGreedy = false } = options
  return {
    inLine(words) {
      const limits = runLimits(words, options)
      return (from, ends) => {
        const [least = 1, most = 0] = limits[from] ?? []
        return isGreedy ? ends.last(least, most) : ends.first(least, most)
      }
    },
  }
}

/** For a run from each word on: its first and its last possible end. One pass from the end of the line. */
function runLimits(
  words: readonly string[],
  { each, some, first, stop, least = 1, most = Number.POSITIVE_INFINITY }: RunOptions,
): readonly (readonly [number, number])[] {
  const limits: [number, number][] = []
  let [stopAt, someAt] = [words.length, words.length]
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const word = words[at] ?? ''
    if (some?.test(word)) someAt = at
    const firstEnd = Math.max(at + least, some ? someAt + 1 : 0)
    const isAllowed = (each?.test(word) ?? true) && (first?.(words, at) ?? true)
    limits[at] = [firstEnd, isAllowed ? Math.min(stopAt, at + most) : -1]
    if (each?.test(word) === false || stop?.(words, at)) stopAt = at
  }
  return limits
}

/**
 * A slot that takes up to `maxWords` words, which together fit `source`, a regular expression for a few words at most:
 * as many as the rest of the line allows.
 */
export function phrase(source: string, maxWords = 1): Slot {
  const pattern = new RegExp(`^(?:${source})$`, 'isu')
  const lengths = Array.from({ length: maxWords }, (_, at) => maxWords - at)
  return {
    inLine: (words) => (from, ends) =>
      lengths
        .map((length) => from + length)
        .find((end) => ends.fits(end) && pattern.test(words.slice(from, end).join(' '))),
  }
}

/** A slot that takes what `one` takes, or else what `other` does. */
export function either(one: Slot, other: Slot): Slot {
  return {
    inLine(words): SlotInLine {
      const [first, second] = [one.inLine(words), other.inLine(words)]
      return (from: number, ends: LineEnds) => first(from, ends) ?? second(from, ends)
    },
  }
}

/** A slot that takes one of these, in which a hyphen and a space may be typed for each other. */
export function oneOf(...options: readonly string[]): Slot {
  const maxWords = Math.max(...options.map((option) => option.split(/[- ]/).length))
  return phrase(options.map(literal).join('|'), maxWords)
}

function literal(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/[- ]/g, '[-\\s]')
}

/** Whether the line has these words at a place, and more after them. */
export function precedes(...expected: readonly string[]) {
  return (words: readonly string[], at: number): boolean =>
    at + expected.length < words.length &&
    expected.every((word, nth) => words[at + nth]?.toLowerCase() === word)
}

const upToBecause = run({ stop: precedes('because') })

const dayNames =
  'today|tomorrow|next|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?'
const firstDayPattern = new RegExp(`^(?:\\d|(?:${dayNames})\\b)`, 'iu')

/** The slots that several features share. A command declares all others itself. */
export const slot = {
  /** As few words as the rest of the line allows. */
  text: run(),
  /** Stops before the first "because". */
  textUpToBecause: upToBecause,
  word: run({ most: 1 }),
  /** One to five words without a figure: a state in front of a project, as in "risk missed deadline 2.1 …". */
  words: run({ each: /^\D+$/u, most: 5 }),
  /** A word of Latin letters. */
  letters: phrase('[a-z]+'),
  /** Text without figures, so that a date may follow: "away for Asha Verity 3 Aug to 14 Aug". */
  person: run({ each: /^\D+$/u }),
  /** "2.1", "W17/2.1": one word with a figure in it. */
  project: run({ each: /\d/u, most: 1 }),
  /** "3", "#3", and "W17/3" where several programmes have one. */
  number: phrase('(?:[^\\s/]+/)?#?\\d+'),
  /** The place in a list that was shown. */
  position: phrase('\\d{1,3}'),
  count: phrase('\\d+'),
  /** Any words up to "because": the parser of dates says what is wrong with them. */
  date: upToBecause,
  /** A date that begins with a figure or a weekday: the first word behind a name. */
  firstDay: run({ first: (words, at) => firstDayPattern.test(words[at] ?? '') }),
  /** "9:05", "17.30". */
  time: phrase('\\d{1,2}[:.]\\d{2}'),
} as const satisfies Slots
