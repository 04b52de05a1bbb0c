import { describe, expect, test } from '@jest/globals'
import { strFromU8, unzipSync } from 'fflate'
import { Refusal } from '../../../src/base/errors.ts'
import { fileFormatOf, formatCsv } from '../../../src/base/sheets/file-format.ts'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { styledWorkbook } from '../../../src/base/sheets/write-styled-xlsx.ts'

const rows = [
  ['REF', 'TITLE'],
  ['1.10', 'Two\nlines, "quoted" & <marked>'],
  ['', ' spaces '],
]
const textsOf = async (bytes: Uint8Array, name: string) =>
  (await readSheet(bytes, name)).rows.map(({ cells }) => cells.map((cell) => cell))

describe('a CSV file', () => {
  test('reads again as it was written', async () => {
    expect(await textsOf(formatCsv(rows), 'a.csv')).toEqual(rows)
  })
})

test.each([
  ['plan.csv', 'csv'],
  ['Plan.XLSX', 'xlsx'],
])('%s asks for %s', (name, kind) => {
  expect(fileFormatOf(name)).toBe(kind)
})

test.each(['plan.pdf', 'plan', 'csv', 'plan.xlsx.txt'])('%s is refused', (name) => {
  expect(() => fileFormatOf(name)).toThrow(Refusal)
})

describe('a styled workbook', () => {
  const head = { bold: true, fill: '#1d3c5a', textColour: '#ffffff', boxed: true }
  const bytes = styledWorkbook({
    name: "Board's sheet & more",
    widths: [8, 40],
    frozenRows: 1,
    rows: [
      { cells: (rows[0] ?? []).map((text) => ({ text, style: head })) },
      { cells: (rows[1] ?? []).map((text) => ({ text })) },
      { cells: (rows[2] ?? []).map((text) => ({ text })), merged: true, height: 30 },
    ],
  })
  const xmlOf = (name: string) => {
    const part = unzipSync(bytes)[name]
    if (!part) throw new Error(`There is no ${name}.`)
    return strFromU8(part)
  }

  test('reads again as it was written', async () => {
    expect(await textsOf(bytes, 'a.xlsx')).toEqual(rows)
  })

  test('has exactly the styles that its cells have', () => {
    const looks = Number(/<cellXfs count="(\d+)"/.exec(xmlOf('xl/styles.xml'))?.[1])
    const used = Array.from(xmlOf('xl/worksheets/sheet1.xml').matchAll(/ s="(\d+)"/g), ([, at]) =>
      Number(at),
    )
    expect(new Set(used)).toEqual(new Set([0, 1]))
    expect(looks).toBe(2)
    expect(xmlOf('xl/styles.xml')).toContain('<fgColor rgb="FF1D3C5A"/>')
  })

  test('freezes and repeats its headings, and fits the width of a page', () => {
    const sheet = xmlOf('xl/worksheets/sheet1.xml')
    expect(sheet).toContain(
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    )
    expect(sheet).toContain('<mergeCell ref="A3:B3"/>')
    expect(sheet).toContain('orientation="landscape" fitToWidth="1"')
    expect(xmlOf('xl/workbook.xml')).toContain("'Board''s sheet &amp; more'!$1:$1")
  })

  test('has well-formed XML in each of its parts', () => {
    for (const part of Object.values(unzipSync(bytes))) {
      const open: string[] = []
      const xml = strFromU8(part)
      for (const [, close, tag = '', selfClosed] of xml.matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>/g)) {
        if (close) expect(open.pop()).toBe(tag)
        else if (!selfClosed) open.push(tag)
      }
      expect(open).toEqual([])
    }
  })

  test('has the same bytes for the same rows, whenever it is written', () => {
    const one = { name: 'S', widths: [8], frozenRows: 1, rows: [{ cells: [{ text: 'x' }] }] }
    expect(styledWorkbook(one)).toEqual(styledWorkbook(one))
    // PKWARE APPNOTE 4.3.7: the time and the day of the first part; midnight on 1 January 1980.
    expect(Buffer.from(styledWorkbook(one)).readUInt32LE(10)).toBe((1 << 21) | (1 << 16))
  })
})
