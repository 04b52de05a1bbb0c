import { collapseWhitespace, shorten } from '../../../../base/text.ts'

/** Longest texts. The whole is one question away. */
const maxLengths = { title: 300, line: 220, sentence: 300, briefTitle: 60, clause: 64, about: 45 }

export function formatTitle({
  ref,
  title,
}: {
  readonly ref: string
  readonly title: string
}): string {
  return `${ref} ${isolateBidi(shorten(title, maxLengths.title))}`
}

/** The same for a line of the first message: the thread has the whole. */
export function briefTitle({
  ref,
  title,
}: {
  readonly ref: string
  readonly title: string
}): string {
  const [first = ''] = collapseWhitespace(title)
    .replace(/^(?:1|a)\) /, '')
    .split(listBegin)
  return `${ref} ${isolateBidi(shorten(first.trim(), maxLengths.briefTitle))}`
}

/** Where the cell of a sheet goes on with a list: 'Renew the framework: - one checklist', '…: a) write down'. */
const listBegin = /(?<=.{12}):?\s+(?:- |(?:a|1)\) )/

/** A milestone on a line of the first message. */
export function briefAbout(about: string): string {
  return isolateBidi(shorten(collapseWhitespace(about), maxLengths.about))
}

/** A milestone beside its project: '2. Rota agreed'; '' where the project is called so itself. */
export function besideProject({ number, title, about }: NamedMilestone): string {
  const name = briefAbout(about).replace(/[.…]+$/, '')
  return isColumnName(about) || title.includes(name) ? '' : `${number}. ${name}`
}

/** What is finished or overdue, where its project is not named beside it. */
export function briefMilestone({ ref, title, about }: NamedMilestone): string {
  return briefTitle({ ref, title: isColumnName(about) ? title : about })
}

interface NamedMilestone {
  readonly ref: string
  readonly title: string
  readonly number: number
  readonly about: string
}

/** A sheet with a column of deadlines gives a milestone no other name than the column's. */
const isColumnName = (about: string) =>
  /^(?:deadline|due date|date|completion date)(?: for \w+)?$/i.test(about.trim())

/** How a text begins, on a line of the first message. */
export function firstClause(text: string): string {
  const sentence = firstSentence(text.trim().slice(0, 2 * maxLengths.sentence))
  const clause = collapseWhitespace(sentence).replace(/[.;]$/, '')
  return isolateBidi(shorten(clause, maxLengths.clause))
}

/**
 * What somebody wrote, folded to its first sentence where it is long: "… more: /rag 2.1". `see` is the command that
 * shows the whole.
 */
export type Abbreviator = (text: string, see: string) => string

export function createAbbreviator(prefix: string): Abbreviator {
  return (text, see) => {
    const whole = text.trim()
    if (whole.length <= maxLengths.line) return isolateBidi(whole)
    return `${isolateBidi(shorten(firstSentence(whole.slice(0, 2 * maxLengths.sentence)), maxLengths.sentence))} (more: ${prefix} ${see})`
  }
}

const sentences = new Intl.Segmenter('en-GB', { granularity: 'sentence' })

/** After these a sentence goes on, which the segmenter does not know. */
const abbreviationEnding = /(?:^|\s)(?:Dr|Mr|Mrs|Ms|Prof|St|No|cf|e\.g|i\.e|approx|incl)\.\s*$/

function firstSentence(text: string): string {
  let first = ''
  for (const { segment } of sentences.segment(text)) {
    first += segment
    if (!abbreviationEnding.test(first)) break
  }
  return first.trim()
}

/** Hebrew and Arabic letters, and the characters that turn the direction of what follows. */
const bidiCharacters =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\u200F\u202A-\u202E\u2066-\u2069]/u

/**
 * Text from right to left among ours: in an isolate (Unicode Standard Annex 9), so that it turns nothing around it.
 * The letters themselves stay as they were typed.
 */
function isolateBidi(text: string): string {
  return bidiCharacters.test(text) ? `\u2068${text}\u2069` : text
}
