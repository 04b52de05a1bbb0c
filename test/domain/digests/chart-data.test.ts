import { describe, expect, test } from '@jest/globals'
import { chartAltText } from '../../../src/base/charts/alt-text.ts'
import { buildChartData, buildTrendChart } from '../../../src/domain/digests/chart-data.ts'
import { brag, delivery } from '../../../src/domain/scheme/schemes.ts'
import { digest, earlier, quarter, shown, w17 } from './sample-charts.ts'

describe('the data of a chart', () => {
  test('has the counts of the digest and of each workstream', () => {
    const data = shown(w17)
    expect(data.projects).toBe(47)
    expect(data.counts).toEqual({ red: 8, amber: 18, green: 21 })
    expect(data.workstreams).toHaveLength(8)
    expect(data.workstreams[1]).toEqual({
      name: '2 Workstream 2',
      counts: { red: 3, green: 4 },
    })
    expect(data.rounds).toEqual([{ asAt: '2017-02-24', counts: data.counts }])
  })

  test('is empty for a digest without projects', () => {
    expect(buildChartData(digest([]), [])).toBeUndefined()
    expect(buildChartData(digest([[0, 0, 0]]), [])).toBeUndefined()
  })

  test('has the last twelve rounds, this one last', () => {
    const { rounds } = shown(w17, quarter)
    expect(rounds).toHaveLength(12)
    expect(rounds[0]?.asAt).toBe('2016-12-09')
    expect(rounds.at(-1)).toMatchObject({ asAt: '2017-02-24', counts: { red: 8 } })
  })

  test('leaves out rounds rated on another scale, and those of the same day or later', () => {
    const before = [
      earlier('2017-02-10', [1, 2, 3, 4], brag),
      earlier('2017-02-17', [9, 18, 20]),
      earlier('2017-02-24', [1, 1, 1]),
      earlier('2017-03-03', [1, 1, 1]),
    ]
    expect(shown(w17, before).rounds.map(({ asAt }) => asAt)).toEqual(['2017-02-17', '2017-02-24'])
  })

  test('has the whole scale, and “not rated” only where a project is not rated', () => {
    expect(shown(digest([[0, 0, 1]])).styles.map(({ mark }) => mark)).toEqual(['R', 'A', 'G'])
    const unrated = shown(digest([[0, 0, 1]]), [earlier('2017-02-17', [0, 0, 0, 1])])
    expect(unrated.styles.map(({ mark }) => mark)).toEqual(['R', 'A', 'G', '○'])
  })

  test('joins the workstreams for which there is no room, never those with the most Reds', () => {
    const many = Array.from({ length: 14 }, (_, at) => [at === 12 ? 2 : 0, 1, 1])
    const { workstreams } = shown(digest(many))
    expect(workstreams).toHaveLength(10)
    expect(workstreams.at(-2)?.name).toBe('13 Workstream 13')
    expect(workstreams.at(-1)).toEqual({
      name: '5 other workstreams together',
      counts: { amber: 5, green: 5 },
    })
  })
})

test('a chart of months leaves out those on another scale; one month alone is none', () => {
  const [first, other] = [earlier('2017-01-31', [2, 3, 3]), earlier('2016-12-31', [1, 2], brag)]
  expect(buildTrendChart(w17, [other, first])?.rounds.map(({ asAt }) => asAt)).toEqual([
    '2017-01-31',
    '2017-02-24',
  ])
  expect(buildTrendChart(w17, [other])).toBeUndefined()
})

describe('its alternative text', () => {
  test('has every figure', () => {
    const data = shown(digest([[1, 3, 4], [0, 0, 0, 2], []]), [earlier('2017-02-17', [2, 3, 3])])
    expect(chartAltText(data)).toBe(
      'A picture of Better Together as at Fri 24 Feb 2017, 10 projects: Red 1, Amber 3, Green 4, Not rated 2. ' +
        'By workstream: 1 Workstream 1: Red 1, Amber 3, Green 4; 2 Workstream 2: Not rated 2; 3 Workstream 3: no live project. ' +
        'Over the last 2 rounds: Fri 17 Feb 2017: Red 2, Amber 3, Green 3; Fri 24 Feb 2017: Red 1, Amber 3, Green 4, Not rated 2.',
    )
  })

  test('is within Slack’s limit, whatever the scheme, the titles and the number of rounds', () => {
    const title = 'A programme with a very long title '.repeat(9)
    const workstreams = Array.from({ length: 30 }, () => [111, 222, 333, 444, 555])
    const rounds = quarter.map(({ asAt }) => earlier(asAt, [111, 222, 333, 444, 555], delivery))
    const alt = chartAltText(shown(digest(workstreams, { title, scheme: delivery }), rounds))
    expect(alt.length).toBeLessThanOrEqual(2000)
  })
})
