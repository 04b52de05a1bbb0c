/** Text that a spreadsheet would run (OWASP, CSV injection), and how it is kept from it. */

/**
 * What a formula begins with, in either width. Some programs look past quotation marks, spaces, line ends and invisible
 * letters before it; a tab or a line end at the beginning may part what follows into a cell of its own.
 */
const formula = /^(?:['"`\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫]|'*[\t\r\n])/u

/** Whether a spreadsheet may take the text for a formula. */
export function looksLikeFormula(text: string): boolean {
  return formula.test(text)
}

/**
 * An apostrophe before it makes a formula text. Text that begins with apostrophes before a formula gets one more, so
 * that removing one always restores the original.
 */
export function escapeFormula(text: string): string {
  return looksLikeFormula(text) ? `'${text}` : text
}

export function unescapeFormula(text: string): string {
  return text.startsWith("'") && looksLikeFormula(text.slice(1)) ? text.slice(1) : text
}
