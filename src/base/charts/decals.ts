import type { Pattern, StateStyle } from './chart.ts'

/** The patterns as ECharts draws them: https://echarts.apache.org/en/option.html#aria.decal */

const quarter = Math.PI / 4

const decals: Readonly<Record<Pattern, object>> = {
  plain: { symbol: 'none' },
  diagonal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 7], rotation: -quarter },
  backwards: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 7], rotation: quarter },
  upright: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 7], rotation: 2 * quarter },
  level: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: 0 },
  dots: {
    symbol: 'circle',
    symbolSize: 0.55,
    dashArrayX: staggeredRows(6),
    dashArrayY: [6, 0],
    rotation: 0,
  },
  squares: {
    symbol: 'rect',
    symbolSize: 0.6,
    dashArrayX: staggeredRows(7),
    dashArrayY: [7, 0],
    rotation: 0,
  },
  triangles: {
    symbol: 'triangle',
    symbolSize: 0.7,
    dashArrayX: staggeredRows(7),
    dashArrayY: [7, 0],
    rotation: 0,
  },
  diamonds: {
    symbol: 'diamond',
    symbolSize: 0.7,
    dashArrayX: staggeredRows(7),
    dashArrayY: [7, 0],
    rotation: 0,
  },
  broad: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [5, 5], rotation: -quarter },
  dashes: {
    symbol: 'rect',
    dashArrayX: [
      [8, 6],
      [0, 7, 8, 0],
    ],
    dashArrayY: [2, 6],
    rotation: 0,
  },
}

/** Each row begins where the one above has a gap. */
function staggeredRows(size: number): number[][] {
  return [
    [size, size],
    [0, size, size, 0],
  ]
}

/** Dark on a bright fill, bright on a dark one. */
export function decalOf({ pattern, ink }: StateStyle): object {
  const color = ink === '#ffffff' ? 'rgba(255,255,255,0.5)' : 'rgba(0,0,0,0.42)'
  return { ...decals[pattern], color, maxTileWidth: 64, maxTileHeight: 64 }
}
