import { Refusal } from '../errors.ts'
import { escapeFormula } from './formula-text.ts'

/** The format that a file name asks for by its ending. @throws Refusal for any other ending */
export function fileFormatOf(fileName: string): 'csv' | 'xlsx' {
  const ending = /\.(csv|xlsx)$/i.exec(fileName)?.[1]?.toLowerCase()
  if (ending === 'csv' || ending === 'xlsx') return ending
  throw new Refusal(
    `${fileName} ends neither with .csv nor with .xlsx. Nothing was written; give it one of these endings.`,
  )
}

/**
 * The bytes of a CSV file, with a byte order mark so that Excel reads it as UTF-8. No cell of it runs as a formula in a
 * spreadsheet; an import takes the apostrophe off again (unescapeFormula).
 */
export function formatCsv(rows: readonly (readonly string[])[]): Uint8Array {
  const lines = rows.map((cells) => cells.map((text) => quoteCell(escapeFormula(text))).join(','))
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`)
}

function quoteCell(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
