import { describe, expect, test } from '@jest/globals'
import { renderChartSvg } from '../../../src/base/charts/render-svg.ts'
import { buildTrendChart } from '../../../src/domain/digests/chart-data.ts'
import { delivery } from '../../../src/domain/scheme/schemes.ts'
import { digest, earlier, quarter, shown, w17 } from '../../domain/digests/sample-charts.ts'

/** The texts of a picture, in their order. */
const textsIn = (svg: string) =>
  Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, text = '']) => text)

test('the chart of a paper has its months alone: days, letters and figures, and a legend with words', () => {
  const chart = buildTrendChart(digest([[1, 3, 4]]), [earlier('2017-01-31', [0, 5, 3])])
  if (!chart) throw new Error('There is nothing to show.')
  const texts = textsIn(renderChartSvg(chart))
  expect(texts.slice(0, -3)).toEqual(
    expect.arrayContaining([
      ...['Projects by rating, month by month', 'Tue 31 Jan 2017 to Fri 24 Feb 2017'],
      ...['31 Jan', '24 Feb', 'A', 'G', '5', '3', '4'],
    ]),
  )
  expect(texts).toEqual(expect.arrayContaining(['R Red 1', 'A Amber 3', 'G Green 4']))
})

describe('a chart', () => {
  test('has a title and a date', () => {
    const texts = textsIn(renderChartSvg(shown(w17, quarter)))
    expect(texts).toContain('Better Together')
    expect(texts).toContain('47 projects as at Fri 24 Feb 2017')
    expect(texts).toContain('The last 12 rounds')
    expect(texts).toContain('Fri 9 Dec 2016 to Fri 24 Feb 2017')
  })

  test('has a letter and a figure in every segment, and a legend with words', () => {
    const texts = textsIn(renderChartSvg(shown(digest([[1, 3, 4]]))))
    expect(texts).toEqual(expect.arrayContaining(['R 1', 'A 3', 'G 4']))
    expect(texts).toEqual(expect.arrayContaining(['R Red 1', 'A Amber 3', 'G Green 4']))
  })

  test('has the figures after the name where a segment is too narrow for them', () => {
    const texts = textsIn(renderChartSvg(shown(digest([[1, 3, 96]]))))
    expect(texts).toContain('R 1  A 3  G 96')
    expect(texts).toContain('G 96')
    expect(texts).not.toContain('R 1')
  })

  test('says that a workstream has no live project', () => {
    expect(textsIn(renderChartSvg(shown(digest([[1, 0, 0], []]))))).toContain('no live project')
  })

  test('shows no trend of one round', () => {
    const texts = textsIn(renderChartSvg(shown(w17)))
    expect(texts.some((text) => text.startsWith('The last'))).toBe(false)
  })

  test('uses the labels of its scheme', () => {
    const texts = textsIn(renderChartSvg(shown(digest([[1, 2, 3, 4, 5]], { scheme: delivery }))))
    expect(texts).toContain('M Missed deadline/Major issues 1')
    expect(texts).toContain('P Possibility of missing deadlines 2')
    expect(texts).toContain('C Completed 4')
    expect(texts).toContain('○ Not rated 5')
  })

  test('is the same for the same data', () => {
    const withoutIds = (svg: string) => svg.replace(/zr\d+-\w+(-\d+)?/g, '')
    const draw = () => withoutIds(renderChartSvg(shown(w17, quarter)))
    expect(draw()).toBe(draw())
  })

  test('shows titles as they are written, within its width', () => {
    const hostile = '</text><script>alert(1)</script> & "q" \u0000\u0008 {a|b} مرحبا '
    const svg = renderChartSvg(shown(digest([[1, 1, 1]], { title: hostile.repeat(5) })))
    expect(svg).not.toContain('<script')
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for them.
    expect(svg).not.toMatch(/[\u0000-\u0008]/)
    expect(Math.max(...textsIn(svg).map((text) => text.length))).toBeLessThan(80)
  })

  test('grows with its workstreams, up to two screens', () => {
    const heightOf = (count: number) => {
      const data = shown(digest(Array.from({ length: count }, () => [1, 1, 1])), quarter)
      return Number(/height="(\d+)"/.exec(renderChartSvg(data))?.[1])
    }
    expect(heightOf(8)).toBeGreaterThan(heightOf(2))
    expect(heightOf(40)).toBe(heightOf(10))
    expect(heightOf(10)).toBeLessThan(1050)
  })

  test('draws stacks of the same number of projects at the same height', () => {
    const rounds = [earlier('2017-02-17', [0, 0, 4])]
    expect(textsIn(renderChartSvg(shown(digest([[4, 0, 0]]), rounds)))).toEqual(
      expect.arrayContaining(['The last 2 rounds', 'R 4']),
    )
  })
})
