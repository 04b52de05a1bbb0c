import { describe, expect, test } from '@jest/globals'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { Refusal } from '../../../src/base/errors.ts'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { workbook } from './workbook-builder.ts'
import { zipFast } from './zip-fast.ts'

/**
 * Files that somebody made to take a machine's memory or hours. Each is refused, in words that say what to do, before it
 * is unpacked or read to its end.
 */

/** Of the processor: other tests may run beside this one. */
const mostSeconds = 10
const mostMegabytes = 400

async function refusalOf(bytes: Uint8Array, fileName: string): Promise<string> {
  const [begun, before] = [process.cpuUsage(), process.memoryUsage().rss]
  const refused: unknown = await readSheet(bytes, fileName).then(
    () => 'It was read.',
    (error: unknown) => error,
  )
  const { user, system } = process.cpuUsage(begun)
  expect((user + system) / 1e6).toBeLessThan(mostSeconds)
  expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(mostMegabytes)
  expect(refused).toBeInstanceOf(Refusal)
  const message = refused instanceof Refusal ? refused.message : ''
  expect(message).toMatch(
    /^plan\.\w+.* Nothing was imported[.;] .*(try again|save it as CSV UTF-8.*)\.$/,
  )
  return message
}

const sheetPath = 'xl/worksheets/sheet1.xml'

type Files = Readonly<Record<string, Uint8Array>>

/** A workbook of one sheet with "a" in A1, whose parts are changed. */
function workbookWith(parts: Files): Uint8Array {
  return zipFast({ ...unzipSync(workbook({ Plan: [['a']] })), ...parts })
}

function sheetWith(sheetData: string, before = ''): Files {
  const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const xml = `<?xml version="1.0"?>${before}<worksheet xmlns="${namespace}"><sheetData>${sheetData}</sheetData></worksheet>`
  return { [sheetPath]: strToU8(xml) }
}

const laughs =
  '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
const cellOf = (place: string, value: string) => `<c r="${place}"><v>${value}</v></c>`
const rowOf = (row: number, cells: string) => `<row r="${row}">${cells}</row>`

describe('a workbook is refused', () => {
  test.each<[what: string, parts: Files, said: string]>([
    [
      'with entities',
      sheetWith(rowOf(1, '<c r="A1" t="inlineStr"><is><t>&c;</t></is></c>'), laughs),
      'could not be read',
    ],
    [
      'with entities in its strings',
      { 'xl/styles.xml': strToU8(`${laughs}<styleSheet/>`) },
      'could not be read',
    ],
    [
      'with one cell in the last place that Excel has',
      sheetWith(rowOf(1_048_576, cellOf('XFD1048576', '1'))),
      'goes down to row 1,048,576; a plan has at most 20,000 rows',
    ],
    [
      'with a cell in its last column',
      sheetWith(rowOf(1, cellOf('XFD1', '1'))),
      'goes further right than 500 columns, which is all that a plan may have (cell XFD1)',
    ],
    [
      'with a row whose number says nothing of its cell',
      sheetWith(rowOf(1, cellOf('A1048576', '1'))),
      'goes down to row 1,048,576',
    ],
    [
      'with a column that Excel does not have',
      sheetWith(rowOf(1, cellOf('AAAAAAA1', '1'))),
      'could not be read',
    ],
    ['with a row past all numbers', sheetWith(rowOf(1e21, cellOf('A1', '1'))), 'could not be read'],
    [
      'with two million rows',
      sheetWith('<row/>'.repeat(1_600_000)),
      'more than 1,500,000 elements',
    ],
    [
      'with millions of empty cells',
      sheetWith(rowOf(1, '<c r="A1"/>'.repeat(1_600_000))),
      'more than 1,500,000 elements',
    ],
    [
      'with millions of strings',
      {
        'xl/_rels/workbook.xml.rels': strToU8(
          strFromU8(
            unzipSync(workbook({ Plan: [['a']] }))['xl/_rels/workbook.xml.rels'] ??
              new Uint8Array(),
          ).replace('styles"', 'sharedStrings"'),
        ),
        'xl/styles.xml': strToU8(`<sst>${'<si/>'.repeat(1_600_000)}</sst>`),
      },
      'more than 1,500,000 elements',
    ],
    [
      'with more cells than a plan has',
      sheetWith(
        Array.from({ length: 1_000 }, (_, row) =>
          rowOf(
            row + 1,
            Array.from({ length: 260 }, (_, at) => cellOf(`${letters(at)}${row + 1}`, '1')).join(
              '',
            ),
          ),
        ).join(''),
      ),
      'has more than 250,000 filled cells',
    ],
    [
      'with a cell of a million characters',
      sheetWith(rowOf(1, `<c r="A1" t="inlineStr"><is><t>${'x'.repeat(1_000_000)}</t></is></c>`)),
      'has a cell of 50,000 characters or more (cell A1)',
    ],
    [
      'with a bomb for a sheet',
      { [sheetPath]: new Uint8Array(60 * 1024 * 1024) },
      'unpacks to more than 50 MB, too much for a plan',
    ],
    [
      'with thousands of files',
      Object.fromEntries(
        Array.from({ length: 3_000 }, (_, at) => [`xl/media/${at}.png`, new Uint8Array()]),
      ),
      'holds more than 2,000 files',
    ],
  ])('%s', async (_what, parts, said) => {
    expect(await refusalOf(workbookWith(parts), 'plan.xlsx')).toContain(said)
  })

  test('with a directory that tells less than it unpacks to', async () => {
    const parts = sheetWith(`${rowOf(1, cellOf('A1', '1'))}${' '.repeat(100 * 1024 * 1024)}`)
    const lying = Buffer.from(workbookWith(parts))
    // The sizes in the directory (offset 24) and before the part itself (offset 22): APPNOTE.TXT 4.3.7, 4.3.12.
    for (const [mark, offset] of [
      ['PK\x01\x02', 24],
      ['PK\x03\x04', 22],
    ] as const) {
      for (
        let at = lying.indexOf(mark, 0, 'latin1');
        at !== -1;
        at = lying.indexOf(mark, at + 4, 'latin1')
      ) {
        if (lying.readUInt32LE(at + offset) > 50 * 1024 * 1024)
          lying.writeUInt32LE(1_000, at + offset)
      }
    }
    expect(await refusalOf(lying, 'plan.xlsx')).toContain('could not be read')
  })

  test('with a password', async () => {
    const protectedBook = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(2_000),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ])
    expect(await refusalOf(protectedBook, 'plan.xlsx')).toContain(
      'is protected with a password. Nothing was imported. Take the password off in Excel',
    )
  })

  test('that is a picture, whatever its name', async () => {
    expect(await refusalOf(Buffer.from('89504e470d0a1a0a0000', 'hex'), 'plan.xlsx')).toContain(
      'is a picture',
    )
  })

  test.each([1, 10, 100, 400])('that breaks off after %d bytes', async (length) => {
    const whole = Buffer.concat([workbook({ Plan: [['a']] })])
    expect(
      await refusalOf(
        Buffer.concat([Buffer.from('PK'), whole.subarray(2, length + 2)]),
        'plan.xlsx',
      ),
    ).toContain('could not be read')
  })
})

describe('a workbook is read', () => {
  test('without its macros, its links to other workbooks and what they hold', async () => {
    const parts = unzipSync(workbook({ Plan: [[{ formula: '[1]Other!A1', saved: 'as saved' }]] }))
    const relations = strFromU8(parts['xl/_rels/workbook.xml.rels'] ?? new Uint8Array())
    const link = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink'
    const more =
      `<Relationship Id="rId8" Type="${link}" Target="externalLinks/externalLink1.xml"/>` +
      `<Relationship Id="rId9" Type="${link}" Target="https://example.com/x.xlsx" TargetMode="External"/>`
    const file = zipSync({
      ...parts,
      'xl/_rels/workbook.xml.rels': strToU8(
        relations.replace('</Relationships>', `${more}</Relationships>`),
      ),
      'xl/externalLinks/externalLink1.xml': strToU8('<broken'),
      'xl/vbaProject.bin': new Uint8Array(60 * 1024 * 1024),
    })
    expect((await readSheet(file, 'plan.xlsm')).rows).toEqual([{ number: 1, cells: ['as saved'] }])
  })

  test('although a later sheet is larger than a plan, and rows below the plan are formatted', async () => {
    const file = workbookWith({
      [sheetPath]: strToU8(
        strFromU8(unzipSync(workbook({ Plan: [['a']] }))[sheetPath] ?? new Uint8Array()).replace(
          '</row>',
          '<c r="XFD1" s="1"/></row><row r="20000" s="1"/>',
        ),
      ),
    })
    expect((await readSheet(file, 'plan.xlsx')).rows).toEqual([{ number: 1, cells: ['a'] }])
    const two = unzipSync(workbook({ Plan: [['a']], Data: [['b']] }))
    const far = sheetWith(rowOf(900_000, cellOf('A900000', '1')))[sheetPath]
    const withData = zipSync({ ...two, ...(far ? { 'xl/worksheets/sheet2.xml': far } : {}) })
    expect((await readSheet(withData, 'plan.xlsx')).rows).toEqual([{ number: 1, cells: ['a'] }])
  })

  test('where many cells show one long text, up to a limit', async () => {
    const long = `<c r="A1" t="inlineStr"><is><t>${'x'.repeat(49_000)}</t></is></c>`
    const rows = Array.from({ length: 300 }, (_, at) =>
      rowOf(at + 1, long.replace('A1', `A${at + 1}`)),
    )
    expect(await refusalOf(workbookWith(sheetWith(rows.join(''))), 'plan.xlsx')).toContain(
      'shows more than 10,000,000 characters',
    )
  })
})

describe('a CSV file is refused', () => {
  test.each<[what: string, text: string, said: string]>([
    [
      'with 200,000 columns',
      ','.repeat(200_000),
      'goes further right than 500 columns, which is all that a plan may have (row 1)',
    ],
    ['with two million rows', 'a\n'.repeat(2_000_000), 'goes down to row 20,001'],
    ['with two million blank rows', `a,b\n${'\n'.repeat(2_000_000)}`, 'goes down to row 20,001'],
    ['with a cell of a million characters', `a,b\n1,${'x'.repeat(1_000_000)}`, '(row 2, column B)'],
    [
      'with more cells than a plan has',
      `${'1,'.repeat(400)}\n`.repeat(700),
      'has more than 250,000 filled cells',
    ],
    ['with nothing but quotation marks', '"'.repeat(9_000_001), 'Nothing was imported'],
    ['with a quotation mark in each cell', 'a"'.repeat(4_000_000), '(row 1, column A)'],
  ])('%s', async (_what, text, said) => {
    expect(await refusalOf(Buffer.from(text), 'plan.csv')).toContain(said)
  })

  test('in an encoding that cannot be told, with millions of rows before it', async () => {
    const bytes = Buffer.concat([Buffer.alloc(8_000_000, '\n'), Buffer.from([0x81])])
    expect(await refusalOf(bytes, 'plan.csv')).toContain('row 8000001')
  })
})

/** "A" to "ZZ", from 0. */
function letters(at: number): string {
  return (
    (at < 26 ? '' : String.fromCharCode(64 + Math.floor(at / 26))) +
    String.fromCharCode(65 + (at % 26))
  )
}
