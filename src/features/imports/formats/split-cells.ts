import { collapseWhitespace, fold, latinLetters } from '../../../base/text.ts'
import { splitClauses } from '../../../domain/deadlines/clauses.ts'

/** Splits cells that hold several items. White space is collapsed; nothing else is changed. */

/** Programs write "Lee Moss <lee@example.org>", "[Lee Moss]", and "Lee Moss[50%]" for a part of the time. */
const besideOwner = /\s*(?:[<(][^<>()\s]+@[^<>()\s]+[>)]|\[\d{1,3}(?:\.\d+)? ?%\])/g

/** Owners, separated by "/" and ";", and names of people by lines. "And" and commas belong to a post (SOM's owners). */
export function splitOwners(cell: string): string[] {
  return unique(
    splitParts(cell.replace(besideOwner, ''))
      .flatMap((part) => part.split(/[;/]/))
      .flatMap(splitNames)
      .map((name) => collapseWhitespace(name.replace(/^\s*\[([^[\]]*)\]\s*$/, '$1'))),
  )
}

/** A post may be written over two lines; two lines that are each a name of two or three words are two people. */
function splitNames(part: string): string[] {
  const lines = part.split(/\n/).map(collapseWhitespace).filter(hasContent)
  const areNames = lines.every((line) => personName.test(line) && !ofPost.test(line))
  return lines.length > 1 && areNames ? lines : [part]
}

const personName = /^\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){1,2}$/u
const ofPost =
  /\b(?:manager|director|head|officer|lead|chief|team|service|services|adviser|advisor|coordinator|assistant|deputy|executive|nurse|board|group|council|partner|partnerships?|development|quality|finance|hr|ict?)\b/i

/** Numbers of recommendations or projects: "2 and 3", "1, 2 and 3". */
export function splitNumbers(cell: string): string[] {
  return unique(cell.split(/[,;&/\n]|\band\b/i).map(collapseWhitespace)).filter(hasContent)
}

/** Measures or outcomes: "a) … b) …", one to a line or paragraph, or the whole cell. "n/a" is none. */
export function splitItems(cell: string): string[] {
  const items = splitLines(cell).flatMap(splitParts).map(stripLabel)
  return unique(items).filter((item) => hasContent(item) && !isToBeConfirmed(item))
}

/** Measures: items as above, and those that semicolons part, where each piece reads as a title of its own. */
export function splitMeasures(cell: string): string[] {
  return splitItems(cell).flatMap((item) => {
    const pieces = splitSemicolons(item)
    return pieces.length > 1 && pieces.every(isTitle) ? pieces : [item]
  })
}

export const splitSemicolons = (text: string): string[] =>
  text.split(';').map(collapseWhitespace).filter(hasContent)

/** "Staff trained", "% of visits on time"; not "by team". */
const isTitle = (text: string): boolean => /^[\p{Lu}\d%£].*\s\S/u.test(text)

/** The lines of a cell; one that begins in small letters goes on with the line above, and labels in sequence are left out. */
export function splitLines(cell: string): string[] {
  const lines: string[] = []
  for (const line of splitParagraphs(cell).map(collapseWhitespace)) {
    const isRest = lines.length > 0 && /^\p{Ll}/u.test(line) && !labelPattern.test(line)
    if (isRest) lines.push(`${lines.pop()} ${line}`)
    else lines.push(line)
  }
  return withoutLabels(lines)
}

const labelPattern = /^\(?(?<label>\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)/i
const sequences: readonly ((at: number) => string)[] = [
  (at) => String(at + 1),
  (at) => String.fromCharCode(97 + at),
  (at) => ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'][at] ?? '',
]

/** Without "1.", "2.", "3." before the lines, where they are a sequence; another number belongs to its text. */
function withoutLabels(lines: readonly string[]): string[] {
  const labels = lines.map((line) => labelPattern.exec(line)?.groups?.label?.toLowerCase())
  const isSequence = sequences.some((label) => labels.every((one, at) => one === label(at)))
  return lines.length > 1 && isSequence
    ? lines.map((line) => line.replace(labelPattern, ''))
    : [...lines]
}

function isToBeConfirmed(item: string): boolean {
  return item.length <= maxNoneLength && fold(item) === 'tbc'
}

/** True for the line at the foot of a table that adds up. */
export const saysTotal = (text: string): boolean => /^(?:grand |sub-?)?totals?\b/.test(fold(text))

/** The lines and paragraphs of a cell; sheets that were web pages hold them as <p>…</p>. */
export function splitParagraphs(cell: string): string[] {
  return stripHtml(cell)
    .split(/\n+/)
    .filter((paragraph) => paragraph.trim() !== '')
}

/** The text without HTML tags. */
export function stripHtml(cell: string): string {
  return cell
    .replace(/<\/?(?:p|br|div|li)\b[^<>]*>/gi, '\n')
    .replace(/<\/?(?:i|b|em|strong|u|span|ul|ol)\b[^<>]*>/gi, '')
}

/** The parts behind the labels "a) … b) …", or the whole. */
export function splitParts(cell: string): string[] {
  return splitClauses(latinLetters(cell)).map(({ bodyStart, end }) => cell.slice(bodyStart, end))
}

/** The text behind a label within a longer text: "… by: a) Embed … b) Consult …", "b)". */
export function partByLabel(text: string, label: string): string | undefined {
  const letter = /^\(?([a-z]|\d{1,2})[).]$/i.exec(label.trim())?.[1]
  const from = text.search(/(?<![\p{L}\p{N}])(?:a|1)\)/iu)
  if (letter === undefined || from === -1) return undefined
  const part = splitClauses(latinLetters(text.slice(from))).find(({ start, bodyStart }) => {
    const marker = text.slice(from + start, from + bodyStart)
    return fold(marker).replace(/[^a-z\d]/g, '') === letter.toLowerCase()
  })
  return part && collapseWhitespace(text.slice(from + part.bodyStart, from + part.end))
}

/** "a) One thing" without a b) is one thing. */
function stripLabel(text: string): string {
  return collapseWhitespace(text).replace(/^\(?(?:a|1|i)\)\s*|^[-•*·]\s+/i, '')
}

/** Each once, in order. */
export function unique(texts: readonly string[]): string[] {
  const byFolded = new Map(texts.filter((text) => text !== '').map((text) => [fold(text), text]))
  return [...byFolded.values()]
}

/** In characters. A text that only says that there is none is shorter. */
const maxNoneLength = 40

/** False for "n/a", a dash and an empty cell. */
export function hasContent(text: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(text)) return false
  return text.length > maxNoneLength || !/^(?:n\/?a|none|nil|not applicable)\.?$/.test(fold(text))
}
