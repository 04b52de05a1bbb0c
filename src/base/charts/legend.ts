import type { ChartData, StateStyle } from './chart.ts'
import { bodyFont, innerWidth, sideMargin, strokeStyle, textStyle } from './elements.ts'
import { textWidth, truncateToWidth } from './text-metrics.ts'

const swatch = { width: 34, height: 20, gap: 12, beside: 5 }
/** ECharts leaves the same gap between lines as between neighbours. */
const lineHeight = swatch.height + swatch.gap + 2

type Counted = Pick<ChartData, 'styles' | 'counts'>

/** What each pattern means, and how many projects have it: "R Red 8". */
export function legend({ styles, counts }: Counted, top: number) {
  return {
    ...{ left: sideMargin, top, width: innerWidth, padding: 0, textStyle },
    ...{ itemGap: swatch.gap, itemWidth: swatch.width, itemHeight: swatch.height },
    itemStyle: { borderColor: strokeStyle.color, borderWidth: strokeStyle.width },
    data: styles.map(({ label }) => ({ name: label, icon: 'rect' })),
    formatter: (label: string) => {
      const look = styles.find((one) => one.label === label)
      return look ? legendText(look, counts) : label
    },
  }
}

/** ECharts puts as many items on a line as there is room for. */
export function legendHeight({ styles, counts }: Counted): number {
  let lines = 1
  let used = 0
  for (const look of styles) {
    const wide = swatch.width + swatch.beside + textWidth(legendText(look, counts), bodyFont)
    if (used > 0 && used + wide > innerWidth) {
      lines += 1
      used = 0
    }
    used += wide + swatch.gap
  }
  return lines * lineHeight
}

function legendText({ state, mark, label }: StateStyle, counts: ChartData['counts']): string {
  const count = ` ${counts[state] ?? 0}`
  const room = innerWidth - swatch.width - swatch.beside - textWidth(count, bodyFont)
  const [first = label] = label.split('/')
  const isWide = textWidth(`${mark} ${label}`, bodyFont) > room
  return truncateToWidth(`${mark} ${isWide ? first : label}`, bodyFont, room) + count
}
