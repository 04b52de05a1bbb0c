import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { readSheet } from '../../../../src/base/sheets/read-sheet.ts'
import { brag, delivery, rag, type Scheme } from '../../../../src/domain/scheme/schemes.ts'
import { type PlanParseResult, parsePlan } from '../../../../src/features/imports/parse-plan.ts'

/** The documents beside the project, and their tables cut out by their lines. */
const shared = (path: string) => new URL(`../../../../../shared/${path}`, import.meta.url)
const documents = {
  som: shared('plans/somerset-2018.csv'),
  wol: shared('seeds/002_a86eb65b4c0fdceb.txt'),
  w20: shared('seeds/003_0d3c9f293fcada1f.txt'),
  cum: shared('seeds/004_9b572d7a7401cd38.txt'),
}
const isThere = Object.values(documents).every((file) => existsSync(file))

const linesOf = (file: URL) => readFileSync(file, 'utf8').split('\n')

async function read(text: string, asOf: string, scheme: Scheme): Promise<PlanParseResult> {
  return parsePlan(await readSheet(Buffer.from(text), 'table'), civilDate(asOf), scheme)
}

test.each([
  ['harbour-action-plan.csv', 'action-plan', brag, '2018-05-04', { projects: 5, milestones: 7 }],
  ['harbour-kpis.tsv', 'kpi-table', rag, '2018-11-20', { measures: 6, readings: 6 }],
  [
    'harbour-milestones.csv',
    'milestone-table',
    delivery,
    '2020-01-21',
    { projects: 3, milestones: 8 },
  ],
  ['harbour-commitments.csv', 'commitments', rag, '2016-08-15', { projects: 4, milestones: 3 }],
] as const)(
  '%s, in the format of a published one, is parsed whole as %s',
  async (name, key, scheme, asOf, counts) => {
    const file = new URL(`../samples/${name}`, import.meta.url)
    const plan = await read(readFileSync(file, 'utf8'), asOf, scheme)
    expect(plan.headings.sheetFormat.key).toBe(key)
    expect([plan.unreadCells, plan.problems]).toEqual([[], []])
    expect(plan.counts).toMatchObject(counts)
  },
)

if (!isThere) {
  console.warn('NOT RUN: the published SOM, WOL, W20 and CUM are not beside the project (shared).')
} else {
  describe('the published SOM action plan', () => {
    const plan = () => read(readFileSync(documents.som, 'utf8'), '2018-05-04', brag)

    test('gives 28 actions, 5 8 9 2 4 by priority, all unrated, and keeps every cell', async () => {
      const { workstreams, projects, counts, unreadCells, problems, warnings } = await plan()
      expect(
        workstreams.map(({ ref }) => projects.filter((one) => one.workstreamRef === ref).length),
      ).toEqual([5, 8, 9, 2, 4])
      expect(counts).toMatchObject({ projects: 28, states: { blank: 28 }, recommendations: 13 })
      expect([unreadCells, problems, warnings]).toEqual([[], [], []])
    })

    test('keeps joint owners, sections, several recommendations and deadlines in parts', async () => {
      const { projects } = await plan()
      const of = (ref: string) => projects.find((one) => one.ref === ref)
      expect(of('3.5')?.leads).toHaveLength(3)
      expect(of('1.3')).toMatchObject({
        leads: ['Strategic Manager Partnerships, Audit and Quality'],
        recommendations: ['2', '3'],
      })
      expect(of('2.7')).toMatchObject({
        section: 'B. Placement stability',
        recommendations: ['1', '2', '3'],
      })
      expect(of('1.1')?.milestones.map(({ due }) => due)).toEqual([
        '2018-05-31',
        '2018-06-01',
        '2018-06-01',
      ])
      expect(of('5.2')?.milestones.map(({ about, due }) => `${about} ${due}`)).toEqual([
        'Local Offer 2018-09-30',
        'Survey completed 2019-03-31',
      ])
    })
  })

  describe("CUM's tables", () => {
    const lines = linesOf(documents.cum).filter((line, at) => {
      return at > 320 && at < 470 && (line.includes('\t') || line.startsWith('# '))
    })
    const plan = () => read(lines.join('\n'), '2018-11-20', rag)

    test('give their KPIs, quality and feedback measures by workstream, and keep every cell', async () => {
      const { workstreams, measures, unreadCells, problems } = await plan()
      expect([unreadCells, problems]).toEqual([[], []])
      const counts = workstreams.map(({ ref, title }) => {
        const own = measures.filter(({ workstreamRef }) => workstreamRef === ref)
        const of = (kind: string) => own.filter((one) => one.kind === kind).length
        return [title, of('kpi'), of('quality'), of('feedback')]
      })
      expect(counts).toEqual([
        ['CSE', 9, 1, 2],
        ['EET opportunities for CLA', 5, 1, 1],
        ['Management Oversight', 8, 2, 2],
      ])
    })

    test('keep values that are no numbers as written, and the published RAG', async () => {
      const { measures, warnings } = await plan()
      const of = (start: string) => measures.find(({ title }) => title.startsWith(start))
      expect(of('Number of offers')).toMatchObject({
        ...{ baseline: 'N/A', target: 'Align with CPDP target' },
        readings: [{ raw: 'NYA', declared: 'not-applicable', period: 'September 2018' }],
      })
      expect(of('CLA aged 16+')).toMatchObject({
        baseline: '41% (tbc by PC)',
        baselineState: 'red',
      })
      expect(of('Number/rate of children')).toMatchObject({
        baseline: '66 (611)',
        target: '56 (519)',
      })
      expect(of('Percentage of audits')).toMatchObject({ targetOn: '2018-09-30' })
      const texts = warnings.map(({ message }) => message).join('\n')
      expect(texts).toContain(
        '“58.6%” was published as Green, but the rule gives Amber, 9.8% short of the target',
      )
    })
  })

  describe("W20's level-2 tables", () => {
    const lines = linesOf(documents.w20)

    test('with all milestones of a project in one cell', async () => {
      const text = lines.slice(607, 613).join('\n')
      const { projects, outcomes, measures, unreadCells, problems } = await read(
        text,
        '2020-01-21',
        delivery,
      )
      expect([unreadCells, problems]).toEqual([[], []])
      expect([outcomes.length, measures.length]).toEqual([5, 5])
      expect(projects[0]?.milestones.map(({ due }) => due)).toEqual([
        ...['2019-11-30', '2020-01-31', null, '2020-04-30'],
      ])
      expect(projects[2]?.milestones.slice(0, 2).map(({ due }) => due)).toEqual([
        '2019-11-30',
        '2020-01-31',
      ])
    })

    test('with a row for each milestone, the project only in the first', async () => {
      const text = lines.slice(1048, 1078).join('\n')
      const { projects, unreadCells } = await read(text, '2020-01-21', delivery)
      expect(unreadCells).toEqual([])
      expect(projects.map(({ title }) => title)).toEqual([
        'Worcestershire Family Safeguarding (Innovation Project)',
        'Repeat Proceedings and Child Removals (Pause Project) (Innovation Project)',
      ])
      expect(
        projects[1]?.milestones.find(({ about }) => about.startsWith('Second Next Steps'))?.due,
      ).toBe('2024-09-30')
    })
  })

  test("WOL's themes with their commitments", async () => {
    const rows = [['Theme', 'Commitment']]
    for (const line of linesOf(documents.wol)) {
      const [, theme] = /^3\.4\.\d+ \**([^*]+?):?\**:?$/.exec(line.trim()) ?? []
      if (line.startsWith('3.5 ')) break
      if (theme) rows.push([theme.trim(), ''])
      else if (rows.length > 1 && line.startsWith('- ')) rows.push(['', line.slice(2)])
    }
    const quoted = (cell = '') => `"${cell.replaceAll('"', '""')}"`
    const text = rows.map((cells) => cells.map(quoted).join(',')).join('\n')
    const { workstreams, projects, unreadCells, problems } = await read(text, '2016-10-05', rag)
    expect([unreadCells, problems]).toEqual([[], []])
    expect(workstreams).toHaveLength(11)
    const hubs = projects.find(({ title }) => title.startsWith('Eight Strengthening Families Hubs'))
    expect(hubs?.milestones).toMatchObject([{ due: '2016-10-31' }])
  })
}
