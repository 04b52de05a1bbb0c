import { isUtf8 } from 'node:buffer'
import { type CastingContext, CsvError, parse } from 'csv-parse/sync'
import { Refusal } from '../errors.ts'
import { columnName } from './column-name.ts'
import { limitExceeded, SheetLimitExceeded, sheetLimits } from './sheet-limits.ts'

/** How a text file is written; Windows-1252 and Mac Roman are told apart by what stands in it. */
export type TextEncoding = 'UTF-8' | 'UTF-16' | 'Windows-1252' | 'Mac Roman'

/**
 * The text of a file: UTF-16 where a byte order mark says so, UTF-8 where it is that, otherwise what Excel writes as
 * "CSV" on Windows or on a Mac. @throws Refusal for what is no text
 */
export function decodeText(
  bytes: Uint8Array,
  fileName: string,
): { text: string; encoding: TextEncoding } {
  const mark = `${bytes[0]} ${bytes[1]}`
  if (mark === '255 254')
    return { text: decodeUtf16(bytes, 'utf-16le', fileName), encoding: 'UTF-16' }
  if (mark === '254 255')
    return { text: decodeUtf16(bytes, 'utf-16be', fileName), encoding: 'UTF-16' }
  if (bytes.includes(0)) {
    throw new Refusal(`${fileName} is not a text file. Nothing was imported; save it as CSV UTF-8.`)
  }
  const text = tryDecode(bytes, 'utf-8')
  return text === undefined ? decodeByContent(bytes, fileName) : { text, encoding: 'UTF-8' }
}

/** Signs that British plans hold, and the accents of names in them. */
const usualSigns = /[£€’‘“”–—…•½¼¾²³°·§±×÷©®™\u00a0]/
const usualLetters = /[éèêëàâçüöäôîïñáíóúÉåøßæ]/
/** A quotation mark that opens inside a word, an accent before a capital, a capital inside a word. */
const oddPlaces =
  /(?<=\p{L})[‘“](?=\p{L}|\s)|[^\0-\x7f](?<=\p{Ll})(?=\p{Lu})|(?<=\p{Ll})[^\0-\x7f](?<=\p{Lu})/gu

/** The encoding in which what is beyond ASCII reads as plans do; nothing is guessed where both do. */
function decodeByContent(
  bytes: Uint8Array,
  fileName: string,
): { text: string; encoding: TextEncoding } {
  const [best, other] = (
    [
      ['windows-1252', 'Windows-1252'],
      ['macintosh', 'Mac Roman'],
    ] as const
  )
    .map(([label, encoding]) => {
      const text = new TextDecoder(label).decode(bytes)
      return { text, encoding, oddness: oddnessOf(text) }
    })
    .toSorted((a, b) => a.oddness - b.oddness)
  const isClear = best && other && (best.oddness < other.oddness || best.text === other.text)
  if (isClear) return best
  throw new Refusal(
    `${fileName}, row ${firstInvalidRow(bytes)}: some letters are in an encoding that cannot be told ` +
      'for certain. Nothing was imported; save it as CSV UTF-8 and try again.',
  )
}

/** 0 where all is as usual. An accent is likely in a name, and less so than an apostrophe. */
function oddnessOf(text: string): number {
  const signs = text.match(/[^\0-\x7f]/gu) ?? []
  const weights = signs.map((sign) => (usualSigns.test(sign) ? 0 : usualLetters.test(sign) ? 1 : 4))
  const odd = text.match(oddPlaces)?.length ?? 0
  return weights.reduce<number>((sum, weight) => sum + weight, 0) + 4 * odd
}

function decodeUtf16(bytes: Uint8Array, encoding: string, fileName: string): string {
  const text = tryDecode(bytes, encoding)
  if (text !== undefined) return text
  throw new Refusal(
    `${fileName} says that it is UTF-16 but breaks off inside a letter. ` +
      'Nothing was imported; save it as CSV UTF-8 and try again.',
  )
}

/** The text without its byte order mark, or undefined where the bytes are not in this encoding. */
function tryDecode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Counts rows as Excel does: a line break inside quotation marks ends none. */
function firstInvalidRow(bytes: Uint8Array): number {
  const [quote, lineFeed] = [0x22, 0x0a]
  let [row, start, quoted] = [1, 0, false]
  for (const [at, byte] of bytes.entries()) {
    if (byte === quote) quoted = !quoted
    if (byte !== lineFeed || quoted) continue
    if (!isUtf8(bytes.subarray(start, at))) return row
    row += 1
    start = at + 1
  }
  return row
}

/**
 * Rows of cells, as written. A blank line is a row, so that the place in the result is the row in Excel.
 * @throws SheetLimitExceeded at the first cell beyond a limit, Refusal that names the row of an open quotation mark
 */
export function parseCsv(text: string, fileName: string): string[][] {
  try {
    return parse(text, {
      ...separatorsOf(text),
      relax_column_count: true,
      relax_quotes: true,
      // Called for each cell, as soon as it ends.
      cast: checkedCell(),
      // The file's own limit bounds it, and a cell's limit is checked with its row and column.
      max_record_size: 0,
    })
  } catch (error) {
    if (error instanceof SheetLimitExceeded) throw error
    if (!(error instanceof CsvError)) throw error
    const records = typeof error.records === 'number' ? error.records : 0
    throw new Refusal(
      `${fileName}, row ${records + 1}: a quotation mark is opened and never closed. ` +
        'Nothing was imported; open the file in Excel, check that row and save it as CSV UTF-8.',
    )
  }
}

function checkedCell(): (cell: string, context: CastingContext) => string {
  let filled = 0
  return (cell, { index, records }) => {
    const row = records + 1
    if (row > sheetLimits.rows) throw limitExceeded.rows(row)
    if (index >= sheetLimits.columns) throw limitExceeded.columns(`row ${row}`)
    if (cell.length >= sheetLimits.cellCharacters) {
      throw limitExceeded.cellCharacters(`row ${row}, column ${columnName(index)}`)
    }
    if (cell !== '') filled += 1
    if (filled > sheetLimits.cells) throw limitExceeded.cells()
    return cell
  }
}

/** As the beginning of the file has them outside quotation marks; the library itself looks for them at every letter. */
function separatorsOf(text: string): { delimiter: string; record_delimiter: string[] } {
  const unquoted = text.slice(0, 20_000).replace(/"[^"]*"/g, '')
  const [lineBreak] = /\r\n|\n|\r/.exec(unquoted) ?? []
  return {
    delimiter: delimiterOf(unquoted),
    record_delimiter: lineBreak === undefined ? ['\r\n', '\n', '\r'] : [lineBreak],
  }
}

/**
 * Excel separates by commas, semicolons (depending on the computer's region) or tabs ("Unicode text"), databases by
 * pipes. The delimiter is
 * the one that most lines contain outside quotation marks, and among equals the most frequent one: a title above the
 * headings may contain any or none.
 */
function delimiterOf(unquoted: string): string {
  const lines = unquoted.split('\n')
  const [best] = [',', ';', '\t', '|']
    .map((delimiter) => {
      const counts = lines.map((line) => line.split(delimiter).length - 1)
      const total = counts.reduce((sum, count) => sum + count, 0)
      return { delimiter, lines: counts.filter((count) => count > 0).length, total }
    })
    .toSorted((a, b) => b.lines - a.lines || b.total - a.total)
  return best && best.total > 0 ? best.delimiter : ','
}
