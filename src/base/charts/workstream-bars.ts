import type { ChartData, StateCounts, StateStyle } from './chart.ts'
import {
  bodyFont,
  figureFont,
  innerWidth,
  labelStyle,
  largestTotal,
  segmentStyle,
  sideMargin,
  textElement,
  width,
} from './elements.ts'
import { textWidth, truncateToWidth } from './text-metrics.ts'

/** Heights in one workstream's row: its name, its bar, and the gap below. */
const nameHeight = 25
const barWidth = 29
const rowGap = 9
const rowHeight = nameHeight + barWidth + rowGap

export function rowsHeight({ workstreams }: ChartData): number {
  return workstreams.length * rowHeight
}

/** The axes of the workstreams' bars. `top`: the top of the first name. */
export function rowAxes(data: ChartData, top: number) {
  const { workstreams } = data
  const most = largestTotal(workstreams.map(({ counts }) => counts))
  return {
    grid: {
      left: sideMargin,
      right: sideMargin,
      top: top + (nameHeight - rowGap) / 2,
      height: rowsHeight(data),
    },
    xAxis: { type: 'value', max: most, show: false },
    yAxis: { type: 'category', inverse: true, data: workstreams.map((_, at) => at), show: false },
  }
}

export function rowBars({ styles, workstreams }: ChartData) {
  return styles.map((look) => ({
    type: 'bar',
    name: look.label,
    stack: 'workstreams',
    barWidth,
    itemStyle: segmentStyle(look),
    label: {
      ...labelStyle(look, 4),
      formatter: ({ value }: { readonly value: number }) => formatFigure(look, value),
    },
    data: workstreams.map(({ counts }) => {
      const count = counts[look.state] ?? 0
      return { value: count || null, label: { show: isFigureShown(look, count, workstreams) } }
    }),
  }))
}

/** The name above each bar; where a segment is too narrow for its figure, all figures follow the name. */
export function rowTexts({ styles, workstreams }: ChartData, top: number) {
  return workstreams.flatMap(({ name, counts }, at) => {
    const y = top + at * rowHeight
    const beside = formatFiguresBesideName(styles, counts, workstreams)
    if (beside === '')
      return [
        textElement({ x: sideMargin, y }, truncateToWidth(name, bodyFont, innerWidth), bodyFont),
      ]
    const room = innerWidth - textWidth(beside, figureFont) - 12
    return [
      textElement({ x: sideMargin, y }, truncateToWidth(name, bodyFont, room), bodyFont),
      textElement({ x: width - sideMargin, y }, beside, figureFont, 'right'),
    ]
  })
}

function formatFiguresBesideName(
  looks: readonly StateStyle[],
  counts: StateCounts,
  workstreams: ChartData['workstreams'],
): string {
  const segments = looks.flatMap((look) => {
    const count = counts[look.state] ?? 0
    return count > 0 ? [{ look, count }] : []
  })
  if (segments.length === 0) return 'no live project'
  if (segments.every(({ look, count }) => isFigureShown(look, count, workstreams))) return ''
  return segments.map(({ look, count }) => formatFigure(look, count)).join('  ')
}

/** "R 8" */
function formatFigure({ mark }: StateStyle, count: number): string {
  return `${mark} ${count}`
}

function isFigureShown(
  look: StateStyle,
  count: number,
  workstreams: ChartData['workstreams'],
): boolean {
  const each = innerWidth / largestTotal(workstreams.map(({ counts }) => counts))
  return count > 0 && textWidth(formatFigure(look, count), figureFont) + 6 <= count * each
}
