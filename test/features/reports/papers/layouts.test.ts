import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { civilDate } from '../../../../src/base/dates.ts'
import { Refusal } from '../../../../src/base/errors.ts'
import { type Paper, paper, paragraph, textsOfPaper } from '../../../../src/base/papers/paper.ts'
import { readSheets } from '../../../../src/base/sheets/read-sheet.ts'
import { countedOn } from '../../../../src/domain/digests/month-ends.ts'
import { benefitStanding } from '../../../../src/domain/measures/benefits.ts'
import type { ProgrammeLinks } from '../../../../src/domain/plan/programme-links.ts'
import { composePaper, type PaperLayout } from '../../../../src/features/reports/papers/layout.ts'
import {
  layoutByKey,
  paperLayouts,
} from '../../../../src/features/reports/papers/layouts/registry.ts'
import { noPaperFacts, paperSnapshotOf } from '../../../../src/features/reports/papers/snapshot.ts'
import { writePaper } from '../../../../src/features/reports/papers/write-paper.ts'
import { askedOf, story } from '../../../domain/digests/audience/marked-stories.ts'
import { aMeasure } from '../../../domain/measures/measure-builder.ts'
import { pdfUaFaults, textInReadingOrder } from '../../../support/pdf-ua.ts'
import { aPlan } from '../../../support/plans.ts'
import { readDocx, readPdf, squeezed } from '../../../support/read-paper.ts'
import { aDecision, aHeadline, anIssue, aRisk } from '../../../support/register.ts'
import { settingsWith } from '../../../support/settings.ts'

const at = new Date('2017-02-24T09:00:00Z')

const plan = aPlan({
  asAt: '2017-02-24',
  people: [{ id: 'asha', name: 'Asha Verity' }],
  workstreams: [
    { ref: '1', title: 'Practice & standards', leads: ['asha'] },
    { ref: '2', title: 'Permanency' },
    { ref: '3', title: 'Nothing yet' },
  ],
  projects: [
    {
      ref: '1.1',
      title: 'Website',
      updates: [
        {
          ...{ state: 'red', reason: 'The writer is ill, 3 of 12 pages are done' },
          ...{ path: 'A second writer', greenBy: '2017-03-31' },
        },
      ],
      milestones: [
        { due: '2017-03-31', about: 'Website populated' },
        { due: '2017-04-20', about: 'Audit tool' },
        { due: '2017-02-10', about: 'Design agreed', doneOn: '2017-02-09' },
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
const website = { id: '1.1', ref: '1.1', title: 'Website' }
const outcome = { number: 1, text: 'We want to be heard' }
const links: ProgrammeLinks = {
  outcomes: [outcome],
  recommendations: [
    { ref: '4', text: 'Hear every child' },
    { ref: '5', text: null },
  ],
  projects: new Map([['1.1', { section: 'Voice', outcomes: [1], recommendations: ['4'] }]]),
  measures: new Map(),
}
const input = {
  plan,
  register: [
    aRisk(1, 'red', { text: 'Nobody bids', mitigation: 'A second tender', project: website }),
    anIssue(2, 'amber', { text: 'The server is full' }),
    aDecision(3, '2017-03-01', { text: 'Which site', askedOf: 'the Cabinet' }),
    aHeadline(4, { text: 'We open', onDay: '2017-02-23' }),
  ],
  measures: [
    aMeasure({
      ...{ title: 'Children who were heard', target: '90%', baseline: '40%', projects: [website] },
      outcomes: [outcome],
      readings: [{ raw: '72%', forDay: '2017-01-31', period: 'January 2017' }],
    }),
  ],
  previous: null,
  since: civilDate('2017-02-17'),
}
/** Before anybody rated 1.1. */
const january = countedOn({
  ...plan,
  asAt: civilDate('2017-01-31'),
  projects: plan.projects.map((one) => (one.ref === '1.1' ? { ...one, updates: [] } : one)),
})
const snapshot = paperSnapshotOf(input, links, 'board', noPaperFacts, [january])

const subjects: Readonly<Record<string, string>> = { highlight: '1.1', inspection: '4' }
const composed = (layout: PaperLayout, from = snapshot): Paper =>
  paper.parse(composePaper(layout, from, subjects[layout.key]))

const headings = ({ blocks }: Paper) =>
  blocks.flatMap((one) => (one.kind === 'heading' ? [one.text] : []))
const tablesOf = ({ blocks }: Paper) => blocks.flatMap((one) => (one.kind === 'table' ? [one] : []))
const figuresOf = ({ blocks }: Paper) =>
  blocks.flatMap((one) => (one.kind === 'figure' ? [one] : []))
/** The texts of the rows of the table with this caption. */
function rowsUnder(one: Paper, caption: string): string[][] {
  const table = tablesOf(one).find((each) => each.caption === caption)
  if (!table) throw new Error(`There is no table “${caption}”.`)
  return table.rows.map((row) => row.map(({ text }) => text))
}
const missingIn = ({ blocks }: Paper) =>
  blocks.flatMap((one) => (one.kind === 'missing' ? [one.text] : []))

describe.each(paperLayouts.map((layout) => [layout.key, layout] as const))('%s', (_, layout) => {
  test('shows earlier months where it says so, and else they are not read', () => {
    expect(headings(composed(layout)).includes('Ratings over time')).toBe(
      layout.showsMonths ?? false,
    )
  })

  test('says what was promised at the last meeting where it says so, and else that is not read', () => {
    expect(headings(composed(layout)).includes('Since the last meeting')).toBe(
      layout.showsMeeting ?? false,
    )
  })

  test('as a Word file says all of it, under headings, in tables with header rows', async () => {
    const whole = composed(layout)
    const read = readDocx(await writePaper(whole, 'docx', at))
    expect(read).toMatchObject({ title: whole.title, language: 'en-GB', hasMergedCells: false })
    expect(read.headings[0]).toBe(`Title: ${whole.title}`)
    expect(read.headings.slice(1).map((text) => text.replace(/^Heading\d: /, ''))).toEqual(
      headings(whole),
    )
    expect(read.tables).toEqual(
      tablesOf(whole).map(({ columns, rows }) => ({
        headings: columns.map(({ heading }) => heading),
        rows: rows.map((row) => row.map(({ text }) => text)),
        hasHeaderRow: true,
      })),
    )
    const pictures = figuresOf(whole).map(({ alt }) => alt)
    expect(read.alternativeTexts).toEqual(pictures)
    const said = textsOfPaper(whole).filter((text) => !pictures.includes(text))
    expect(said.filter((text) => !read.text.includes(squeezed(text)))).toEqual([])
  })

  test('as a workbook has each table on a sheet of its own', async () => {
    const whole = composed(layout)
    const sheets = await readSheets(await writePaper(whole, 'xlsx', at), 'paper.xlsx')
    expect(sheets.slice(1).map(({ rows }) => rows.map(({ cells }) => cells.join('|')))).toEqual(
      tablesOf(whole).map(({ columns, rows }) => [
        columns.map(({ heading }) => heading).join('|'),
        ...rows.map((row) => row.map(({ text }) => text).join('|')),
      ]),
    )
  })

  test('as a PDF says the same, tagged, with a title and a language', async () => {
    const whole = composed(layout)
    const bytes = await writePaper(whole, 'pdf', at)
    const read = await readPdf(bytes)
    expect(read).toMatchObject({ title: whole.title, language: 'en-GB', isTagged: true })
    const count = (wanted: string) => read.roles.filter((role) => role === wanted).length
    expect(count('H1')).toBe(1)
    expect(count('H2') + count('H3') + count('H4')).toBe(headings(whole).length)
    const tables = tablesOf(whole)
    expect(count('Caption')).toBe(tables.length)
    expect(count('TH')).toBe(tables.reduce((sum, { columns }) => sum + columns.length, 0))
    expect(count('TR')).toBe(tables.reduce((sum, { rows }) => sum + rows.length + 1, 0))
    const pictures = figuresOf(whole).map(({ alt }) => alt)
    expect(read.alternativeTexts).toEqual(pictures)
    const letters = (text: string) => text.replace(/\s+/g, '')
    const said = letters(read.text)
    const texts = textsOfPaper(whole).filter((text) => !pictures.includes(text))
    expect(texts.filter((text) => !said.includes(letters(text)))).toEqual([])
    expect(await pdfUaFaults(bytes)).toEqual([])
    // The PDF has a colon behind the name of a fact, and a bullet before an item.
    const inOrder = (text: string) => letters(text).replace(/[:•]/g, '')
    expect(inOrder(await textInReadingOrder(bytes))).toBe(inOrder(texts.join('')))
  })
})

test('no text for fewer readers is in a paper for more, over all layouts and any updates', () => {
  const reader = fc.constantFrom('board' as const, 'public' as const)
  fc.assert(
    fc.property(reader, story, story, (audience, before, now) => {
      const earlier = paperSnapshotOf(askedOf(before, null, '2017-02-17'), links, 'internal')
      const marked: ProgrammeLinks = {
        ...links,
        outcomes: [{ number: 1, text: '«board» outcome' }],
        recommendations: [{ ref: '4', text: '«board» recommendation' }],
      }
      const from = paperSnapshotOf(askedOf(now, earlier.digest), marked, audience)
      const text = JSON.stringify(
        paperLayouts.map((layout) => {
          try {
            return composed(layout, from)
          } catch (error) {
            if (error instanceof Refusal) return error.message
            throw error
          }
        }),
      )
      const forbidden = audience === 'board' ? ['«internal»'] : ['«internal»', '«board»', '«name»']
      expect(forbidden.filter((mark) => text.includes(mark))).toEqual([])
    }),
    { numRuns: 60 },
  )
})

describe('ratings over time', () => {
  const overview = composed(layoutByKey('overview'))
  const [figure] = figuresOf(overview)

  test.each(['overview', 'summary'])(
    'in the %s: picture, words and table say the digests’ counts',
    (key) => {
      const whole = composed(layoutByKey(key))
      const rows = rowsUnder(whole, 'Projects by rating, month by month')
      expect(rows).toEqual([
        ['Tue 31 Jan 2017', '0', '1', '1', '2'],
        ['Fri 24 Feb 2017', '1', '1', '1', '1'],
      ])
      const counted = [january, snapshot.digest].map(({ counts }) =>
        counts.map(({ count }) => `${count}`),
      )
      expect(rows.map(([, ...counts]) => counts)).toEqual(counted)
      const [drawn] = figuresOf(whole)
      expect(
        drawn?.chart.rounds.map(({ counts }) =>
          drawn.chart.styles.map(({ state }) => `${counts[state] ?? 0}`),
        ),
      ).toEqual(counted)
      expect(drawn?.alt).toBe(
        'Projects by rating, month by month, as a picture. Tue 31 Jan 2017: Amber 1, Green 1, Not rated 2; ' +
          'Fri 24 Feb 2017: Red 1, Amber 1, Green 1, Not rated 1.',
      )
    },
  )

  test('a paper that was frozen has its figure as data, and is drawn again', () => {
    expect(paper.parse(JSON.parse(JSON.stringify(overview)))).toEqual(overview)
  })

  test('a picture that cannot be drawn: the paper has its words, and all else', async () => {
    const fails = () => Promise.reject(new Error('No font.'))
    const words = `The picture could not be drawn. ${figure?.alt}`
    const docx = readDocx(await writePaper(overview, 'docx', at, fails))
    expect(docx.text).toContain(words)
    expect(docx.tables).toHaveLength(tablesOf(overview).length)
    const pdf = await readPdf(await writePaper(overview, 'pdf', at, fails))
    expect(pdf.text).toContain(words)
    expect(pdf.roles).not.toContain('Figure')
  })

  test('without an earlier month is said', () => {
    const first = composed(layoutByKey('overview'), paperSnapshotOf(input, links, 'board'))
    expect(figuresOf(first)).toEqual([])
    expect(missingIn(first)).toContain('No rating of an earlier month is known to compare with.')
  })
})

describe('the summary sheet', () => {
  const sheet = composed(layoutByKey('summary'))

  test('has the counts of the digest, and each project under its workstream', () => {
    expect(
      rowsUnder(sheet, 'What the ratings mean, and how many projects have each').map(
        ([, text]) => text,
      ),
    ).toEqual(
      snapshot.digest.counts.map(
        ({ label, count }) => `${label}: ${count} project${count === 1 ? '' : 's'}`,
      ),
    )
    expect(rowsUnder(sheet, 'Projects of 1 Practice & standards')[1]).toEqual([
      ...['1.2', 'Supervision', 'A', 'Line one\nline two', '–', '–'],
    ])
    expect(missingIn(sheet)).toEqual([
      'No project of this workstream is in the plan on this day.',
      'No earlier meeting of the board is known, so there is nothing to hold this against.',
    ])
  })
})

test('the overview has the worst risk, the grid by dimension, and says what is not kept', () => {
  const overview = composed(layoutByKey('overview'))
  expect(rowsUnder(overview, 'Ratings of the programme, now and before')).toEqual([
    ['Overall', '◆ Red', 'None before', 'Nothing to compare with'],
    ['The worst open risk', '◆ Red', 'Not kept', 'Not kept'],
  ])
  expect(rowsUnder(overview, 'Projects and measures by their ratings')[0]).toEqual([
    '1 Practice & standards',
    '◆ Red\n1 Red, 1 Amber, 0 Green',
    ...['1 Red, 0 Amber, 0 Green', 'None kept', 'None kept'],
  ])
  expect(rowsUnder(overview, 'Open risks, worst first')).toEqual([
    ['Risk 1', 'Nobody bids', '1.1 Website', '◆ Red', 'A second tender'],
  ])
  expect(missingIn(overview)).toEqual([
    'Only one rating of each project is kept: time, cost, scope and quality have none of their own.',
    'No budget, forecast or spending is recorded.',
    'No earlier meeting of the board is known, so there is nothing to hold this against.',
  ])
})

test('ratings by dimension: last time and this time, counted in the overview, for the board alone', () => {
  const kept = { ...plan.programme, settings: settingsWith({ dimensions: { kept: ['cost'] } }) }
  const rated = (state: string) =>
    new Map([['1.1', [{ dimension: 'cost' as const, state, onDay: civilDate('2017-02-20') }]]])
  const beside = { dimensions: { now: rated('red'), before: rated('amber') } }
  const of = (key: string, reader: 'board' | 'public') =>
    composed(
      layoutByKey(key),
      paperSnapshotOf({ ...input, plan: { ...plan, programme: kept } }, links, reader, {
        ...noPaperFacts,
        ...beside,
      }),
    )
  const caption = 'Ratings by dimension, last time and this time'
  expect(rowsUnder(of('highlight', 'board'), caption)).toEqual([
    ['1.1 Website', 'Cost', '▲ Amber', '◆ Red', 'Mon 20 Feb 2017'],
  ])
  expect(rowsUnder(of('overview', 'board'), 'Projects by dimension, now and before')).toEqual([
    [
      ...['Cost', '◆ Red', '1 Red, 0 Amber, 0 Green, 3 not rated'],
      '0 Red, 1 Amber, 0 Green, 3 not rated',
    ],
  ])
  expect(missingIn(of('overview', 'public'))).toContain(
    'Ratings by dimension are not shown to the public.',
  )
})

test('money is in the highlight report and the overview, rated now and before, for the board alone', () => {
  const figures = (forecast: number) => ({
    projects: new Map([['1.1', { budget: 100_000_00, forecast }]]),
    workstreams: new Map([[plan.workstreams[0]?.id ?? '', { budget: 90_000_00 }]]),
  })
  const money = { now: figures(120_000_00), before: figures(90_000_00) }
  const of = (key: string, reader: 'board' | 'public') =>
    composed(layoutByKey(key), paperSnapshotOf(input, links, reader, { ...noPaperFacts, money }))
  const caption = 'Budget, forecast, spending and savings'
  expect(rowsUnder(of('highlight', 'board'), caption)).toEqual([
    [
      ...['1.1 Website', '£100,000', '£120,000', '–', '£20,000 over budget (20%)', '◆ Red'],
      ...['–', '–'],
    ],
  ])
  const overview = of('overview', 'board')
  expect(rowsUnder(overview, 'Ratings of the programme, now and before').at(-1)).toEqual([
    ...['Finance', '◆ Red', '● Green', '↓ worse'],
  ])
  expect(textsOfPaper(overview)).toContain(
    'Workstream 1: its budget is £90,000, and those of its projects come to £100,000.',
  )
  for (const key of ['highlight', 'overview']) {
    expect(missingIn(of(key, 'public'))).toContain('Figures of money are not shown to the public.')
    expect(JSON.stringify(of(key, 'public'))).not.toContain('£')
  }
})

test('what was delivered and has not moved its measure is told, to the board alone', () => {
  const benefit = { measure: 1, from: civilDate('2017-01-01'), by: 40 }
  const [measure] = input.measures
  const standings = measure ? [benefitStanding(benefit, [measure], plan.asAt)] : []
  const benefits = [{ ...website, isDelivered: true, standings }]
  const of = (key: string, reader: 'board' | 'public') =>
    composed(layoutByKey(key), paperSnapshotOf(input, links, reader, { ...noPaperFacts, benefits }))
  const row = [
    ...['1.1 Website', '1 Children who were heard', 'Sun 1 Jan 2017', '40', 'Not moved'],
    'It went from “40%” to “72%”: 32 of 40.',
  ]
  for (const key of ['outcomes', 'highlight'])
    expect(
      rowsUnder(of(key, 'board'), 'Measures that projects are to move, and whether they did'),
    ).toEqual([row])
  const exception = '1.1 Website: measure 1. It went from “40%” to “72%”: 32 of 40.'
  expect(textsOfPaper(of('overview', 'board'))).toContain(exception)
  expect(textsOfPaper(of('overview', 'public'))).not.toContain(exception)
})

test('the second level of the plan repeats outcome and project in each row of a milestone', () => {
  const rows = rowsUnder(
    composed(layoutByKey('plan-level-2')),
    'Milestones of 1 Practice & standards',
  )
  expect(rows.slice(0, 2).map(([aim, project, milestone]) => [aim, project, milestone])).toEqual([
    ['We want to be heard', '1.1 Website', 'Website populated'],
    ['We want to be heard', '1.1 Website', 'Audit tool'],
  ])
})

describe('the inspection pack', () => {
  const pack = composed(layoutByKey('inspection'))
  const day = 'Fri 24 Feb 2017'
  const of = (
    about: string,
    projects: Parameters<typeof aPlan>[0],
    known: Partial<typeof input> = {},
  ): Paper => {
    const from = { ...input, register: [], measures: [], ...known, plan: aPlan(projects) }
    const answers = { section: null, outcomes: [], recommendations: [about] }
    const ids = from.plan.projects.map(({ id }) => [id, answers] as const)
    const snapshotOf = paperSnapshotOf(from, { ...links, projects: new Map(ids) }, 'board')
    return paper.parse(composePaper(layoutByKey('inspection'), snapshotOf, about))
  }
  /** The texts of what stands under a heading, tables left out. */
  const under = ({ blocks }: Paper, heading: string): string[] => {
    const from = blocks.findIndex((one) => one.kind === 'heading' && one.text === heading)
    const rest = blocks.slice(from + 1)
    const to = rest.findIndex(({ kind }) => kind === 'heading' || kind === 'table')
    const part = to < 0 ? rest : rest.slice(0, to)
    return part.flatMap((one) => textsOfPaper({ ...pack, facts: [], blocks: [one] }).slice(1))
  }

  test('answers what was done, how it is known, what came of it and what is next', () => {
    expect(headings(pack)).toEqual([
      ...['Summary', 'The recommendation', 'Key', 'What was done', 'Projects that answer it'],
      ...['How we know', 'Impact', 'What comes next', 'Notes'],
    ])
    expect(rowsUnder(pack, 'Milestones that were reported done')).toEqual([
      ['1.1 Website', 'Design agreed', 'Thu 9 Feb 2017', '–'],
    ])
    expect(rowsUnder(pack, 'Measures of the projects with their last readings')[0]?.[1]).toBe('1.1')
    expect(rowsUnder(pack, 'What the measures were, and what they are')).toEqual([
      ['KPI 1: Children who were heard', '40% (baseline)', '72% (January 2017)'],
    ])
  })

  test('has its key before the first table, and tells what is shown as of its making', () => {
    const kinds = pack.blocks.map((one) => (one.kind === 'heading' ? one.text : one.kind))
    expect(kinds.indexOf('Key')).toBeLessThan(kinds.indexOf('table'))
    expect(under(pack, 'Key')[0]).toBe('– means that nothing is recorded.')
    expect(under(pack, 'Notes').at(-1)).toContain('as recorded when this paper was made')
  })

  const due = { due: '2017-03-31' }
  const done = { due: '2017-02-10', doneOn: '2017-02-09' }
  const late = { due: '2017-02-20' }
  const awaited = { due: '2017-02-10', awaitedSince: '2017-02-09' }
  const nothingDone = 'No milestone was reported done.'
  test.each([
    [
      'nothing due yet',
      [{ due: '2017-04-20' }, due],
      `Of 2 milestones 0 are reported done and 0 were due by ${day}; the next is due Fri 31 Mar 2017.`,
      `${nothingDone} None was due by ${day}.`,
    ],
    [
      'one due on the day itself and one before, not reported',
      [{ due: '2017-02-24' }, late, due],
      `Of 3 milestones 0 are reported done and 2 were due by ${day} (2 of them not reported done); the next is due Fri 31 Mar 2017.`,
      `${nothingDone} 2 were due by ${day} and not reported done.`,
    ],
    [
      'all done',
      [done],
      `Of 1 milestone 1 is reported done and 1 was due by ${day}; none is open.`,
      `1 of 1 milestone was reported done. None that was due by ${day} is left to be reported.`,
    ],
    [
      'one awaiting confirmation, one without a date',
      [awaited, { due: null }],
      `Of 2 milestones 0 are reported done (1 more awaiting confirmation) and 1 was due by ${day}; none that is open has a later date.`,
      `${nothingDone} 1 is said to be done, awaiting confirmation. None that was due by ${day} is left to be reported.`,
    ],
    ['none', [], 'No milestone is planned.', 'No milestone is planned, so none was reported done.'],
  ])('counts milestones: %s', (_, milestones, summary, told) => {
    const one = of('4', { projects: [{ ref: '1.1', milestones }] })
    expect(under(one, 'Summary')).toEqual([
      `1 project answers this recommendation. ${summary} No measure belongs to what is done about it.`,
    ])
    expect(under(one, 'What was done')).toEqual([told])
  })

  test.each([
    [[[], []], 'Of 2 measures none has a reading.'],
    [[['72%'], []], 'Of 2 measures 1 has a reading.'],
    [[['72%'], ['10%']], 'Of 2 measures 2 have a reading.'],
  ])('counts measures with readings: %j', (raws, sentence) => {
    const measures = raws.map((readings, at) =>
      aMeasure({
        ...{ number: at + 1, projects: [website] },
        readings: readings.map((raw) => ({ raw, forDay: '2017-01-31' })),
      }),
    )
    const one = of('4', { projects: [{ ref: '1.1' }, { ref: '1.2' }] }, { measures })
    expect(under(one, 'Summary')[0]).toMatch(/^2 projects answer this recommendation\. /)
    expect(under(one, 'Summary')[0]).toContain(sentence)
  })

  test('lists what is open by date, with short titles, and its people one to a line', () => {
    const projects = [
      {
        ...{ ref: '1.1', title: `Review ${'of everything '.repeat(20)}`, leads: ['hr', 'ddcs'] },
        milestones: [{ due: null, about: 'C' }, due, { due: '2017-02-24', about: 'A' }],
      },
      { ref: '1.2', title: 'Supervision', milestones: [late] },
    ]
    const people = [
      { id: 'hr', name: 'HR Director' },
      { id: 'ddcs', name: 'DDCS' },
    ]
    const caption = 'Milestones that are still open'
    const [short, who] = [
      'Review of everything of everything of everything of…',
      'HR Director\nDDCS',
    ]
    const one = of('4', { people, projects })
    expect(rowsUnder(one, caption)).toEqual([
      ['1.2 Supervision', 'Milestone 1 of 1.2', '4 days overdue: was due Mon 20 Feb 2017', '–'],
      [`1.1 ${short}`, 'A', `due ${day}`, who],
      [`1.1 ${short}`, 'Milestone 2 of 1.1', 'due Fri 31 Mar 2017', who],
      [`1.1 ${short}`, 'C', 'no date yet', who],
    ])
    expect(under(one, 'What comes next')[0]).toContain('Who: the project’s leads')
    const nameless = of('4', {
      ...{ people, projects },
      programme: { settings: { digest: { owners: false } } },
    })
    expect(rowsUnder(nameless, caption)[0]).toHaveLength(3)
    expect(under(nameless, 'Key')).toContain('No lead is named: this programme leaves names out.')
  })

  test.each([
    ['4', ['Hear every child', 'Who made the recommendation and when are not recorded.']],
    ['5', ['The words of the recommendation, who made it and when are not recorded.']],
  ])('says what of recommendation %s is not recorded', (about, texts) => {
    expect(under(of(about, { projects: [{ ref: '1.1' }] }), 'The recommendation')).toEqual(texts)
    expect(under(of(about, {}), 'Summary')).toEqual(['No project answers this recommendation.'])
  })
})

test.each([
  ['highlight', undefined, 'say which, as “highlight about 2.1”'],
  ['highlight', '9.9', 'There is neither a project nor a workstream “9.9”'],
  ['inspection', '9', 'There is no recommendation “9”. There are 4 and 5.'],
  ['summary', '1.1', 'is about the whole programme'],
])('a paper %s about %s is refused in words', (key, about, words) => {
  expect(() => composePaper(layoutByKey(key), snapshot, about)).toThrow(words)
})

test('a long cell, text from the right, emoji and a plan without updates are written whole', async () => {
  const long = `Begin ${'word '.repeat(3_990)}end.`
  const odd = aPlan({
    projects: [
      { ref: '1.1', title: 'إشراف على العمل', updates: [{ state: 'red', reason: long }] },
      { ref: '1.2', title: 'Thumbs 👍 up' },
    ],
  })
  const from = paperSnapshotOf(
    { plan: odd, register: [], previous: null, since: civilDate('2017-02-17') },
    { ...links, projects: new Map() },
    'board',
  )
  const whole = composed(layoutByKey('summary'), from)
  const docx = readDocx(await writePaper(whole, 'docx', at))
  for (const text of [squeezed(long), 'إشراف على العمل', 'Thumbs 👍 up'])
    expect(docx.text).toContain(text)
  const pdf = await readPdf(await writePaper(whole, 'pdf', at))
  expect(pdf.text.match(/\bword\b/g)?.length).toBe(3_990)
  expect(pdf.text).toContain('Thumbs □ up')
  expect(pdf.text).toContain('One sign, shown as □, is not in the font of this file')
  expect(pdf.pages).toBeGreaterThan(2)
})

test('in a PDF neither a heading nor the header row of a table stands alone at the foot of a page', async () => {
  const table = {
    ...{
      kind: 'table' as const,
      caption: 'Caption',
      rows: [[{ text: Array(14).fill('line').join('\n') }]],
    },
    columns: [{ heading: 'Subject', share: 1 }],
  }
  for (const above of [15, 16, 17, 18, 19]) {
    const filler = Array.from({ length: above }, () => paragraph('Filler'))
    const heading = { kind: 'heading' as const, level: 1 as const, text: 'Heading' }
    const blocks = [...filler, heading, table]
    const one = { title: 'Paper', language: 'en-GB', facts: [], blocks }
    const { pageTexts } = await readPdf(await writePaper(one, 'pdf', at))
    const withHeader = pageTexts.filter((text) => text.includes('Subject'))
    expect(withHeader.filter((text) => !text.includes('line'))).toEqual([])
    expect(withHeader).not.toEqual([])
    expect(pageTexts.findIndex((text) => text.includes('Heading'))).toBe(
      pageTexts.findIndex((text) => text.includes('Caption')),
    )
  }
})
