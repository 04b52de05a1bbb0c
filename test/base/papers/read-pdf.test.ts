import { deflateSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import PdfDocument from 'pdfkit'
import { paper } from '../../../src/base/papers/paper.ts'
import { pdfRows } from '../../../src/base/papers/pdf-rows.ts'
import { readPaperRows } from '../../../src/base/papers/read-paper-rows.ts'
import { pdfLimits, readPdfRows } from '../../../src/base/papers/read-pdf.ts'
import { writePdf } from '../../../src/base/papers/write-pdf.ts'

/** A PDF as another program makes it. */
async function pdfOf(
  draw: (document: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Uint8Array> {
  const document = new PdfDocument(options)
  draw(document)
  document.end()
  const chunks: Uint8Array[] = []
  for await (const chunk of document) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

/** One page whose drawing unpacks to so many bytes. */
function pdfUnpackingTo(bytes: number): Uint8Array {
  const packed = deflateSync(Buffer.alloc(bytes, ' '))
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj
4 0 obj<</Length ${packed.length}/Filter/FlateDecode>>stream
`,
    ),
    packed,
    Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>'),
  ])
}

test('a PDF is read as its paragraphs and the rows of its tables, one at a time', async () => {
  const long = 'Website populated, tested with those who use it, and handed over by 31 March 2017. '
  const written = paper.parse({
    title: 'Summary sheet',
    facts: [],
    blocks: [
      { kind: 'heading', level: 1, text: 'Progress' },
      { kind: 'paragraph', text: long.repeat(3).trim() },
      {
        kind: 'table',
        caption: 'Ratings',
        columns: [
          { heading: 'Ref', share: 1 },
          { heading: 'Project', share: 2 },
          { heading: 'RAG', share: 1 },
          { heading: 'Notes', share: 3 },
        ],
        rows: [
          [
            { text: '1.1' },
            { text: 'The new website' },
            { text: 'Red' },
            { text: `${long.repeat(2)}Then it is done.` },
          ],
          [{ text: '2.1' }, { text: 'Tracking of permanency' }, { text: 'Green' }, { text: '–' }],
        ],
      },
    ],
  })
  const bytes = await writePdf(written, new Date('2017-02-24'))
  const [first, second] = await Promise.allSettled([
    readPaperRows(bytes, 'no Word file, whatever its name says.docx'),
    readPaperRows(bytes, 'old.pdf'),
  ])
  const rows = first.status === 'fulfilled' ? first.value : []
  expect(rows).toEqual(
    expect.arrayContaining([
      ['Progress'],
      [long.repeat(3).trim()],
      ['1.1', 'The new website', 'Red', `${long.repeat(2)}Then it is done.`],
      ['2.1', 'Tracking of permanency', 'Green', '–'],
    ]),
  )
  // One at a time: each may take a quarter of a gigabyte.
  expect(second).toMatchObject({
    reason: { message: expect.stringContaining('I am reading another PDF') },
  })
})

describe('rows are told by distance', () => {
  const run = (text: string, x: number, y: number, width = text.length * 5, size = 10) => ({
    ...{ text, x, y, width, size },
  })
  test.each<[string, Parameters<typeof pdfRows>[0], string[][]]>([
    [
      'letters of one word, in whatever order they were drawn',
      [run('site', 120, 700), run('web', 105, 700, 15), run('1.1', 50, 700.4)],
      [['1.1', 'website']],
    ],
    [
      'rows of a table without room between them, each by its number',
      [run('1.1', 50, 700), run('Red', 120, 700), run('1.2', 50, 688), run('Green', 120, 688)],
      [
        ['1.1', 'Red'],
        ['1.2', 'Green'],
      ],
    ],
    [
      'a line below a cell, and the next row without a rating',
      [
        ...[run('1.1', 50, 700), run('The new', 120, 700), run('Red', 220, 700)],
        ...[run('website', 120, 688), run('1.2', 50, 676), run('Homes', 120, 676)],
      ],
      [
        ['1.1', 'The new website', 'Red'],
        ['1.2', 'Homes'],
      ],
    ],
    [
      'paragraphs with a gap between them, and a heading above one',
      [
        run('Progress', 50, 720, 60, 14),
        run('By 31', 50, 704),
        run('March', 50, 692),
        run('Next', 50, 660),
      ],
      [['Progress'], ['By 31 March'], ['Next']],
    ],
    ['nothing of blank runs', [run('  ', 50, 700)], []],
  ])('%s', (_, runs, rows) => {
    expect(pdfRows(runs)).toEqual(rows)
  })
})

type Limits = Partial<typeof pdfLimits>

test.each<{ name: string; make: () => Promise<Uint8Array>; said: string; limits?: Limits }>([
  {
    name: 'broken.pdf',
    make: async () => Buffer.from('%PDF-1.7\nno more'),
    said: 'may be damaged. Open it in Word',
  },
  {
    name: 'locked.pdf',
    make: () => pdfOf((document) => document.text('1.1'), { userPassword: 'secret' }),
    said: 'is locked with a password',
  },
  {
    name: 'scan.pdf',
    make: () => pdfOf((document) => document.rect(1, 1, 9, 9).fill()),
    said: 'it was scanned',
  },
  {
    name: 'book.pdf',
    make: () => pdfOf((document) => Array.from({ length: 300 }, () => document.addPage())),
    said: 'has more than 300 pages',
  },
  {
    name: 'slow.pdf',
    make: async () => Buffer.from('%PDF-1.7\n'),
    said: 'took too long to read, and I stopped',
    limits: { milliseconds: 1 },
  },
  {
    name: 'bomb.pdf',
    make: async () => pdfUnpackingTo(100_000_000),
    said: 'unpacks to more than a paper can need',
    limits: { unpackedMegabytes: 32 },
  },
  {
    name: 'huge.pdf',
    make: async () => new Uint8Array(pdfLimits.bytes + 1),
    said: 'is larger than 10 MB, which I do not read. Send the pages that matter. Nothing was kept.',
  },
])('$name is refused in words', async ({ name, make, said, limits }) => {
  const bytes = await make()
  await expect(readPdfRows(bytes, name, { ...pdfLimits, ...limits })).rejects.toThrow(said)
})
