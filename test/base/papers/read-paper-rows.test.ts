import { expect, test } from '@jest/globals'
import { paper } from '../../../src/base/papers/paper.ts'
import { readPaperRows } from '../../../src/base/papers/read-paper-rows.ts'
import { writeDocx } from '../../../src/base/papers/write-docx.ts'
import { writeWorkbook } from '../../../src/base/papers/write-workbook.ts'

const written = paper.parse({
  title: 'Summary sheet',
  facts: [],
  blocks: [
    { kind: 'heading', level: 1, text: 'Progress' },
    { kind: 'paragraph', text: 'The site is up & running.' },
    {
      kind: 'table',
      caption: 'Ratings',
      columns: [
        { heading: 'Ref', share: 1 },
        { heading: 'RAG', share: 1 },
      ],
      rows: [[{ text: '1.1' }, { text: 'Red\nlate' }]],
    },
  ],
})

test('a Word file is read as its paragraphs and the rows of its tables', async () => {
  expect(await readPaperRows(await writeDocx(written), 'old.docx')).toEqual(
    expect.arrayContaining([
      ['Progress'],
      ['The site is up & running.'],
      ['Ref', 'RAG'],
      ['1.1', 'Red late'],
    ]),
  )
})

test('a workbook is read as its rows', async () => {
  const rows = await readPaperRows(writeWorkbook(written), 'old.xlsx')
  expect(rows).toContainEqual(['1.1', 'Red late'])
})

test.each([['old.docx', 'is no Word file that I can read']])(
  '%s that cannot be read is refused in words',
  async (name, said) => {
    await expect(readPaperRows(new TextEncoder().encode('no zip'), name)).rejects.toThrow(said)
  },
)
