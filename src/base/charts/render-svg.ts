import { BarChart } from 'echarts/charts'
import { AriaComponent, GraphicComponent, GridComponent, LegendComponent } from 'echarts/components'
import { init, setPlatformAPI, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { fullDate } from '../dates.ts'
import { plural } from '../text.ts'
import type { ChartData, TrendChart } from './chart.ts'
import { bodyFont, headingFont, innerWidth, sideMargin, textElement, width } from './elements.ts'
import { legend, legendHeight } from './legend.ts'
import { type FontStyle, textWidth, wrapInTwoLines } from './text-metrics.ts'
import {
  daysHeight,
  hasTrend,
  trendAxes,
  trendColumns,
  trendDays,
  trendHeight,
  trendTexts,
} from './trend.ts'
import { rowAxes, rowBars, rowsHeight, rowTexts } from './workstream-bars.ts'

use([BarChart, GridComponent, GraphicComponent, LegendComponent, AriaComponent, SVGRenderer])
// Without a browser ECharts measures every font as if it were Helvetica.
setPlatformAPI({
  measureText: (text, cssFont = '') => ({ width: textWidth(text, parseCssFont(cssFont)) }),
})

/** "bold 19px DejaVu Sans" */
function parseCssFont(cssFont: string): FontStyle {
  const [, size = '12'] = /([\d.]+)px/.exec(cssFont) ?? []
  return { size: Number(size), bold: cssFont.includes('bold') }
}

/** Draws a chart as SVG. The same data give the same drawing. */
export function renderChartSvg(data: ChartData | TrendChart): string {
  return 'workstreams' in data ? renderDigestSvg(data) : renderTrendSvg(data)
}

function renderDigestSvg(data: ChartData): string {
  const legendTop = headingHeight(data)
  const rowsTop = legendTop + legendHeight(data) + 6
  const trendTop = rowsTop + rowsHeight(data)
  const height = Math.ceil(trendTop + trendHeight(data) + 6)
  const rows = rowAxes(data, rowsTop)
  const trend = hasTrend(data) ? [trendAxes(data, trendTop, 1)] : []
  const trendTitle = `The last ${data.rounds.length} rounds`
  return drawSvg(height, {
    graphic: [
      ...headingTexts(data),
      ...rowTexts(data, rowsTop),
      ...trendTexts(data, trendTitle, trendTop),
    ],
    legend: legend(data, legendTop),
    grid: [rows, ...trend].map(({ grid }) => grid),
    xAxis: [rows, ...trend].map(({ xAxis }) => xAxis),
    yAxis: [rows, ...trend].map(({ yAxis }) => yAxis),
    series: [...rowBars(data), ...(hasTrend(data) ? trendColumns(data, 1) : [])],
  })
}

/** The columns with their days, and below them the legend with the figures of the last one. */
function renderTrendSvg(chart: TrendChart): string {
  const counted = { styles: chart.styles, counts: chart.rounds.at(-1)?.counts ?? {} }
  const legendTop = trendHeight(chart) + daysHeight
  return drawSvg(Math.ceil(legendTop + legendHeight(counted) + 6), {
    graphic: [...trendTexts(chart, chart.title, 0), ...trendDays(chart, 0)],
    legend: legend(counted, legendTop),
    ...trendAxes(chart, 0, 0),
    series: trendColumns(chart, 0),
  })
}

function drawSvg(height: number, parts: object): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      aria: { enabled: true, decal: { show: true } },
      ...parts,
    })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

const headingLineHeight = 30

function headingHeight({ programme }: ChartData): number {
  return 12 + wrapInTwoLines(programme, headingFont, innerWidth).length * headingLineHeight + 38
}

function headingTexts({ programme, asAt, projects }: ChartData) {
  const lines = wrapInTwoLines(programme, headingFont, innerWidth)
  const below = 12 + lines.length * headingLineHeight
  return [
    ...lines.map((line, at) =>
      textElement({ x: sideMargin, y: 12 + at * headingLineHeight }, line, headingFont),
    ),
    textElement(
      { x: sideMargin, y: below },
      `${plural(projects, 'project')} as at ${fullDate(asAt)}`,
      bodyFont,
    ),
  ]
}
