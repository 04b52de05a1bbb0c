import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { readSheet } from '../../../../src/base/sheets/read-sheet.ts'
import { brag, delivery, rag, type Scheme } from '../../../../src/domain/scheme/schemes.ts'
import {
  type ParseOptions,
  type PlanParseResult,
  parsePlan,
} from '../../../../src/features/imports/parse-plan.ts'
import { workbook } from '../../../base/sheets/workbook-builder.ts'

async function sample(
  name: string,
  asOf: string,
  scheme: Scheme = rag,
  how: ParseOptions = {},
): Promise<PlanParseResult> {
  const bytes = readFileSync(new URL(`../samples/${name}`, import.meta.url))
  return parsePlan(await readSheet(bytes, name), civilDate(asOf), scheme, how)
}

const said = (notes: PlanParseResult['warnings']) =>
  notes.map(({ row, message }) => `${row} ${message}`)

test('an action plan without priorities and ratings needs no answer; lines of their own are its parts', async () => {
  const text = `Ref,Action,Owner,Timescale,Outcome
Priority 1: Safe homes,,,,
1.1,Inspect all,Lee Moss,End Jan 2027,Safer
Priority 2: Good schools,,,,
2.1,Visit each,Kim Ash,End Mar 2027,Better

Printed on 29 November 2026,,,,`
  const plan = parsePlan(await readSheet(Buffer.from(text), 'a.csv'), civilDate('2026-11-29'), rag)
  expect(plan.headings.sheetFormat.key).toBe('action-plan')
  expect(plan.workstreams.map(({ title }) => title)).toEqual(['Safe homes', 'Good schools'])
  expect(plan.projects.map(({ ref, workstreamRef }) => [ref, workstreamRef])).toEqual([
    ['1.1', '1'],
    ['2.1', '2'],
  ])
  expect(plan.problems).toEqual([])
})

describe('an action plan', () => {
  const read = () => sample('harbour-action-plan.csv', '2018-05-04', brag)

  test('is recognised by its headings, keeps every cell and has no problem', async () => {
    const plan = await read()
    expect(plan.headings.sheetFormat.key).toBe('action-plan')
    expect([plan.unreadCells, plan.problems]).toEqual([[], []])
    expect(plan.counts).toMatchObject({
      workstreams: 2,
      projects: 5,
      milestones: 7,
      states: { red: 0, amber: 1, green: 1, blue: 1, blank: 2 },
      measures: 2,
      outcomes: 3,
      recommendations: 4,
    })
  })

  test('its priorities are workstreams, its actions are numbered within them', async () => {
    const { workstreams, projects } = await read()
    expect(workstreams.map(({ ref, title }) => `${ref} ${title}`)).toEqual([
      '1 Keep the harbour safe',
      '2 Welcome visitors',
    ])
    expect(projects.map(({ ref, section }) => `${ref} ${section ?? '-'}`)).toEqual([
      '1.1 -',
      '1.2 -',
      '2.1 A. Arriving',
      '2.2 B. Staying',
      '2.3 B. Staying',
    ])
  })

  test('"/" separates owners, "and" and commas do not; an action may have several recommendations', async () => {
    const { projects } = await read()
    expect(projects.map(({ leads }) => leads)).toEqual([
      ['Harbour Master', 'Head of Engineering'],
      ['Manager Safety, Training and Response'],
      ['Visitor Manager', 'Head of Engineering'],
      ['Visitor Manager'],
      ['Chair of the Moorings Board'],
    ])
    expect(projects.map(({ recommendations }) => recommendations)).toEqual([
      ['1'],
      ['2', '3'],
      ['1', '2', '3'],
      [],
      ['4'],
    ])
  })

  test('each part of a deadline is a milestone of its part of the action', async () => {
    const { projects, warnings } = await read()
    const dated = projects.map(({ milestones }) => milestones.map(({ about, due }) => [about, due]))
    expect(dated).toEqual([
      [
        ['Survey every light', '2018-05-31'],
        ['Replace those that fail', '2018-09-30'],
      ],
      [['Deadline for Completion', '2018-06-01']],
      [
        ['Designs', '2018-06-30'],
        ['Signs up', '2019-03-31'],
      ],
      [['Incremental', '2019-03-31']],
      [['Deadline for Completion', null]],
    ])
    expect(said(warnings)).toEqual(['6 2.3: no date in “To be confirmed”.'])
  })

  test('a repeated measure or outcome is one, linked to both actions', async () => {
    const { measures, projects, outcomes } = await read()
    expect(measures.map(({ title, projects: refs }) => [title, refs])).toEqual([
      ['95% of lights work on any night by April 2019', ['1.1', '2.1']],
      ['All lights are inspected twice a year', ['1.1']],
    ])
    expect(outcomes).toEqual([
      'Boats come home safely after dark',
      'Visitors find their way',
      'Visitors come again',
    ])
    expect(projects.map((project) => project.outcomes.length)).toEqual([1, 1, 2, 1, 0])
  })

  test('an action keeps its number when rows are moved or reworded, and a new one gets the next', async () => {
    const first = await read()
    const text = readFileSync(
      new URL('../samples/harbour-action-plan.csv', import.meta.url),
      'utf8',
    )
    const moved = text
      .replace('Agree who answers a call at night', 'Agree who answers every call at night')
      .replace(
        '2. Welcome visitors,B. Staying,,Open',
        '2. Welcome visitors,A. Arriving,,Sell maps,Visitor Manager,,1 May 2018,,,,\n2. Welcome visitors,B. Staying,,Open',
      )
    const again = parsePlan(
      await readSheet(Buffer.from(moved), 'a.csv'),
      civilDate('2018-05-11'),
      brag,
      { storedPlan: first },
    )
    expect(again.projects.map(({ ref, title }) => `${ref} ${title.slice(0, 16)}`)).toEqual([
      '1.1 Renew the lights',
      '1.2 Agree who answer',
      '2.1 Put up signs tha',
      '2.4 Sell maps',
      '2.2 Open the showers',
      '2.3 Review the moori',
    ])
  })
})

describe('a KPI table', () => {
  const read = () => sample('harbour-kpis.tsv', '2018-11-20')

  test('is recognised by two rows of headings; tables may be stacked, each under its title', async () => {
    const { headings, workstreams, measures, unreadCells, problems } = await read()
    expect(headings.sheetFormat.key).toBe('kpi-table')
    expect([unreadCells, problems]).toEqual([[], []])
    expect(workstreams.map(({ title }) => title)).toEqual(['Lights', 'Visitors'])
    expect(measures.map((one) => `${one.workstreamRef} ${one.kind} ${one.title}`)).toEqual([
      '1 kpi Share of lights that work',
      '1 kpi Lights out for more than a week',
      '1 kpi Hours of darkness on the pier',
      '1 quality Inspections find the log complete',
      '2 kpi Visitors who would come again',
      '2 feedback Visitors say that they felt welcome',
    ])
  })

  test('months without a year are the latest that have begun, and it is said', async () => {
    const rows = ['Measure,Target,Jan,Feb 2026,Dec', 'A rate,90%,81%,82%,83%'].join('\n')
    const sheet = await readSheet(Buffer.from(rows), 'kpis.csv')
    const { measures, warnings } = parsePlan(sheet, civilDate('2026-11-29'), rag)
    const days = measures[0]?.readings.map(({ forDay }) => forDay)
    expect(days).toEqual(['2026-01-31', '2026-02-28', '2025-12-31'])
    expect(warnings.map(({ message }) => message)).toEqual([
      'No year is given, so the latest that have begun are taken: “Jan” to Sat 31 Jan 2026 and “Dec” to Wed 31 Dec 2025. If others are meant, write the year into the heading.',
    ])
  })

  test('baseline, target and readings are kept as written, with the RAG and direction published', async () => {
    const { measures } = await read()
    expect(measures[0]).toMatchObject({
      polarity: 'increase',
      baseline: '80%',
      baselineState: 'amber',
      target: '95%',
      targetOn: '2019-03-31',
      readings: [
        {
          raw: '90%',
          declared: 'green',
          direction: 'Better',
          period: 'September 2018',
          forDay: '2018-09-30',
        },
      ],
    })
    expect(measures[2]).toMatchObject({ baseline: 'NYA', target: 'Align with the port plan' })
    expect(measures[3]).toMatchObject({
      frequency: 'Quarterly',
      method: 'Ten logs drawn at random',
      readings: [{ raw: 'Q2: eight of ten were complete', forDay: '2018-10-31' }],
    })
    expect(measures[4]).toMatchObject({ targetOn: '2018-08-31' })
  })

  test('a published RAG that differs from the rule is reported and kept', async () => {
    const { warnings } = await read()
    const texts = said(warnings).join('\n')
    expect(texts).toContain(
      '4 “Share of lights that work”: “90%” was published as Green, but the rule gives Amber, 5.3% short of the target. Both are kept.',
    )
    expect(texts).toContain(
      '5 “Lights out for more than a week”: published as better, but “12” after “10” is worse by the rule. Both are kept.',
    )
  })

  test('gives the same with one row of headings', async () => {
    const text =
      'Measure,Good is,Baseline,Target,Q1 2018/19,RAG,Q2 2018/19,RAG\nBoats seen,Increase,5,10,6,Red,8,Amber\n'
    const plan = parsePlan(
      await readSheet(Buffer.from(text), 'k.csv'),
      civilDate('2018-11-20'),
      rag,
    )
    expect(plan.measures[0]).toMatchObject({ baseline: '5', target: '10', baselineState: null })
    expect(plan.measures[0]?.readings).toMatchObject([
      { raw: '6', declared: 'red', forDay: '2018-06-30' },
      { raw: '8', declared: 'amber', forDay: '2018-09-30' },
    ])
  })
})

test.each([
  ['KPI,Apr-26,May-26,Target\nCalls,91%,90%,95%', null, ['2026-04-30', '2026-05-31']],
  ['KPI,Mar-26,Target,May-26\nCalls,91%,95%,90%', '91%', ['2026-05-31']],
  ['KPI,2025/26 outturn,Target,Q1\nCalls,91%,95%,90%', null, ['2026-03-31', '2026-06-30']],
  ['KPI,Baseline (Mar 2025),Target,Latest (Sep 2026)\nCalls,91%,95%,90%', '91%', ['2026-09-30']],
  ['KPI,Baseline,Target,Latest,As at\nCalls,91%,95%,90%,Sep 26', '91%', ['2026-09-30']],
  [
    'Key result,Start value,Target value,Current value,As at\nCalls,91%,95%,90%,30/09/2026',
    '91%',
    ['2026-09-30'],
  ],
])('figures of “%s”', async (text, baseline, days) => {
  const sheet = await readSheet(Buffer.from(text), 'k.csv')
  const { measures } = parsePlan(sheet, civilDate('2026-11-29'), rag)
  expect(measures[0]).toMatchObject({ baseline, target: '95%' })
  expect(measures[0]?.readings.map(({ forDay }) => forDay)).toEqual(days)
})

test('the target of a benefit has the day beside it', async () => {
  const text = 'Benefit,Baseline,Target,Target date,Latest\nSavings,£0,£1.2m,31/03/2028,£0.4m'
  const plan = parsePlan(await readSheet(Buffer.from(text), 'b.csv'), civilDate('2026-11-29'), rag)
  expect(plan.measures[0]).toMatchObject({ target: '£1.2m', targetOn: '2028-03-31' })
  expect(plan.problems).toEqual([])
})

describe('a milestone table', () => {
  const read = () => sample('harbour-milestones.csv', '2020-01-21', delivery)

  test('is recognised by its headings and keeps every cell', async () => {
    const plan = await read()
    expect(plan.headings.sheetFormat.key).toBe('milestone-table')
    expect([plan.unreadCells, plan.problems]).toEqual([[], []])
    expect(plan.counts).toMatchObject({ workstreams: 2, projects: 3, outcomes: 2, measures: 2 })
  })

  test('each paragraph is a milestone with its date and its state; a complete one is done', async () => {
    const { projects } = await read()
    const told = projects.map(({ ref, milestones }) => [
      ref,
      milestones.map(
        ({ about, due, state, doneOn }) => `${about} ${due} ${state ?? '-'} ${doneOn ?? '-'}`,
      ),
    ])
    expect(told).toEqual([
      [
        '1.1',
        [
          'Find ten boats. 2019-11-30 completed 2020-01-21',
          'Pilot with two schools. 2020-01-31 on-track -',
          'Open to every school. 2020-04-30 minor-issues -',
          'Report to the board. 2020-07-31 - -',
          'Report to the board. 2020-10-31 - -',
        ],
      ],
      [
        '1.2',
        [
          'Agree the talk with the crews. 2019-12-31 major-issues -',
          'Give it in every school. Summer campaign null - -',
        ],
      ],
      ['2.1', ['Visit each club once. 2021-03-31 - -']],
    ])
  })

  test('outcomes and measures are shared between projects', async () => {
    const { projects, measures } = await read()
    expect(projects[1]?.outcomes).toEqual(projects[2]?.outcomes)
    expect(measures[0]?.projects).toEqual(['1.1', '1.2'])
    expect(projects[0]?.leads).toEqual(['Ines Calder'])
  })
})

describe('a list of themes with commitments', () => {
  test('a theme is a workstream, a commitment a project, its future dates are milestones', async () => {
    const plan = await sample('harbour-commitments.csv', '2016-08-15')
    expect(plan.headings.sheetFormat.key).toBe('commitments')
    expect(plan.unreadCells).toEqual([])
    const told = plan.projects.map(({ ref, milestones }) => [ref, milestones.map(({ due }) => due)])
    expect(told).toEqual([
      ['1.1', []],
      ['1.2', ['2016-09-30', '2017-04-30']],
      ['1.3', []],
      ['2.1', ['2016-10-31']],
    ])
    expect(said(plan.warnings)).toEqual([
      '2 “New charts were printed in May 2016.” names Tue 31 May 2016, before the as-at day: no milestone was made of it. If it is a deadline, put it into a column By when.',
    ])
  })
})

describe('headings', () => {
  const plan = 'Step,Who,By when,Aside\nDig,Ada Quill,1 May 2018,x\n'
  const read = async (text: string, how: ParseOptions = {}) =>
    parsePlan(await readSheet(Buffer.from(text), 'p.csv'), civilDate('2018-04-01'), rag, how)

  test('that Milepost does not know can be mapped', async () => {
    const mapping = { Step: 'title', who: 'leads', Aside: 'ignore' }
    const { projects, unreadCells, headings } = await read(plan, { mapping, shape: 'action-plan' })
    expect(projects[0]).toMatchObject({ title: 'Dig', leads: ['Ada Quill'] })
    expect(unreadCells).toEqual([])
    expect(headings.columnMappings.map(({ meaning }) => meaning)).toEqual([
      'title',
      'leads',
      'deadline',
      'ignore',
    ])
  })

  test('remembered from an earlier import count unless they are mapped again', async () => {
    const remembered = { Step: 'title', Who: 'commentary' }
    const { projects } = await read(plan, { savedMapping: remembered, mapping: { Who: 'leads' } })
    expect(projects[0]).toMatchObject({ leads: ['Ada Quill'], commentary: '' })
  })

  test.each([
    [{ Stop: 'title' }, 'no column is headed “Stop”. The headings are: “Step”, “Who”'],
    [{ Step: 'tittle' }, 'no column is called “tittle”. Did you mean title?'],
  ])('%j is refused', async (mapping, message) => {
    await expect(read(plan, { mapping: { Step: 'title', ...mapping } })).rejects.toThrow(message)
  })

  test('an unknown format is refused with the list of formats', async () => {
    await expect(read(plan, { shape: 'gantt' })).rejects.toThrow(
      'There are: milepost, summary-sheet',
    )
  })

  test('a workbook gives the same plan', async () => {
    const rows = [
      ['Action', 'Owner', 'Deadline', 'Priority', 'BRAG'],
      ['Dig', 'Ada / Tom', { day: 43221 }, '1. Soil', 'G'],
    ]
    const sheet = await readSheet(workbook({ Plan: rows }), 'p.xlsx')
    const { projects, problems } = parsePlan(sheet, civilDate('2018-04-01'), brag)
    expect(problems).toEqual([])
    expect(projects[0]).toMatchObject({
      leads: ['Ada', 'Tom'],
      state: 'green',
      milestones: [{ due: '2018-05-01' }],
    })
  })
})
