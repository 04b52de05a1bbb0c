/**
 * `npm run bench -- drawing`: what reading a plan and making a digest cost by the plan's age and by its size, drawn into
 * docs/pictures/cost.svg. The same figures are printed, for those who do not see the drawing.
 */
import { writeFileSync } from 'node:fs'
import { LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Child } from './child-process.ts'
import { short, table } from './figures.ts'
import { Timing } from './messages.ts'

use([LineChart, GridComponent, LegendComponent, TitleComponent, AriaComponent, SVGRenderer])

const lines = [
  {
    about: 'plan',
    name: 'all of the history',
    symbol: 'triangle',
    color: '#9b1c1c',
    dash: 'solid',
  },
  { about: 'standing', name: 'as it stands', symbol: 'circle', color: '#1e3a5f', dash: 'dashed' },
  { about: 'digest', name: 'a digest', symbol: 'rect', color: '#4d5b00', dash: 'dotted' },
] as const

interface Axis {
  readonly title: string
  readonly unit: string
  readonly values: readonly number[]
  /** Projects and weeks. */
  readonly sizeAt: (value: number) => readonly [number, number]
}

const axes: readonly Axis[] = [
  {
    title: 'By age: 200 projects',
    unit: 'years of weekly updates',
    values: [0, 1, 2, 5, 10],
    sizeAt: (years) => [200, Math.max(1, years * 52)],
  },
  {
    title: 'By size: a year of weekly updates',
    unit: 'projects',
    values: [50, 100, 200, 500, 1000],
    sizeAt: (projects) => [projects, 52],
  },
]

interface Measured {
  readonly axis: Axis
  /** Milliseconds, by line and then by value. */
  readonly series: readonly (readonly number[])[]
}

/** Measures, draws into `file` and gives the figures as a table. */
export async function drawingOf(child: Child, file: URL): Promise<string> {
  const measured: Measured[] = []
  for (const axis of axes) {
    const series: number[][] = lines.map(() => [])
    for (const value of axis.values) {
      const [of, and] = axis.sizeAt(value)
      for (const [at, { about }] of lines.entries()) {
        const { milliseconds } = await child.ask({ about, of, and }, Timing)
        series[at]?.push(milliseconds)
      }
    }
    measured.push({ axis, series })
  }
  writeFileSync(file, drawn(measured))
  return measured.map(tableOf).join('\n\n')
}

const tableOf = ({ axis, series }: Measured): string =>
  table(
    [axis.unit, ...lines.map(({ name }) => `${name}, ms`)],
    axis.values.map((value, at) => [
      value.toLocaleString('en-GB'),
      ...series.map((timings) => short(timings[at] ?? Number.NaN)),
    ]),
  )

const panel = { width: 420, gap: 90, top: 90, height: 250 }

function drawn(measured: readonly Measured[]): string {
  const width = 2 * panel.width + 2 * panel.gap
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: 430 })
  const leftOf = (at: number) => 70 + at * (panel.width + panel.gap)
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      textStyle: { fontFamily: 'sans-serif', fontSize: 13, color: '#1a1a1a' },
      aria: { enabled: true },
      legend: { bottom: 4, itemGap: 50, data: lines.map(({ name }) => name) },
      title: measured.map(({ axis }, at) => ({
        ...{ text: axis.title, left: leftOf(at), top: 10 },
        textStyle: { fontSize: 15, color: '#1a1a1a' },
      })),
      grid: measured.map((_, at) => ({
        ...{ left: leftOf(at), width: panel.width, top: panel.top - 20, height: panel.height },
      })),
      xAxis: measured.map(({ axis }, gridIndex) => ({
        ...{ gridIndex, type: 'value', name: axis.unit, nameLocation: 'middle', nameGap: 28 },
        splitLine: { show: false },
      })),
      yAxis: measured.map((_, gridIndex) => ({ gridIndex, type: 'value', name: 'ms' })),
      series: measured.flatMap(({ axis, series }, at) =>
        lines.map(({ name, symbol, color, dash }, line) => ({
          ...{ type: 'line', name, symbol, symbolSize: 8, xAxisIndex: at, yAxisIndex: at },
          ...{ itemStyle: { color }, lineStyle: { color, type: dash, width: 2 } },
          data: axis.values.map((value, nth) => [value, series[line]?.[nth] ?? null]),
        })),
      ),
    })
    return titled(chart.renderToSVGString())
  } finally {
    chart.dispose()
  }
}

/** With a title for screen readers, and without the styles for a pointer, which a picture in a page does not have. */
function titled(svg: string): string {
  const title =
    'What reading a plan and making a digest cost, by the age of the plan and by its size'
  return svg
    .replace(/<style\s*>.*?<\/style>/s, '')
    .replace(/^<svg [^>]*>/, (start) => `${start}\n<title>${title}</title>`)
}
