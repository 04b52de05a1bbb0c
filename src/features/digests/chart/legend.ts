import type { Look } from '../../../domain/scheme/palette.ts'
import type { PictureData } from './chart-data.ts'
import { inner, line, side, textStyle, words } from './elements.ts'
import { fitted, widthOf } from './text-metrics.ts'

const swatch = { width: 34, height: 20, gap: 12, beside: 5 }
/** ECharts leaves the same gap between lines as between neighbours. */
const lineHeight = swatch.height + swatch.gap + 2

/** What each pattern means, and how many projects there are of it: "R Red 8". */
export function legend({ looks, counts }: PictureData, top: number) {
  return {
    ...{ left: side, top, width: inner, padding: 0, textStyle },
    ...{ itemGap: swatch.gap, itemWidth: swatch.width, itemHeight: swatch.height },
    itemStyle: { borderColor: line.color, borderWidth: line.width },
    data: looks.map(({ label }) => ({ name: label, icon: 'rect' })),
    formatter: (label: string) => {
      const look = looks.find((one) => one.label === label)
      return look ? said(look, counts) : label
    },
  }
}

/** ECharts puts as many side by side as there is room for. */
export function legendHeight({ looks, counts }: PictureData): number {
  let lines = 1
  let used = 0
  for (const look of looks) {
    const wide = swatch.width + swatch.beside + widthOf(said(look, counts), words)
    if (used > 0 && used + wide > inner) {
      lines += 1
      used = 0
    }
    used += wide + swatch.gap
  }
  return lines * lineHeight
}

function said({ state, mark, label }: Look, counts: PictureData['counts']): string {
  const count = ` ${counts[state] ?? 0}`
  const room = inner - swatch.width - swatch.beside - widthOf(count, words)
  const [first = label] = label.split('/')
  const isWide = widthOf(`${mark} ${label}`, words) > room
  return fitted(`${mark} ${isWide ? first : label}`, words, room) + count
}
