import { describe, expect, test } from '@jest/globals'
import { Document, Footer, HeadingLevel, Packer, Paragraph } from 'docx'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { fillTemplate } from '../../../src/base/papers/fill-template.ts'
import { headingBlock, paper, paragraph } from '../../../src/base/papers/paper.ts'
import { readDocx } from '../../support/read-paper.ts'

const round = { asAt: '2017-02-24', counts: {} }
const chart = { title: 'Projects', styles: [], rounds: [round, round] }

/** An office's own Word file, with a line for each text; the footer has a placeholder as well. */
async function templateOf(...lines: string[]): Promise<Uint8Array> {
  const document = new Document({
    sections: [
      {
        footers: {
          default: new Footer({ children: [new Paragraph('Brightwater · {{ title }}')] }),
        },
        children: [
          new Paragraph({ text: '{{title}}', heading: HeadingLevel.TITLE }),
          ...lines.map((line) => new Paragraph(line)),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

const composed = paper.parse({
  title: 'Better Together: overview',
  facts: [{ name: 'As at', value: 'Fri 24 Feb 2017' }],
  blocks: [
    headingBlock(1, 'Ratings'),
    {
      kind: 'table',
      caption: 'Ratings of the programme',
      columns: [
        { heading: 'Project', share: 3 },
        { heading: 'Rating', share: 1 },
      ],
      rows: [[{ text: '1.1 Website' }, { text: 'Red', look: { fill: '#9b1c1c', ink: '#ffffff' } }]],
    },
    headingBlock(1, 'Risks and mitigations'),
    paragraph('Nobody bids.'),
    headingBlock(2, 'Later'),
    { kind: 'list', items: ['A second tender'] },
    headingBlock(1, 'Notes'),
    paragraph('A note.'),
  ],
})

describe('a paper in an office’s own Word file', () => {
  test('has its words, and the parts where and in the order that the template says', async () => {
    const template = await templateOf(
      ...['Restricted until issued, as at {{as at}}.', '{{Risks and mitigations}}'],
      ...['Our own words between.', '{{ ratings }}'],
    )
    const { bytes, leftOut } = await fillTemplate(composed, template)
    const read = readDocx(bytes)
    expect(read.title).toBe('Better Together: overview')
    expect(read.text).toBe(
      [
        ...['Better Together: overview', 'Restricted until issued, as at Fri 24 Feb 2017.'],
        ...['Risks and mitigations Nobody bids. Later A second tender', 'Our own words between.'],
        ...['Ratings Ratings of the programme Project Rating 1.1 Website Red'],
      ].join(' '),
    )
    expect(read.headings).toEqual([
      ...['Title: Better Together: overview', 'Heading1: Risks and mitigations'],
      ...['Heading2: Later', 'Heading1: Ratings'],
    ])
    expect(read.tables).toMatchObject([{ hasHeaderRow: true, headings: ['Project', 'Rating'] }])
    const footer = Object.entries(unzipSync(bytes)).find(([name]) => name.startsWith('word/footer'))
    expect(Buffer.from(footer?.[1] ?? []).toString()).toContain('Better Together: overview')
    expect(leftOut).toEqual(['Notes'])
  })

  test('has what the template does not name where it says “rest”, or all of it as “paper”', async () => {
    const rest = await fillTemplate(composed, await templateOf('{{Notes}}', '{{rest}}'))
    expect(readDocx(rest.bytes).headings.slice(1)).toEqual([
      ...['Heading1: Notes', 'Heading1: Ratings', 'Heading1: Risks and mitigations'],
      'Heading2: Later',
    ])
    const whole = await fillTemplate(composed, await templateOf('{{paper}}'))
    expect(readDocx(whole.bytes).headings.at(-1)).toBe('Heading1: Notes')
    expect([rest.leftOut, whole.leftOut]).toEqual([[], []])
  })

  test('has a dash for a fact that only some papers have', async () => {
    const template = await templateOf(
      ...['No {{paper number}}, issued {{issued}}, as at {{as at}}', '{{paper}}'],
    )
    const lacking = await fillTemplate(composed, template, ['Paper', 'Issued', 'As at'])
    expect(readDocx(lacking.bytes).text).toContain('No –, issued –, as at Fri 24 Feb 2017 Ratings')
    const facts = [...composed.facts, { name: 'Paper', value: '3, draft' }]
    const numbered = await fillTemplate({ ...composed, facts }, template, ['Issued'])
    expect(readDocx(numbered.bytes).text).toContain('No 3, draft, issued –')
    expect(readDocx(numbered.bytes).text).toContain('Nobody bids.')
  })

  test('does not take words of the plan for placeholders', async () => {
    const blocks = [headingBlock(1, 'Notes'), paragraph('{{{rest}}}'), headingBlock(1, 'Later')]
    const paper = { ...composed, title: 'About {{{Notes}}}', blocks }
    const { bytes } = await fillTemplate(paper, await templateOf('{{Notes}}', '{{rest}}'))
    expect(readDocx(bytes).text.replaceAll('\u2060', '')).toBe(
      'About {{{Notes}}} Notes {{{rest}}} Later',
    )
  })

  test('is refused where the template asks for what is not there, is no Word file or is damaged', async () => {
    await expect(fillTemplate(composed, await templateOf('{{Money}}'))).rejects.toThrow(
      'The template asks for “Money”, which this paper does not have. It has title, as at, paper, rest, Ratings, Risks and mitigations and Notes. Nothing was written.',
    )
    await expect(fillTemplate(composed, await templateOf('{{as at}}'))).rejects.toThrow(
      'The template has no place for what the paper says: put {{paper}} into a paragraph of its own.',
    )
    await expect(
      fillTemplate(composed, await templateOf('See {{Notes}} and {{as at}}.')),
    ).rejects.toThrow(
      'a part needs a paragraph of its own, and other words stand beside it: “See {{Notes}} and {{as at}}.”.',
    )
    await expect(fillTemplate(composed, Buffer.from('Dear all'))).rejects.toThrow(
      'The template is no Word file (.docx). Nothing was written.',
    )
    const parts = unzipSync(await templateOf('{{paper}}'))
    for (const name of ['word/document.xml', 'word/styles.xml', 'docProps/core.xml']) {
      const damaged = zipSync({ ...parts, [name]: strToU8('<a><b></a>') })
      await expect(fillTemplate(composed, damaged)).rejects.toThrow(
        /^The template cannot be filled in: .*Save it again in Word, or begin with a new one\. Nothing was written\.$/,
      )
    }
  })
})

test.each([
  ['a heading that leaves a level out', [headingBlock(1, 'One'), headingBlock(3, 'Three')]],
  [
    'a table whose row lacks a cell',
    [{ kind: 'table', caption: 'T', columns: [{ heading: 'A', share: 1 }], rows: [[]] }],
  ],
  [
    'a cell that is coloured and says nothing',
    [
      {
        ...{ kind: 'table', caption: 'T', columns: [{ heading: 'A', share: 1 }] },
        rows: [[{ text: ' ', look: { fill: '#9b1c1c', ink: '#ffffff' } }]],
      },
    ],
  ],
  ['a picture without words', [{ kind: 'figure', chart, alt: '' }]],
])('%s is no paper', (_, blocks) => {
  expect(paper.safeParse({ title: 'A paper', facts: [], blocks }).success).toBe(false)
})
