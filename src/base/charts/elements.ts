import type { StateCounts, StateStyle } from './chart.ts'
import { decalOf } from './decals.ts'
import { type FontStyle, font } from './text-metrics.ts'

/**
 * The chart's dimensions, and what its parts share. It is rasterised at twice this size, and a phone shows it 360 units
 * wide: type of size 19 appears as 14 there.
 */
export const width = 500
export const sideMargin = 14
export const innerWidth = width - 2 * sideMargin

export const headingFont: FontStyle = { size: 23, bold: true }
export const bodyFont: FontStyle = { size: 19 }
/** Below a column of a paper, which nobody reads on a phone. */
export const dayFont: FontStyle = { size: 14 }
export const figureFont: FontStyle = { size: 19, bold: true }

const black = '#111111'
export const strokeStyle = { color: '#222222', width: 1.5 }

/** A line of text placed by its upper left corner, or by its upper right one where it is aligned right. */
export function textElement(
  { x, y }: { readonly x: number; readonly y: number },
  content: string,
  { size, bold }: FontStyle,
  align: 'left' | 'right' = 'left',
) {
  const style = { text: content, align, fill: black, fontFamily: font, fontSize: size }
  const fontWeight = bold ? 'bold' : 'normal'
  return { type: 'text', x, y, style: { ...style, fontWeight } }
}

export const textStyle = { fontSize: bodyFont.size, fontFamily: font, color: black }

/** A segment: colour, pattern and a dark outline, since Amber is bright on white. */
export function segmentStyle(look: StateStyle) {
  const border = { borderColor: strokeStyle.color, borderWidth: strokeStyle.width }
  return { color: look.fill, ...border, decal: decalOf(look) }
}

/** A segment's label has a background in the segment's colour, so that the pattern does not cross the text. */
export function labelStyle({ fill, ink }: StateStyle, sides: number) {
  const letters = { fontFamily: font, fontSize: figureFont.size, fontWeight: 'bold', color: ink }
  return { show: true, ...letters, backgroundColor: fill, padding: [1, sides] }
}

/** The largest total of stacked counts: the length of their axis. At least 1. */
export function largestTotal(all: readonly StateCounts[]): number {
  const sums = all.map((counts) => Object.values(counts).reduce((sum, count) => sum + count, 0))
  return Math.max(1, ...sums)
}
