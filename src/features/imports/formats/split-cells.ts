import { fold, latinLetters } from '../../../base/text.ts'
import { partsOf } from '../../../domain/deadlines/clauses.ts'

/** What people put several of into one cell, taken apart. White space is tidied; nothing else is changed. */

/** Owners: "/" and ";" stand between them; "and" and commas do not: they are part of a post (SOM's owners). */
export function ownersIn(cell: string): string[] {
  return each(
    partsIn(cell)
      .flatMap((part) => part.split(/[;/]/))
      .map(tidy),
  )
}

/** Numbers of recommendations or projects: "2 and 3", "1, 2 and 3". */
export function numbersIn(cell: string): string[] {
  return each(cell.split(/[,;&/\n]|\band\b/i).map(tidy)).filter(saysSomething)
}

/** Measures or outcomes: "a) … b) …", one to a line or paragraph, or the whole cell. "n/a" is none. */
export function itemsIn(cell: string): string[] {
  const items = paragraphsIn(cell).flatMap(partsIn).map(withoutLabel)
  return each(items).filter((item) => saysSomething(item) && fold(item) !== 'tbc')
}

/** The lines and paragraphs of a cell; sheets that were web pages hold them as <p>…</p>. */
export function paragraphsIn(cell: string): string[] {
  return plainText(cell)
    .split(/\n+/)
    .filter((paragraph) => paragraph.trim() !== '')
}

/** The text without the marks of a web page. */
export function plainText(cell: string): string {
  return cell
    .replace(/<\/?(?:p|br|div|li)\b[^<>]*>/gi, '\n')
    .replace(/<\/?(?:i|b|em|strong|u|span|ul|ol)\b[^<>]*>/gi, '')
}

/** The parts behind the labels "a) … b) …", or the whole. */
export function partsIn(cell: string): string[] {
  return partsOf(latinLetters(cell)).map(({ bodyAt, end }) => cell.slice(bodyAt, end))
}

/** The text behind a label within a longer text: "… by: a) Embed … b) Consult …", "b)". */
export function partLabelled(text: string, label: string): string | undefined {
  const wanted = /^\(?([a-z]|\d{1,2})[).]$/i.exec(label.trim())?.[1]
  const from = text.search(/(?<![\p{L}\p{N}])(?:a|1)\)/iu)
  if (wanted === undefined || from === -1) return undefined
  const part = partsOf(latinLetters(text.slice(from))).find(({ start, bodyAt }) => {
    const said = text.slice(from + start, from + bodyAt)
    return fold(said).replace(/[^a-z\d]/g, '') === wanted.toLowerCase()
  })
  return part && tidy(text.slice(from + part.bodyAt, from + part.end))
}

/** "a) One thing" without a b) is one thing. */
function withoutLabel(text: string): string {
  return tidy(text).replace(/^\(?(?:a|1|i)\)\s*|^[-•*·]\s+/i, '')
}

export function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Each once, in their order. */
function each(texts: readonly string[]): string[] {
  const seen = new Map(texts.filter((text) => text !== '').map((text) => [fold(text), text]))
  return [...seen.values()]
}

/** False for "n/a", a dash and an empty cell. */
export function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text) && !/^(?:n\/?a|none|nil|not applicable)\.?$/.test(fold(text))
}
