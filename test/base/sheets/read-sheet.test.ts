import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Refusal } from '../../../src/base/errors.ts'
import { columnName } from '../../../src/base/sheets/column-name.ts'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { workbook } from './workbook-builder.ts'

const utf8 = (text: string) => Buffer.from(text, 'utf8')
const cellsOf = async (bytes: Uint8Array) =>
  (await readSheet(bytes, 'plan.csv')).rows.map(({ cells }) => cells)

async function refusalOf(bytes: Uint8Array, fileName = 'plan.csv'): Promise<string> {
  const refused: unknown = await readSheet(bytes, fileName).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(refused).toBeInstanceOf(Refusal)
  return refused instanceof Refusal ? refused.message : ''
}

describe('a CSV file', () => {
  test.each([
    ['UTF-8', utf8('REF,À\n1,b'), 'UTF-8'],
    ['UTF-8 with its mark', utf8('\ufeffREF,À\n1,b'), 'UTF-8'],
    ['UTF-16, little end first', Buffer.from('\ufeffREF,À\n1,b', 'utf16le'), 'UTF-16'],
    ['UTF-16, big end first', Buffer.from('\ufeffREF,À\n1,b', 'utf16le').swap16(), 'UTF-16'],
    ['with Windows line ends', utf8('REF,À\r\n1,b\r\n'), 'UTF-8'],
  ])('in %s is read', async (_how, bytes, encoding) => {
    const sheet = await readSheet(bytes, 'plan.csv')
    expect(sheet).toMatchObject({ format: 'csv', encoding, fileName: 'plan.csv', notes: [] })
    expect(sheet.rows.map(({ cells }) => cells)).toEqual([
      ['REF', 'À'],
      ['1', 'b'],
    ])
  })

  test('keeps the numbers that Excel shows, blank lines and lines within a cell included', async () => {
    const { rows } = await readSheet(utf8('a,b\n\n"two\nlines",c\n,\nd,e'), 'plan.csv')
    expect(rows).toEqual([
      { number: 1, cells: ['a', 'b'] },
      { number: 3, cells: ['two\nlines', 'c'] },
      { number: 5, cells: ['d', 'e'] },
    ])
  })

  test('keeps every cell as written: spaces, quotes, and text that looks like a formula', async () => {
    const text = 'a,b,c\n=1+1,+44 20,-5\n@you, x ,"say ""hi"""\n5" pipe,b,c'
    expect(await cellsOf(utf8(text))).toEqual([
      ['a', 'b', 'c'],
      ['=1+1', '+44 20', '-5'],
      ['@you', ' x ', 'say "hi"'],
      ['5" pipe', 'b', 'c'],
    ])
  })

  test.each([';', '\t'])('may be separated by %j', async (separator) => {
    const text = ['REF,TITLE,RAG', '1,"a,b",G'].join('\n')
    const lines = `${'REF,TITLE,RAG'.replaceAll(',', separator)}\n1${separator}a,b${separator}G`
    expect(await cellsOf(utf8(lines))).toEqual(await cellsOf(utf8(text)))
  })

  test('with 10,000 rows is read', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => `${at},"title, ${at}",G`)
    expect((await readSheet(utf8(rows.join('\n')), 'plan.csv')).rows).toHaveLength(10_000)
  })
})

describe('a file that cannot be read is refused with what to do instead', () => {
  test.each([
    ['an empty file', utf8(''), 'is empty'],
    ['only separators', utf8(',,\n,,\n'), 'holds no text'],
    ['a PDF', utf8('%PDF-1.7'), 'is a PDF'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'is a picture'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old Office version'],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]), 'not a text file'],
    ['UTF-16 that breaks off', Buffer.from([0xff, 0xfe, 0x41]), 'breaks off'],
    ['a file over 10 MB', Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), 'larger than 10 MB'],
    [
      'a zip that is no workbook',
      utf8('PK\u0003\u0004 and then nothing'),
      'could not be read as an Excel workbook',
    ],
  ])('%s', async (_what, bytes, said) => {
    const message = await refusalOf(bytes)
    expect(message).toContain(said)
    expect(message).toMatch(/[Nn]othing was imported/)
  })

  test('another encoding, by the row', async () => {
    // One letter in Windows-1252, another in Mac Roman, and both may begin a word.
    const bytes = Buffer.from('REF,TITLE\n1,"two\nlines"\n2,\u00c0 la', 'latin1')
    const message = await refusalOf(bytes)
    expect(message).toContain('row 3')
    expect(message).toContain('save it as CSV UTF-8')
  })

  test('a quotation mark that is never closed, by the row', async () => {
    expect(await refusalOf(utf8('a,b\n1,2\n3,"open\n4,5'))).toContain('row 3')
  })

  test('a cell of 50,000 characters, by its row and column', async () => {
    const message = await refusalOf(utf8(`a,b\n1,${'x'.repeat(50_000)}`))
    expect(message).toContain('row 2, column B')
    expect(message).toContain('50,000 characters')
  })
})

describe('a workbook', () => {
  test('is read with dates in ISO form, numbers as they look, and the saved values of formulas', async () => {
    const bytes = workbook({
      Plan: [
        ['REF', 'DUE', 'RAG'],
        [1.1, { day: 42825 }, { formula: 'UPPER("g")', saved: 'G' }],
        [],
        ['=text', ' spaced ', { formula: 'Z9', error: '#REF!' }],
        [
          { formula: 'A1', saved: '' },
          { formula: 'NOW()' },
          'x',
          { formula: '1/0', error: '#DIV/0!' },
        ],
      ],
    })
    const sheet = await readSheet(bytes, 'plan.xlsx')
    expect(sheet).toMatchObject({ format: 'xlsx', encoding: null })
    expect(sheet.rows).toEqual([
      { number: 1, cells: ['REF', 'DUE', 'RAG'] },
      { number: 2, cells: ['1.1', '2017-03-31', 'G'] },
      { number: 4, cells: ['=text', ' spaced ', '#REF!'] },
      { number: 5, cells: ['', '', 'x', '#DIV/0!'] },
    ])
    expect(sheet.notes.map(({ message }) => message)).toEqual([
      'Cell B5 holds a formula whose value was not saved; it was read as empty. Save the file in Excel.',
      'Cell C4 holds a formula that failed (#REF!).',
      'Cell D5 holds a formula that failed (#DIV/0!).',
    ])
  })

  test('with several sheets says which one was read', async () => {
    const sheet = await readSheet(
      workbook({ Cover: [], 'Plan & co': [['a']], Notes: [['b']] }),
      'p.xlsx',
    )
    expect(sheet.rows).toEqual([{ number: 1, cells: ['a'] }])
    expect(sheet.notes).toEqual([
      { row: 0, message: 'Only the sheet "Plan & co" was read, not "Notes".' },
    ])
  })

  test('that is truncated, blank, or unpacks to more than the limit is refused', async () => {
    const whole = workbook({ Plan: [['a']] })
    expect(await refusalOf(whole.subarray(0, 300))).toContain('could not be read')
    expect(await refusalOf(workbook({ Plan: [] }))).toContain('holds no text')
    const bomb = Buffer.from(whole)
    bomb.writeUInt32LE(0xf000_0000, bomb.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 24)
    expect(await refusalOf(bomb)).toContain('unpacks to more than 50 MB')
  })
})

test('columns are named as Excel names them', () => {
  expect([0, 25, 26, 27, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AB', 'ZZ', 'AAA'])
})

test('every row of the sample plan is read', async () => {
  const bytes = readFileSync(
    new URL('../../features/imports/samples/parks-2019.csv', import.meta.url),
  )
  expect((await readSheet(bytes, 'parks-2019.csv')).rows).toHaveLength(15)
})
