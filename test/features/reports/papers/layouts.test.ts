import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { paper, textsOfPaper } from '../../../../src/base/papers/paper.ts'
import { summarySheet } from '../../../../src/features/reports/papers/layouts/summary-sheet.ts'
import { paperSnapshotOf } from '../../../../src/features/reports/papers/snapshot.ts'
import { writePaper } from '../../../../src/features/reports/papers/write-paper.ts'
import { aPlan } from '../../../support/plans.ts'
import { readDocx, readPdf, squeezed } from '../../../support/read-paper.ts'

const at = new Date('2017-02-24T09:00:00Z')

const plan = aPlan({
  asAt: '2017-02-24',
  workstreams: [
    { ref: '1', title: 'Practice & standards' },
    { ref: '2', title: 'Permanency' },
  ],
  projects: [
    {
      ref: '1.1',
      title: 'Website',
      updates: [{ state: 'red', reason: 'The writer is ill, 3 of 12 pages are done' }],
      milestones: [
        { due: '2017-03-31', about: 'Website populated' },
        { due: '2017-04-20', about: 'Audit tool' },
      ],
    },
    {
      ref: '1.2',
      title: 'Supervision',
      updates: [{ state: 'amber', reason: 'Line one\nline two' }],
    },
    { ref: '2.1', title: 'Tracking', updates: [{ state: 'green' }] },
    { ref: '2.2', title: 'Not rated yet' },
  ],
})

const snapshot = paperSnapshotOf(
  { plan, register: [], previous: null, since: civilDate('2017-02-17') },
  'board',
)

describe('the summary sheet', () => {
  const composed = paper.parse(summarySheet.compose(snapshot))

  test('as a Word file says every figure of the digest, under headings, with header rows', async () => {
    const read = readDocx(await writePaper(composed, 'docx', at))
    expect(read).toMatchObject({
      title: 'Better Together: summary sheet',
      language: 'en-GB',
      hasMergedCells: false,
      headings: [
        'Title: Better Together: summary sheet',
        'Heading1: Ratings',
        'Heading1: 1 Practice & standards',
        'Heading1: 2 Permanency',
        'Heading1: Notes',
      ],
    })
    expect(read.tables.every(({ hasHeaderRow }) => hasHeaderRow)).toBe(true)
    const [key, practice] = read.tables
    expect(key?.rows.map(([, text]) => text)).toEqual(
      snapshot.digest.counts.map(
        ({ label, count }) => `${label}: ${count} project${count === 1 ? '' : 's'}`,
      ),
    )
    expect(practice).toMatchObject({
      headings: ['REF', 'WORKSTREAM DETAIL', 'RAG', 'COMMENTARY', 'March', 'April'],
      rows: [
        [
          ...['1.1', 'Website', 'R', 'The writer is ill, 3 of 12 pages are done'],
          ...['2017-03-31 - Website populated', '2017-04-20 - Audit tool'],
        ],
        ['1.2', 'Supervision', 'A', 'Line one\nline two', '–', '–'],
      ],
    })
    expect(textsOfPaper(composed).filter((text) => !read.text.includes(squeezed(text)))).toEqual([])
  })

  test('as a PDF says the same, tagged, with a title and a language', async () => {
    const read = await readPdf(await writePaper(composed, 'pdf', at))
    expect(read).toMatchObject({
      title: 'Better Together: summary sheet',
      language: 'en-GB',
      isTagged: true,
    })
    const roles = Map.groupBy(read.roles, (role) => role)
    expect(roles.get('H1')?.length).toBe(1)
    expect(roles.get('H2')?.length).toBe(4)
    expect(roles.get('TH')?.length).toBe(2 + 6 + 6)
    expect(roles.get('Caption')?.length).toBe(3)
    const words = (text: string) => text.replace(/\s+/g, '')
    const said = words(read.text)
    expect(textsOfPaper(composed).filter((text) => !said.includes(words(text)))).toEqual([])
  })
})
