import type { Look } from '../../../domain/scheme/palette.ts'
import type { Counts, PictureData } from './chart-data.ts'
import { figures, inner, longest, plate, segment, side, text, width, words } from './elements.ts'
import { fitted, widthOf } from './text-metrics.ts'

/** Of one workstream: its name, its bar, and what is free below. */
const nameHeight = 25
const barWidth = 29
const below = 9
const pitch = nameHeight + barWidth + below

export function rowsHeight({ workstreams }: PictureData): number {
  return workstreams.length * pitch
}

/** The axes that the bars of the workstreams stand on; `top` is that of the first name. */
export function rowAxes(data: PictureData, top: number) {
  const { workstreams } = data
  const most = longest(workstreams.map(({ counts }) => counts))
  return {
    grid: {
      left: side,
      right: side,
      top: top + (nameHeight - below) / 2,
      height: rowsHeight(data),
    },
    xAxis: { type: 'value', max: most, show: false },
    yAxis: { type: 'category', inverse: true, data: workstreams.map((_, at) => at), show: false },
  }
}

export function rowBars({ looks, workstreams }: PictureData) {
  return looks.map((look) => ({
    type: 'bar',
    name: look.label,
    stack: 'workstreams',
    barWidth,
    itemStyle: segment(look),
    label: {
      ...plate(look, 4),
      formatter: ({ value }: { readonly value: number }) => figure(look, value),
    },
    data: workstreams.map(({ counts }) => {
      const count = counts[look.state] ?? 0
      return { value: count || null, label: { show: fits(look, count, workstreams) } }
    }),
  }))
}

/** The name above each bar; where a segment is too narrow for its figure, all figures behind the name. */
export function rowTexts({ looks, workstreams }: PictureData, top: number) {
  return workstreams.flatMap(({ name, counts }, at) => {
    const y = top + at * pitch
    const beside = besideName(looks, counts, workstreams)
    if (beside === '') return [text({ x: side, y }, fitted(name, words, inner), words)]
    const room = inner - widthOf(beside, figures) - 12
    return [
      text({ x: side, y }, fitted(name, words, room), words),
      text({ x: width - side, y }, beside, figures, 'right'),
    ]
  })
}

function besideName(
  looks: readonly Look[],
  counts: Counts,
  workstreams: PictureData['workstreams'],
): string {
  const said = looks.flatMap((look) => {
    const count = counts[look.state] ?? 0
    return count > 0 ? [{ look, count }] : []
  })
  if (said.length === 0) return 'no projects'
  if (said.every(({ look, count }) => fits(look, count, workstreams))) return ''
  return said.map(({ look, count }) => figure(look, count)).join('  ')
}

/** "R 8" */
function figure({ mark }: Look, count: number): string {
  return `${mark} ${count}`
}

function fits(look: Look, count: number, workstreams: PictureData['workstreams']): boolean {
  const each = inner / longest(workstreams.map(({ counts }) => counts))
  return count > 0 && widthOf(figure(look, count), figures) + 6 <= count * each
}
