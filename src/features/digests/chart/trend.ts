import { type CivilDate, fullDate } from '../../../base/dates.ts'
import type { PictureData, Round } from './chart-data.ts'
import { figures, inner, line, longest, plate, segment, side, text, words } from './elements.ts'

const columnsHeight = 150
/** Above the columns: what they are, and from when to when. */
const above = 66
/** Beside the last column stand the letters. */
const beside = 26
const widest = 60

/** One round alone is no trend. */
export function hasTrend({ rounds }: PictureData): boolean {
  return rounds.length > 1
}

export function trendHeight(data: PictureData): number {
  return hasTrend(data) ? above + columnsHeight + 16 : 0
}

export function trendAxes({ rounds }: PictureData, top: number) {
  const most = longest(rounds.map(({ counts }) => counts))
  const wide = rounds.length * pitchOf(rounds)
  const at = { gridIndex: 1 }
  return {
    grid: { left: side, width: wide, top: top + above, height: columnsHeight },
    xAxis: {
      ...{ type: 'category', ...at, data: rounds.map(({ asAt }) => asAt) },
      ...{ axisTick: { show: false }, axisLabel: { show: false }, axisLine: { lineStyle: line } },
    },
    yAxis: { type: 'value', ...at, max: most, show: false },
  }
}

export function trendColumns({ looks, rounds }: PictureData) {
  return looks.map((look) => ({
    type: 'bar',
    name: look.label,
    stack: 'rounds',
    xAxisIndex: 1,
    yAxisIndex: 1,
    barWidth: pitchOf(rounds) - 5,
    itemStyle: segment(look),
    label: plate(look, 1),
    data: rounds.map(({ counts }) => {
      const count = counts[look.state] ?? 0
      return { value: count || null, label: { show: isTall(count, rounds) } }
    }),
  }))
}

/** What the columns are, from when to when, and the letters beside the last one. */
export function trendTexts({ looks, rounds }: PictureData, top: number) {
  const [first, last] = [rounds[0], rounds.at(-1)]
  if (!first || !last || first === last) return []
  const bottom = top + above + columnsHeight
  const right = side + rounds.length * pitchOf(rounds) + 3
  let below = 0
  const letters = looks.flatMap(({ state, mark }) => {
    const count = last.counts[state] ?? 0
    const middle = (below + count / 2) * unitOf(rounds)
    below += count
    if (!isTall(count, rounds)) return []
    return [text({ x: right, y: bottom - middle - figures.size / 2 }, mark, figures)]
  })
  return [
    text({ x: side, y: top + 6 }, `The last ${rounds.length} rounds`, figures),
    text({ x: side, y: top + 34 }, `${dayOf(first)} to ${dayOf(last)}`, words),
    ...letters,
  ]
}

const dayOf = ({ asAt }: { readonly asAt: CivilDate }) => fullDate(asAt)

/** From one column to the next. */
function pitchOf(rounds: readonly Round[]): number {
  return Math.min(widest, (inner - beside) / rounds.length)
}

/** How high one project is. */
function unitOf(rounds: readonly Round[]): number {
  return columnsHeight / longest(rounds.map(({ counts }) => counts))
}

/** Whether a figure has room in it. */
function isTall(count: number, rounds: readonly Round[]): boolean {
  return count * unitOf(rounds) >= figures.size + 3
}
