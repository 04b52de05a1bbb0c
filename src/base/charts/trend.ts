import { type CivilDate, fullDate, plainDay } from '../dates.ts'
import type { ChartData, TrendRound } from './chart.ts'
import {
  bodyFont,
  dayFont,
  figureFont,
  innerWidth,
  labelStyle,
  largestTotal,
  segmentStyle,
  sideMargin,
  strokeStyle,
  textElement,
} from './elements.ts'

const columnsHeight = 150
/** Height of the title above the columns. */
const titleHeight = 66
/** Width of the letters beside the last column. */
const marksWidth = 26
const maxColumnPitch = 60

type Trend = Pick<ChartData, 'styles' | 'rounds'>

/** One round alone is no trend. */
export function hasTrend({ rounds }: Trend): boolean {
  return rounds.length > 1
}

export function trendHeight(data: Trend): number {
  return hasTrend(data) ? titleHeight + columnsHeight + 16 : 0
}

/** `grid`: its place among the grids of the drawing, from 0. */
export function trendAxes({ rounds }: Trend, top: number, grid: number) {
  const most = largestTotal(rounds.map(({ counts }) => counts))
  const wide = rounds.length * pitchOf(rounds)
  const at = { gridIndex: grid }
  return {
    grid: { left: sideMargin, width: wide, top: top + titleHeight, height: columnsHeight },
    xAxis: {
      ...{ type: 'category', ...at, data: rounds.map(({ asAt }) => asAt) },
      ...{
        axisTick: { show: false },
        axisLabel: { show: false },
        axisLine: { lineStyle: strokeStyle },
      },
    },
    yAxis: { type: 'value', ...at, max: most, show: false },
  }
}

export function trendColumns({ styles, rounds }: Trend, grid: number) {
  return styles.map((look) => ({
    type: 'bar',
    name: look.label,
    stack: 'rounds',
    xAxisIndex: grid,
    yAxisIndex: grid,
    barWidth: pitchOf(rounds) - 5,
    itemStyle: segmentStyle(look),
    label: labelStyle(look, 1),
    data: rounds.map(({ counts }) => {
      const count = counts[look.state] ?? 0
      return { value: count || null, label: { show: hasRoomForFigure(count, rounds) } }
    }),
  }))
}

/** The title of the columns, their first and last day, and the letters beside the last column. */
export function trendTexts({ styles, rounds }: Trend, title: string, top: number) {
  const [first, last] = [rounds[0], rounds.at(-1)]
  if (!first || !last || first === last) return []
  const bottom = top + titleHeight + columnsHeight
  const right = sideMargin + rounds.length * pitchOf(rounds) + 3
  let below = 0
  const letters = styles.flatMap(({ state, mark }) => {
    const count = last.counts[state] ?? 0
    const middle = (below + count / 2) * projectHeight(rounds)
    below += count
    if (!hasRoomForFigure(count, rounds)) return []
    return [textElement({ x: right, y: bottom - middle - figureFont.size / 2 }, mark, figureFont)]
  })
  return [
    textElement({ x: sideMargin, y: top + 6 }, title, figureFont),
    textElement(
      { x: sideMargin, y: top + 34 },
      `${formatRoundDay(first)} to ${formatRoundDay(last)}`,
      bodyFont,
    ),
    ...letters,
  ]
}

/** The height of the days below the columns. */
export const daysHeight = 20

/** The day of each column below it: '31 Mar', since the years stand above. `top`: of the trend. */
export function trendDays({ rounds }: Trend, top: number) {
  const y = top + titleHeight + columnsHeight + 6
  return rounds.map(({ asAt }, at) =>
    textElement({ x: sideMargin + at * pitchOf(rounds) + 2, y }, dayAndMonth(asAt), dayFont),
  )
}

/** '31 Mar' */
const dayAndMonth = (day: CivilDate) => plainDay(day).replace(/ \d+$/, '')

const formatRoundDay = ({ asAt }: { readonly asAt: CivilDate }) => fullDate(asAt)

/** From one column to the next. */
function pitchOf(rounds: readonly TrendRound[]): number {
  return Math.min(maxColumnPitch, (innerWidth - marksWidth) / rounds.length)
}

/** The height of one project in a column. */
function projectHeight(rounds: readonly TrendRound[]): number {
  return columnsHeight / largestTotal(rounds.map(({ counts }) => counts))
}

/** Whether a segment of so many projects has room for a figure. */
function hasRoomForFigure(count: number, rounds: readonly TrendRound[]): boolean {
  return count * projectHeight(rounds) >= figureFont.size + 3
}
