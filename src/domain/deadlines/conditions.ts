/**
 * What a cell says beside its dates: that a thing repeats, and what it waits for.
 * Both are read only where they stand in a date's place: "quarterly" in "the quarterly report published" repeats nothing.
 */
export interface DeadlineConditions {
  /** As written: "Year on year", "each term". */
  readonly recurrence: string | null
  /** As written: "pending decision from the board". */
  readonly condition: string | null
}

const unit = '(?:day|week|fortnight|month|quarter|half[ -]?term|term|year)'
const count = '(?:\\d{1,2}|two|three|four|six|twelve)'
const recurrences = [
  `(?:every|each)\\s+(?:other\\s+|${count}\\s+)?${unit}s?`,
  `(?:once|twice|three\\s+times)\\s+(?:a|an|per|each|every)\\s+${unit}`,
  'year\\s+on\\s+year',
  `(?:${count}[ -])?(?:daily|weekly|monthly|yearly)`,
  'fortnightly|bi-?weekly|bi-?monthly|quarterly|termly|half[ -]?yearly|bi-?annually|annually|annual',
].join('|')

const conditions = [
  'pending(?=\\s+[a-z])',
  'subject\\s+to',
  '(?:dependent|dependant|depending|conditional|contingent)\\s+(?:up)?on',
  'awaiting(?=\\s+[a-z])',
  'provided\\s+that',
  'to\\s+be\\s+confirmed|tb[acd]',
].join('|')

/** A regular expression's source: where a remark begins. A date may be followed by one without a dash. */
export const recurrenceOrCondition = `(?:(?:and|then|and\\s+then)\\s+)?(?:${recurrences}|${conditions})(?![a-z])`

const recurrenceGroup = `(?:${recurrences})`
/** "Quarterly - report", "Annually (baseline in place)", "and monthly thereafter"; not "Quarterly report". */
const leadingRecurrence = new RegExp(
  `^[\\s*(,]*(?:(?:and|then|and\\s+then)\\s+)?(${recurrenceGroup})(?:\\s+thereafter)?\\s*(?:$|[-:,;.()])`,
  'd',
)
const trailingRecurrence = new RegExp(
  `(?<![a-z-])(${recurrenceGroup})(?:\\s+thereafter)?[\\s.;)*]*$`,
  'd',
)
/** To the end of its clause. What stands in brackets belongs to it. */
const conditionPattern = new RegExp(
  `(?<![a-z])((?:${conditions})(?![a-z])(?:\\([^()\\n]*\\)|(?!\\s-\\s)[^.;()\\n])*)`,
  'd',
)

const openConditionPattern = new RegExp(`(?<![a-z])(?:${conditions})(?![a-z])[^.;\\n]*$`)

/** True where what follows `latin` is still part of what it waits for. */
export function endsInCondition(latin: string): boolean {
  return openConditionPattern.test(latin)
}

/**
 * The remarks in the texts before and after a date.
 * `latin` holds the same texts as `written`, letter for letter, in lower case with plain dashes.
 */
export function parseConditions(
  latin: readonly string[],
  written: readonly string[],
): DeadlineConditions {
  return {
    recurrence: firstMatch([leadingRecurrence, trailingRecurrence], latin, written),
    condition: firstMatch([conditionPattern], latin, written),
  }
}

function firstMatch(
  patterns: readonly RegExp[],
  latin: readonly string[],
  written: readonly string[],
): string | null {
  for (const [index, text] of latin.entries()) {
    for (const pattern of patterns) {
      const found = pattern.exec(text)?.indices?.[1]
      if (found)
        return (written[index] ?? '')
          .slice(...found)
          .replace(/\s+/g, ' ')
          .trim()
    }
  }
  return null
}
