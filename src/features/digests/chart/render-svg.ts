import { BarChart } from 'echarts/charts'
import { AriaComponent, GraphicComponent, GridComponent, LegendComponent } from 'echarts/components'
import { init, setPlatformAPI, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { fullDate } from '../../../base/dates.ts'
import { plural } from '../../../base/text.ts'
import type { PictureData } from './chart-data.ts'
import { heading, inner, side, text, width, words } from './elements.ts'
import { legend, legendHeight } from './legend.ts'
import { inTwoLines, type Lettering, widthOf } from './text-metrics.ts'
import { hasTrend, trendAxes, trendColumns, trendHeight, trendTexts } from './trend.ts'
import { rowAxes, rowBars, rowsHeight, rowTexts } from './workstream-bars.ts'

use([BarChart, GridComponent, GraphicComponent, LegendComponent, AriaComponent, SVGRenderer])
// Without a browser ECharts takes every font for one of Helvetica's widths.
setPlatformAPI({
  measureText: (said, cssFont = '') => ({ width: widthOf(said, letteringOf(cssFont)) }),
})

/** "bold 19px DejaVu Sans" */
function letteringOf(cssFont: string): Lettering {
  const [, size = '12'] = /([\d.]+)px/.exec(cssFont) ?? []
  return { size: Number(size), bold: cssFont.includes('bold') }
}

/** Draws what there is to show, as SVG. The same data give the same picture. */
export function pictureOf(data: PictureData): string {
  const legendTop = headingHeight(data)
  const rowsTop = legendTop + legendHeight(data) + 6
  const trendTop = rowsTop + rowsHeight(data)
  const height = Math.ceil(trendTop + trendHeight(data) + 6)
  const rows = rowAxes(data, rowsTop)
  const trend = hasTrend(data) ? [trendAxes(data, trendTop)] : []
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      aria: { enabled: true, decal: { show: true } },
      graphic: [...headingTexts(data), ...rowTexts(data, rowsTop), ...trendTexts(data, trendTop)],
      legend: legend(data, legendTop),
      grid: [rows, ...trend].map(({ grid }) => grid),
      xAxis: [rows, ...trend].map(({ xAxis }) => xAxis),
      yAxis: [rows, ...trend].map(({ yAxis }) => yAxis),
      series: [...rowBars(data), ...(hasTrend(data) ? trendColumns(data) : [])],
    })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

const headingLine = 30

function headingHeight({ programme }: PictureData): number {
  return 12 + inTwoLines(programme, heading, inner).length * headingLine + 38
}

function headingTexts({ programme, asAt, projects }: PictureData) {
  const lines = inTwoLines(programme, heading, inner)
  const below = 12 + lines.length * headingLine
  return [
    ...lines.map((said, at) => text({ x: side, y: 12 + at * headingLine }, said, heading)),
    text({ x: side, y: below }, `${plural(projects, 'project')} as at ${fullDate(asAt)}`, words),
  ]
}
