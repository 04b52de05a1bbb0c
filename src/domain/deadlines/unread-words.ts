import { collapseWhitespace, latinLetters } from '../../base/text.ts'

/** What a label or a numbered thing has: "b)", "Phase 1", "Q2 report". */
const numbered =
  /^\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[).]\s*|(?<![a-z])(?:phase|stage|step|part|wave|cohort|tranche|level|tier|version|v|item|no\.?|week|group|option|priority|round|block|lot|year)\s*[\d.]+(?![\d/])/g
const months =
  /(?<![a-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])/
const figures = /\d[\d/.,:-]*/
const amendments =
  /(?<![a-z])(?:revised|extended|postponed|deferred|slipped|rescheduled|re-scheduled|not\s+before|no\s+earlier|earliest|onwards?|was|were|originally|previously|formerly|cancelled|withdrawn)(?![a-z])/

/** Alone beside a date, these say when something began or goes on again, and not by when it is due. */
const beginnings =
  /^(?:(?:already|work|was|has)\s+)*(?:started|commenced|began|begun|underway|delayed|paused|on\s+hold|stopped|in\s+progress)(?:\s+(?:on|in|since|from|until|till))*$/

const completions =
  /(?<![a-z])(?:completed?|done|finished|delivered|achieved|closed|signed\s+off)(?![a-z])/

/**
 * The word beside a date that may change what the date means: a number, a month, "revised", "was". Undefined where
 * everything that could is read. `about` is the text of an entry without its date. What is to be "completed" on a day
 * to come is what is due then; said of a day that passed, it may mean that it is done.
 */
export function unreadDateWord(
  about: string,
  { isAhead = false, isDated = true } = {},
): string | undefined {
  const latin = latinLetters(about)
  // Without a date, "week 14" is what was meant to be one.
  const text = isDated ? latin.replace(numbered, ' ') : latin
  const found = [figures, months, amendments, beginnings, ...(isAhead ? [] : [completions])]
    .flatMap((pattern) => pattern.exec(text) ?? [])
    .map((word) => collapseWhitespace(word))
  return found[0]
}
