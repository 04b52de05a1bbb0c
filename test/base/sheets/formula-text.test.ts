import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { formatCsv } from '../../../src/base/sheets/file-format.ts'
import {
  escapeFormula,
  looksLikeFormula,
  unescapeFormula,
} from '../../../src/base/sheets/formula-text.ts'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { styledWorkbook } from '../../../src/base/sheets/write-styled-xlsx.ts'
import { textWorkbook } from '../../../src/base/sheets/write-xlsx.ts'

const formulas = [
  ...['=1+1', '+44 1905', '-5', '@SUM(A1)', '＝1', '＋1', '－1', '＠a', '﹦1'],
  ...['\t=1', '\r=1', '\n=1', '\tx', '\rx', '\nx', ' =1', '\u00a0=1', '\u200b=1', '\ufeff=1'],
  ...['"=1', '"=1"', '""=1', ' "\n=1', "'=1", "''=1", "'\tx"],
]
const texts = ['', 'a=1', '5 - 3', "'quoted'", 'x\n=1', '"a" - b', "'", "''", '_x0041_', '1.10']

/** Of what formulas and their guards are made of, so that most texts are near one. */
const text = fc.string({
  unit: fc.constantFrom(...'=+-@＝\'" \t\r\n,;a_x0041_é😀\u00a0'),
  maxLength: 12,
})
const row = fc.tuple(fc.constant('ref'), text, text)
const rows = fc.array(row, { minLength: 1, maxLength: 5 })

test.each(formulas)('%j is escaped with an apostrophe', (formula) => {
  expect(looksLikeFormula(formula)).toBe(true)
  expect(escapeFormula(formula)).toBe(`'${formula}`)
})

test.each(texts)('%j stays as it is', (plain) => {
  expect(escapeFormula(plain)).toBe(plain)
})

test('unescaping an escaped text restores it, whatever it is', () => {
  const any = fc.oneof(text, fc.string({ unit: 'binary' }), fc.constantFrom(...formulas))
  fc.assert(
    fc.property(any, (one) => unescapeFormula(escapeFormula(one)) === one),
    { numRuns: 2_000 },
  )
})

describe('a CSV file that Milepost writes', () => {
  test('has no cell that begins a formula, and reads again to the same texts', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (written) => {
        const { rows: read } = await readSheet(formatCsv(written), 'a.csv')
        const cells = read.map((one) => [...one.cells])
        expect(
          cells.flat().filter((cell) => looksLikeFormula(cell) && !cell.startsWith("'")),
        ).toEqual([])
        expect(cells.map((one) => one.map(unescapeFormula))).toEqual(written)
      }),
    )
  })
})

describe.each([
  ['a workbook', (written: string[][]) => textWorkbook('Plan', written)],
  [
    'a styled workbook',
    (written: string[][]) =>
      styledWorkbook({
        name: 'Plan',
        widths: [8, 8, 8],
        frozenRows: 1,
        rows: written.map((cells) => ({ cells: cells.map((one) => ({ text: one })) })),
      }),
  ],
])('%s that Milepost writes', (_, write) => {
  test('has text alone in its cells, and reads again to the same texts', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (written) => {
        const bytes = write(written)
        const sheet = xmlOf(bytes, 'xl/worksheets/sheet1.xml')
        expect(sheet).not.toMatch(/<f[\s>]|<v[\s>]/)
        const types = Array.from(sheet.matchAll(/<c [^>]*?t="(\w+)"/g), ([, type]) => type)
        expect(new Set(types)).toEqual(new Set(['inlineStr']))
        const { rows: read } = await readSheet(bytes, 'a.xlsx')
        const padded = read.map(({ cells }) => [...cells, '', ''].slice(0, 3))
        expect(padded).toEqual(written)
      }),
    )
  })

  test('gives back what is a sign for something else in a workbook', async () => {
    const written = [...texts, ...formulas].map((one) => ['ref', one, '_x005F_x0041_'])
    const { rows: read } = await readSheet(write(written), 'a.xlsx')
    expect(read.map(({ cells }) => cells)).toEqual(written)
  })

  test.each(formulas)('keeps %j text when somebody edits the cell', (formula) => {
    const bytes = write([['ref', formula, '']])
    const [, style] = /<c r="B1" s="(\d+)"/.exec(xmlOf(bytes, 'xl/worksheets/sheet1.xml')) ?? []
    const [, looks = ''] = /<cellXfs.*?>(.*)<\/cellXfs>/.exec(xmlOf(bytes, 'xl/styles.xml')) ?? []
    const look = looks.match(/<xf .*?(?:<\/xf>|\/>)(?=<xf|$)/g)?.[Number(style)]
    expect(look).toContain('numFmtId="49"')
    expect(look).toContain('quotePrefix="1"')
  })
})

function xmlOf(bytes: Uint8Array, path: string): string {
  return strFromU8(unzipSync(bytes)[path] ?? new Uint8Array())
}
