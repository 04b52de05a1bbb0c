/** A criterion that a commentary mentions as missing, and the words that mention it. */
export interface MissingCriterion {
  /** Key of one of the five criteria. */
  readonly criterion: 'scope' | 'requirements' | 'resource' | 'plan' | 'timescales'
  readonly word: string
}

/** The words for the five criteria. What follows a list applies to all of it: "scope and plan needed". */
const criterionTerms =
  /\b(?:(?<scope>scope)|(?<requirements>resourc(?:e|ing) requirements?)|(?<resource>resourc(?:e|es|ing)\b(?! plans?\b))|(?<plan>plan)|(?<timescales>timescales?))\b/gi

/** Marks the criterion before it as missing … */
const missingAfter =
  /\b(?:needed|to be (?:confirmed|defined|finalised|agreed|identified|developed)|in development|being (?:drafted|developed|defined)|not (?:yet )?(?:clear|agreed|confirmed|defined|developed|in place)|outstanding)\b/i
/** … or as present. Whichever comes first after the criterion counts. */
const presentAfter =
  /\b(?:in place|received|approved|complete[d]?|established|(?<!to be )agreed|(?<!(?:to|being) be |being )developed|(?<!to be )confirmed)\b/i
/** Marks the criterion after it as missing. */
const missingBefore =
  /\b(?:awaiting|needs? to (?:clarify|confirm|define|agree|identify)|lack(?:s|ing)?(?: of)?|without|no(?: clear)?)\b[^.;]*$/i

const sentences = new Intl.Segmenter('en-GB', { granularity: 'sentence' })

/** In characters: as many as a typed line may have. A commentary beyond it, from a sheet, is scanned up to there. */
const maxScannedLength = 4_000

/**
 * Which of the five criteria a commentary mentions as missing: "Awaiting confirmation of resource / timescales".
 * It knows a handful of plain phrases, so what it finds is a question to the lead, never a verdict.
 */
export function findMissingCriteria(commentary: string): MissingCriterion[] {
  const found = [...sentences.segment(commentary.slice(0, maxScannedLength))].flatMap(
    ({ segment }) => scanSentence(segment),
  )
  return found.filter(
    ({ criterion }, at) => found.findIndex((one) => one.criterion === criterion) === at,
  )
}

function scanSentence(sentence: string): MissingCriterion[] {
  return [...sentence.matchAll(criterionTerms)].flatMap((match) => {
    const [criterion] = Object.entries(match.groups ?? {}).find(([, word]) => word) ?? []
    if (!isCriterion(criterion)) return []
    const before = sentence.slice(0, match.index)
    const after = sentence.slice(match.index + match[0].length)
    return isCriterionMissing(before, after) ? [{ criterion, word: match[0].toLowerCase() }] : []
  })
}

function isCriterionMissing(before: string, after: string): boolean {
  const opened = missingBefore.exec(before)?.[0]
  if (opened !== undefined && !presentAfter.test(opened)) return true
  const wanted = missingAfter.exec(after)?.index ?? Number.POSITIVE_INFINITY
  const there = presentAfter.exec(after)?.index ?? Number.POSITIVE_INFINITY
  return wanted < there
}

function isCriterion(key: string | undefined): key is MissingCriterion['criterion'] {
  return (
    key !== undefined && ['scope', 'requirements', 'resource', 'plan', 'timescales'].includes(key)
  )
}
