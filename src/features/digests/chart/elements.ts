import type { Look } from '../../../domain/scheme/palette.ts'
import type { Counts } from './chart-data.ts'
import { decalOf } from './decals.ts'
import { font, type Lettering } from './text-metrics.ts'

/**
 * The measures of the picture and what its parts share. It is rasterised at twice this size, and a phone shows it
 * 360 units wide: letters of size 19 are of size 14 there.
 */
export const width = 500
export const side = 14
export const inner = width - 2 * side

export const heading: Lettering = { size: 23, bold: true }
export const words: Lettering = { size: 19 }
export const figures: Lettering = { size: 19, bold: true }

const black = '#111111'
export const line = { color: '#222222', width: 1.5 }

/** A line of text by its upper left corner; by the upper right one where it is aligned right. */
export function text(
  { x, y }: { readonly x: number; readonly y: number },
  said: string,
  { size, bold }: Lettering,
  align: 'left' | 'right' = 'left',
) {
  const style = { text: said, align, fill: black, fontFamily: font, fontSize: size }
  const fontWeight = bold ? 'bold' : 'normal'
  return { type: 'text', x, y, style: { ...style, fontWeight } }
}

export const textStyle = { fontSize: words.size, fontFamily: font, color: black }

/** A segment: its colour, its pattern and a dark line around, since Amber is bright on white. */
export function segment(look: Look) {
  const border = { borderColor: line.color, borderWidth: line.width }
  return { color: look.fill, ...border, decal: decalOf(look) }
}

/** What is written in a segment stands on a plate of its colour, so that the pattern does not cross it. */
export function plate({ fill, ink }: Look, sides: number) {
  const letters = { fontFamily: font, fontSize: figures.size, fontWeight: 'bold', color: ink }
  return { show: true, ...letters, backgroundColor: fill, padding: [1, sides] }
}

/** The longest of stacked counts: what fills its axis. */
export function longest(all: readonly Counts[]): number {
  const sums = all.map((counts) => Object.values(counts).reduce((sum, count) => sum + count, 0))
  return Math.max(1, ...sums)
}
