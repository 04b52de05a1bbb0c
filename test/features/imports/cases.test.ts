import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { brag, rag, type Scheme } from '../../../src/domain/scheme/schemes.ts'
import { parsePlan } from '../../../src/features/imports/parse-plan.ts'
import type { SheetAnswers } from '../../../src/features/imports/settings.ts'
import { type TestCell, workbook } from '../../base/sheets/workbook-builder.ts'

/** Kinds of sheets that were read wrongly once, in words of our own; the reported ones themselves are read below. */

const asOf = civilDate('2026-11-29')

async function read(
  text: string,
  { scheme = rag, answers }: { scheme?: Scheme; answers?: SheetAnswers } = {},
) {
  const sheet = await readSheet(Buffer.from(text), 'plan.csv')
  return parsePlan(sheet, asOf, scheme, { answers })
}

const head = 'Ref,Priority,Action,Action Owner,Deadline,RAG'
const withDates = (...dates: string[]) =>
  [
    head,
    ...dates.map((date, at) => `1.${at + 1},1. Parks,Step ${at + 1},Lee Moss,"${date}",A`),
  ].join('\n')
const datesOf = (plan: Awaited<ReturnType<typeof read>>) =>
  plan.projects.flatMap(({ milestones }) => milestones.map(({ due }) => due))

describe('dates in figures: one order for the whole column', () => {
  test('a column with a 31st in second place is read month first, and says so', async () => {
    const plan = await read(withDates('3/31/2027', '4/5/2027', '12/1/2026'))
    expect(datesOf(plan)).toEqual(['2027-03-31', '2027-04-05', '2026-12-01'])
    expect(plan.problems).toEqual([])
    expect(plan.corrections[0]?.message).toBe(
      '3 dates such as “3/31/2027” (row 2) were read with the month first.',
    )
  })

  test('a column with a 31st in first place is read day first', async () => {
    expect(datesOf(await read(withDates('31/03/2027', '04/05/2027')))).toEqual([
      '2027-03-31',
      '2027-05-04',
    ])
  })

  test('a column without evidence follows another column of the file', async () => {
    const text = `Ref,Priority,Action,Action Owner,Start date,Deadline,RAG
1.1,1. Parks,Step,Lee Moss,12/24/2026,03/04/2027,A`
    const plan = await read(text)
    expect(datesOf(plan)).toEqual(['2027-03-04'])
    expect(plan.projects[0]?.attributes).toEqual({ start: '2026-12-24' })
    expect(plan.problems).toEqual([])
  })

  test.each([
    ['nothing tells', ['04/03/2027', '05/06/2027']],
    ['the cells contradict one another', ['31/03/2027', '3/31/2027', '04/03/2027']],
  ])('where %s, it is one question', async (_, dates) => {
    const { problems } = await read(withDates(...dates))
    expect(problems.filter(({ message }) => message.includes('--dates month-first'))).toHaveLength(
      1,
    )
  })

  test.each([
    [
      'Ref,Workstream detail,RAG,Commentary,March,April\n1,Parks,,,,\n1.1,Ponds,G,,3/31/2027 - Dug,4/5/2027 - Filled',
    ],
    ['Project,Milestone,Measure\nPonds,Dug - 3/31/2027,Depth\nPonds,Filled - 4/5/2027,Depth'],
  ])('so it is in columns of months and of milestones: %s', async (text) => {
    expect(datesOf(await read(text))).toEqual(['2027-03-31', '2027-04-05'])
  })

  test('the answer decides what the cells leave open', async () => {
    const answers = { dates: 'month first' as const, states: {} }
    const plan = await read(withDates('04/03/2027', '05/06/2027'), { answers })
    expect(datesOf(plan)).toEqual(['2027-04-03', '2027-05-06'])
    expect(plan.problems).toEqual([])
  })
})

describe('what is left over beside a date decides', () => {
  test.each([
    ['30 June 2027 (80 staff)', '“80” in it was not read.'],
    ['31 March 2027 or 30 June 2027', '“30” in it was not read.'],
    ['by 2027', '“2027” in it was not read.'],
    ['week 14', '“14” in it was not read.'],
    ['27/03/31', 'Its year may stand first'],
    ['31 Mar 2026 - done', '“done” in it was not read.'],
    ['green by Apr 30', 'It may be day 30 of the month, or the month of 2030.'],
    ['Dec 31', 'It may be day 31 of the month, or the month of 2031.'],
    ['Completed', '“completed” in it was not read.'],
    ['From 1 April 2027', 'It says when it begins, and not by when it is due.'],
    ['from April 2027', 'It says when it begins, and not by when it is due.'],
    ['Starting 01/04/2027', 'It says when it begins, and not by when it is due.'],
    ['Started Sept 2026', '“started” in it was not read.'],
    ['Paused until April 2027', '“paused” in it was not read.'],
  ])('"%s" is a question', async (cell, problem) => {
    const { problems } = await read(withDates(cell))
    expect(problems.map(({ message }) => message).join()).toContain(problem)
  })

  test.each([
    ['Academic year 2026/27', ['2027-08-31']],
    ['H1 2027', ['2027-06-30']],
    ['H1 2027/28', ['2027-09-30']],
    ['End of 2027', ['2027-12-31']],
    ['between 28 March and 14 April', ['2027-04-14']],
    ['28 March and 14 April 2027', ['2027-03-28', '2027-04-14']],
    ['Q3 and Q4 2027/28', ['2027-12-31', '2028-03-31']],
    ['70 days from 24 January', ['2027-04-04']],
    ['12 weeks after 1 March 2027', ['2027-05-24']],
    ['extended to Mar 2027', ['2027-03-31']],
    ['Due 31 March 2027, delayed until 31 May 2027', ['2027-05-31']],
    ['not before 1 April 2027', [null]],
    ['from 1 April to 30 June 2027', ['2027-06-30']],
  ])('"%s" is read whole, and is none', async (cell, days) => {
    const plan = await read(withDates(cell))
    expect(datesOf(plan)).toEqual(days)
    expect(plan.problems).toEqual([])
  })

  test('"Mar 27" is a month of next year, but a question beside "Apr 30"', async () => {
    expect(datesOf(await read(withDates('Mar 27', 'Apr 28')))).toEqual(['2027-03-31', '2028-04-30'])
    expect(datesOf(await read(withDates("Mar '27", 'Apr 30')))).toEqual(['2027-03-31', null])
    const mixed = await read(withDates('Mar 27', 'Apr 30'))
    expect(datesOf(mixed)).toEqual([null, null])
    expect(mixed.problems).toHaveLength(2)
  })

  test('a date years from all others is asked about, and a plan that looks far ahead is not', async () => {
    const mistyped = await read(withDates('31/03/2027', '30/06/2027', '30/06/2037'))
    expect(mistyped.problems.map(({ message }) => message)).toEqual([
      '1.3: “30/06/2037” is Tue 30 Jun 2037, more than 5 years from Sun 29 Nov 2026 and apart from the other dates. Put it right, or accept it as it is.',
    ])
    const long = withDates('31/03/2033', '30/06/2034', '30/06/2035', '31/12/2026')
    expect((await read(long)).problems).toEqual([])
  })

  test('a serial number is Excel’s day, and is said', async () => {
    const plan = await read(withDates('46477'))
    expect(datesOf(plan)).toEqual(['2027-03-31'])
    expect(plan.corrections[0]?.message).toBe('“46477” was read as due Wed 31 Mar 2027.')
  })
})

describe('states by words', () => {
  const withStates = (...states: string[]) =>
    [
      head,
      ...states.map(
        (state, at) => `1.${at + 1},1. Parks,Step ${at + 1},Lee Moss,31/03/2027,${state}`,
      ),
    ].join('\n')
  const statesOf = (plan: Awaited<ReturnType<typeof read>>) =>
    plan.projects.map(({ state }) => state)

  test.each([
    ['Yellow', 'amber'],
    ['G↑', 'green'],
    ['R*', 'red'],
    ['R ↓', 'red'],
    ['A (1)', 'amber'],
  ])('%s is %s', async (word, state) => {
    const plan = await read(withStates(word))
    expect(statesOf(plan)).toEqual([state])
    expect(plan.problems).toEqual([])
  })

  test.each(['Completed', 'Done', 'closed', '100%', '✔', '✅ Done'])(
    '%s is done, whatever the scheme, and Blue where it has that',
    async (word) => {
      const plan = await read(withStates(word))
      expect(plan.projects[0]?.milestones[0]?.doneOn).toBeDefined()
      expect(statesOf(plan)).toEqual(['blank'])
      expect(statesOf(await read(withStates(word), { scheme: brag }))).toEqual(['blue'])
    },
  )

  test('every other word is one question, whatever the number of its rows', async () => {
    const plan = await read(withStates('In progress', 'in progress', 'Amber/Red', 'Red'))
    expect(statesOf(plan)).toEqual(['blank', 'blank', 'blank', 'red'])
    expect(plan.problems.map(({ message }) => message.split(' is no')[0])).toEqual([
      '"In progress" in rows 2 and 3',
      '"Amber/Red" in row 4',
    ])
  })

  test('the answer counts for every row, and "done" is an answer too', async () => {
    const states = { 'In progress': 'green', Archived: 'done', 'n/k': 'not rated' }
    const plan = await read(withStates('in progress', 'Archived', 'n/k'), { answers: { states } })
    expect(statesOf(plan)).toEqual(['green', 'blank', 'blank'])
    expect(plan.projects.map(({ milestones }) => milestones[0]?.doneOn !== undefined)).toEqual([
      false,
      true,
      false,
    ])
    expect(plan.problems).toEqual([])
  })
})

test('a tag in brackets behind a title is a tag, and the title stays', async () => {
  const plan = await read(
    [
      head,
      '1.1,1. Parks,Dig ponds (Ofsted Project),Lee Moss,31/03/2027,A',
      '1.2,1. Parks,Dig more (phase 2 project),Lee Moss,31/03/2027,A',
    ].join('\n'),
  )
  expect(plan.projects.map(({ title, tags }) => [title, tags])).toEqual([
    ['Dig ponds (Ofsted Project)', ['Ofsted']],
    ['Dig more (phase 2 project)', undefined],
  ])
})

test('a value is of the day that its row says, with the state beside it', async () => {
  const { measures, problems } = await read(
    [
      'PROJECT_ID,METRIC_NAME,CURRENT_VALUE,BASELINE_VALUE,TARGET_VALUE,STATUS,DATE_MEASURED',
      ',Lights that work,81%,70%,>90%,Red,2026-05-28',
    ].join('\n'),
  )
  expect(problems).toEqual([])
  expect(measures).toMatchObject([
    {
      ...{ title: 'Lights that work', baseline: '70%', target: '>90%' },
      readings: [{ raw: '81%', forDay: '2026-05-28', declared: 'red' }],
    },
  ])
})

test('numbers that we invent for rows give way to those that the sheet has further down', async () => {
  const row = (ref: string, title: string) => `${ref},1. Parks,${title},Lee Moss,31/03/2027,A`
  const plan = await read(
    [head, row('1.1', 'Dig'), row('', 'Fill'), row('1.2', 'Plant'), row('', 'Mow')].join('\n'),
  )
  expect(plan.projects.map(({ ref, title }) => `${ref} ${title}`)).toEqual([
    ...['1.1 Dig', '1.3 Fill', '1.2 Plant', '1.4 Mow'],
  ])
  expect(plan.problems).toEqual([])
})

test('sub-numbers are numbers of their own, and the number before a workstream gives way to a row', async () => {
  const rows = ['1', '1a', '1.1', '1.1.1', '1.10'].map(
    (ref, at) => `${ref},1. Parks,Step ${at},Lee Moss,31/03/2027,A`,
  )
  const plan = await read([head, ...rows].join('\n'))
  expect(plan.workstreams.map(({ ref, title }) => `${ref} ${title}`)).toEqual(['W1 Parks'])
  expect(plan.projects.map(({ ref }) => ref)).toEqual(['1', '1a', '1.1', '1.1.1', '1.10'])
  expect(plan.problems).toEqual([])
})

test('numbers that we invent for workstreams give way to those of the sheet', async () => {
  const plan = await read(`Ref,Workstream,Action,Owner,Due date,RAG
1,Paths,Clear them,Lee Moss,31/03/2027,Green
2,Ponds,Dig them,Kim Ash,30/04/2027,Red`)
  expect(plan.workstreams.map(({ ref, title }) => `${ref} ${title}`)).toEqual([
    'W1 Paths',
    'W2 Ponds',
  ])
  expect(plan.projects.map(({ ref, workstreamRef }) => `${ref} of ${workstreamRef}`)).toEqual([
    '1 of W1',
    '2 of W2',
  ])
  expect(plan.problems).toEqual([])
})

describe('what a workbook says by formats and looks', () => {
  const headings = head.split(',')
  const rowWith = (at: number, deadline: TestCell, state: TestCell = 'A'): TestCell[] => [
    ...[`1.${at}`, '1. Parks', `Step ${at}`, 'Lee Moss'],
    ...[deadline, state],
  ]
  const readRows = async (rows: TestCell[][], scheme = rag) => {
    const bytes = workbook({ Plan: [headings, ...rows] })
    return parsePlan(await readSheet(bytes, 'plan.xlsx'), asOf, scheme)
  }
  /** 1 March 2027. */
  const march = 46447

  test.each([
    ['mmm-yy', '2027-03-31', 'month'],
    ['mmmm yyyy', '2027-03-31', 'month'],
    ['yyyy', '2027-12-31', 'range'],
    ['d-mmm', '2027-03-01', 'day'],
    ['[$-809]dd mmmm yyyy;@', '2027-03-01', 'day'],
    ['[$-809]mmmm yyyy;@', '2027-03-31', 'month'],
    ['[$-409]mmm-yy;@', '2027-03-31', 'month'],
    ['"w/c "dd/mm/yyyy', '2027-03-07', 'range'],
    ['dd/mm/yyyy hh:mm', '2027-03-01', 'day'],
  ])('a date shown as %s is due %s', async (format, due, precision) => {
    const plan = await readRows([rowWith(1, { value: march, style: { format } })])
    expect(plan.projects[0]?.milestones).toMatchObject([{ due, precision }])
  })

  test('a hidden row is read, and said', async () => {
    const rows = [headings, rowWith(1, '31/03/2027'), rowWith(2, '30/06/2027')]
    const sheet = await readSheet(workbook({ Plan: rows }, { hiddenRows: [3] }), 'plan.xlsx')
    const plan = parsePlan(sheet, asOf, rag)
    expect(plan.projects).toHaveLength(2)
    expect(plan.warnings.map(({ message }) => message)).toEqual([
      'Row 3 is hidden in the sheet, by hand or by a filter, and read like the others. Take out what no longer counts.',
    ])
  })

  test('rows in colours without a column of states are asked about', async () => {
    const row = (title: string, colour: string): TestCell[] => [
      ...['Lee Moss', { value: title, style: { fill: colour } }, '31/03/2027'],
    ]
    const rows = [['Owner', 'Task', 'Due'], row('Dig', '00B050'), row('Fill', 'FF0000')]
    const sheet = await readSheet(workbook({ Plan: rows }), 'plan.xlsx')
    expect(parsePlan(sheet, asOf, rag).problems.map(({ message }) => message)).toEqual([
      'Rows are coloured as Green and Red, and no column says where things stand. Add a column RAG with the words, or accept that nothing is rated.',
    ])
  })

  test('a quarter without its kind of year is a question', async () => {
    const plan = await readRows([rowWith(1, { value: march, style: { format: '"Q"q' } })])
    expect(plan.problems[0]?.message).toContain('whether Q1 is of 2027 or of 2027/28')
  })

  test('days whose month may be their day, beside texts that Excel could not read, are asked about', async () => {
    const plan = await readRows([rowWith(1, { day: march + 3 }), rowWith(2, '31/03/2027')])
    expect(plan.problems[0]?.message).toContain('Excel may have read them in the other order')
    const certain = await readRows([rowWith(1, { day: march + 20 }), rowWith(2, '31/03/2027')])
    expect(certain.problems).toEqual([])
  })

  test('states told by colours are read after one question that shows them', async () => {
    const filled = (fill: string): TestCell => ({ value: '', style: { fill } })
    const plan = await readRows([
      rowWith(1, '31/03/2027', filled('FFC000')),
      rowWith(2, '31/03/2027', filled('00B050')),
      rowWith(3, '31/03/2027', filled('C00000')),
    ])
    expect(plan.projects.map(({ state }) => state)).toEqual(['amber', 'green', 'red'])
    expect(plan.problems.map(({ message }) => message)).toEqual([
      'States are told by the colour of the cells alone: FFC000 (1 row) as Amber, 00B050 (1 row) as Green and C00000 (1 row) as Red. Write them as words, or accept that they are read so.',
    ])
  })

  test('a sign of Wingdings is one question with its colour', async () => {
    const sign = (fontColour: string): TestCell => ({
      value: 'n',
      style: { font: 'Wingdings', fontColour },
    })
    const plan = await readRows([
      rowWith(1, '31/03/2027', sign('FF0000')),
      rowWith(2, '31/03/2027', sign('00B050')),
    ])
    expect(plan.problems.map(({ message }) => message.split(' in row')[0])).toEqual([
      '"[Wingdings n, FF0000]"',
      '"[Wingdings n, 00B050]"',
    ])
  })

  test('a struck-out row is neither read nor dropped: it and a struck cell are asked about', async () => {
    const isStruck = { isStruck: true }
    const plan = await readRows([
      rowWith(1, '31/03/2027').map((value) => ({ value: String(value), style: isStruck })),
      rowWith(2, { value: '31/03/2027', style: isStruck }),
    ])
    expect(plan.projects.map(({ ref }) => ref)).toEqual(['1.2'])
    expect(plan.problems[0]).toEqual({
      row: 2,
      message:
        'Struck out, so left out: “1.1 | 1. Parks | Step 1 | Lee Moss | 31/03/2027 | A”. Is it closed or taken out? Accept that it is left out, and say what becomes of it where the plan has it; or take the line away where it still counts.',
    })
    expect(plan.problems[1]?.message).toContain('“31/03/2027” is struck out')
  })

  test('a date of which a part is struck out is read without it, and asked about', async () => {
    const cell = { runs: [['31/01/2027 '], '31/03/2027'] } as const
    const plan = await readRows([rowWith(1, cell), rowWith(2, { runs: [['31/03/2027']] })])
    expect(plan.projects[0]?.milestones.map(({ due }) => due)).toEqual(['2027-03-31'])
    expect(plan.problems.map(({ row, message }) => [row, message.split(' Take')[0]])).toEqual([
      [2, '“31/01/2027” is struck out in a cell: it was read as “31/03/2027”.'],
      [3, '“31/03/2027” is struck out.'],
    ])
  })

  test.each([
    ['~~Dig ponds~~', 'tildes'],
    ['D\u0336i\u0336g\u0336', 'lines through its letters'],
  ])('a title struck out by text, %s, is asked about (%s)', async (title) => {
    const plan = await read(
      `${head}\n1.1,1. Parks,${title},Lee Moss,31/03/2027,A\n1.2,1. Parks,Fill,Lee Moss,~~31/01/2027~~ 31/03/2027,A`,
    )
    expect(plan.projects.map(({ title, milestones }) => [title, milestones[0]?.due])).toEqual([
      ['Fill', '2027-03-31'],
    ])
    expect(plan.problems.map(({ row }) => row)).toEqual([2, 3])
  })

  test('notes and link addresses of cells stay with the commentary of their row, after one question', async () => {
    const rows = [
      [...headings, 'Commentary'],
      [...rowWith(1, '31/03/2027'), 'On course'],
      rowWith(2, '31/03/2027'),
    ]
    const bytes = workbook(
      { Plan: rows },
      {
        notes: { C2: 'ask the school first', E3: 'agreed by phone', A1: 'numbers of the office' },
        links: { C2: 'https://example.org/paper' },
      },
    )
    const plan = parsePlan(await readSheet(bytes, 'plan.xlsx'), asOf, rag)
    expect(plan.projects.map(({ commentary }) => commentary)).toEqual([
      'On course\nNote on Action: ask the school first\nLink at Action: https://example.org/paper',
      'Note on Deadline: agreed by phone',
    ])
    expect(plan.problems.map(({ message }) => message)).toEqual([
      '2 cells have notes (rows 2, 3), such as “ask the school first”: kept in the commentary of those rows, for whoever reads that. Take notes out of the sheet, or accept it.',
    ])
    expect(plan.unreadCells).toEqual([])
    expect(plan.warnings).toContainEqual({
      ...{ row: 1, column: 'Ref' },
      message: 'Note on the heading “Ref”, not kept: numbers of the office',
    })
  })

  test('percentages and money keep their signs', async () => {
    const percent = { format: '0.0%' }
    const bytes = workbook({
      KPIs: [
        ['KPI', 'Figure will', 'Target', 'September 2026'],
        ['On time', 'Increase', { value: 0.9, style: percent }, { value: 0.81, style: percent }],
        ['Cost', 'Decrease', { value: 1100, style: { format: '"£"#,##0.00' } }, 'n/a'],
      ],
    })
    const { measures } = parsePlan(await readSheet(bytes, 'k.xlsx'), asOf, rag)
    expect(measures.map(({ target, readings }) => [target, readings[0]?.raw])).toEqual([
      ['90%', '81%'],
      ['£1100', 'n/a'],
    ])
  })

  test('a hidden sheet is never read before a visible one, and is mentioned', async () => {
    const plan = [headings, rowWith(1, '31/03/2027')]
    const bytes = workbook({ Old: [['Old', 'plan']], Plan: plan }, { hidden: ['Old'] })
    const { projects, warnings } = parsePlan(await readSheet(bytes, 'p.xlsx'), asOf, rag)
    expect(projects).toHaveLength(1)
    expect(warnings[0]?.message).toBe('Only the sheet "Plan" was read, not "Old" (hidden).')
  })
})

test.each([
  ['Windows-1252', [0x80, 0x96, 0x93, 0xe9], '€–“é'],
  ['Mac Roman', [0xdb, 0xd0, 0xd2, 0x8e], '€–“é'],
])('a CSV of %s is read as written', async (encoding, letters, text) => {
  const bytes = Buffer.concat([Buffer.from('A,B\nCaf'), Buffer.from(letters), Buffer.from(',1')])
  const sheet = await readSheet(bytes, 'plan.csv')
  expect([sheet.encoding, sheet.rows[1]?.cells[0]]).toEqual([encoding, `Caf${text}`])
})

const folder = new URL('../../../../shared/cases/import/', import.meta.url)

if (!existsSync(folder)) console.warn('NOT RUN: the reported sheets are not beside the project.')
else
  describe('the reported sheets', () => {
    const readCase = async (name: string, scheme = rag) => {
      const sheet = await readSheet(readFileSync(new URL(name, folder)), name)
      return parsePlan(sheet, asOf, scheme)
    }

    test('r01: four actions, two workstreams', async () => {
      const { counts, problems } = await readCase('r01-whole-number-refs.csv')
      expect([counts.projects, counts.workstreams, problems]).toEqual([4, 2, []])
    })

    test('r02: the days as written', async () => {
      const plan = await readCase('r02-month-first-dates.csv')
      expect(datesOf(plan)).toEqual(['2027-03-31', '2027-06-16', '2026-12-09'])
      expect(
        plan.projects.flatMap(({ milestones }) => milestones.map(({ about }) => about)),
      ).toEqual(['Deadline', 'Deadline', 'Deadline'])
    })

    test('r10: Completed is done, Yellow is Amber, one question for each other word', async () => {
      const { projects, problems } = await readCase('r10-status-words.csv')
      expect(projects.map(({ state }) => state)).toEqual([
        ...['blank', 'blank', 'blank', 'blank', 'amber'],
      ])
      expect(projects[0]?.milestones[0]?.doneOn).toBeDefined()
      expect(problems).toHaveLength(3)
    })

    test('r04: a cell’s format gives the precision', async () => {
      const { projects, problems } = await readCase('r04-month-format-cells.xlsx')
      const read = projects.flatMap(({ milestones }) =>
        milestones.map(({ due, precision }) => [due, precision]),
      )
      expect(read).toEqual([
        ['2027-03-31', 'month'],
        ['2027-03-31', 'month'],
        ['2027-03-20', 'day'],
        ['2027-12-31', 'range'],
        [null, 'none'],
      ])
      expect(problems.map(({ row }) => row)).toEqual([6])
    })

    test('r06, r07, r22, r25: colours, a hidden sheet, a struck row, signs', async () => {
      const colours = await readCase('r06-fill-only-rag.xlsx')
      expect(colours.projects.map(({ state }) => state)).toEqual(['amber', 'green', 'red'])
      expect(colours.problems).toHaveLength(1)
      const visible = await readCase('r07-hidden-first-sheet.xlsx')
      expect(visible.projects).toHaveLength(3)
      const struck = await readCase('r22-strikethrough.xlsx')
      expect(struck.projects.map(({ ref }) => ref)).toEqual(['1.1', '2.1'])
      const signs = await readCase('r25-wingdings.xlsx')
      expect(signs.problems).toHaveLength(3)
    })

    test('r13: percentages stay percentages', async () => {
      const { measures } = await readCase('r13-kpi-percent-cells.xlsx')
      expect(measures[0]).toMatchObject({ baseline: '81%', target: '90%' })
    })

    test('r19: Windows-1252 as written', async () => {
      const { projects } = await readCase('r19-cp1252.csv', brag)
      expect(projects[0]).toMatchObject({
        title: 'Save £1.2m – “quick wins”',
        leads: ['Zoë O’Hara'],
        commentary: 'Café review\nline two',
      })
    })

    test('r16: two dates and qualifiers', async () => {
      const { projects, problems } = await readCase('r16-cell-wordings.csv')
      const rows = projects.map(({ milestones }) =>
        milestones.map(({ due, baseline, doneOn, about }) => [due, baseline ?? doneOn ?? about]),
      )
      expect(rows).toEqual([
        [['2027-03-31', '2026-12-31']],
        [['2027-03-31', '2026-12-31']],
        [[null, 'Deadline']],
        [
          ['2027-02-28', 'Deadline'],
          ['2027-06-30', 'Deadline'],
        ],
        [['2027-08-31', 'Deadline']],
        [['2026-10-12', '2026-10-12']],
        [['2028-03-31', 'Phase 1']],
        [[null, 'Deadline']],
        [['2027-03-31', '2026-11-30']],
      ])
      expect(problems.map(({ row }) => row)).toEqual([9])
    })

    test('r17: every form of the day', async () => {
      const plan = await readCase('r17-dates-not-read.csv')
      expect(datesOf(plan)).toEqual([
        ...Array.from({ length: 6 }, () => '2027-03-31'),
        ...['2027-12-31', '2027-06-30'],
      ])
    })
  })
