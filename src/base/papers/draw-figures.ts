import type { TrendChart } from '../charts/chart.ts'
import { width } from '../charts/elements.ts'
import type { Paper, PaperBlock } from './paper.ts'

/** A figure as it was drawn. */
export interface Picture {
  readonly kind: 'picture'
  readonly png: Uint8Array
  /** How large it is on the page, in points. */
  readonly width: number
  readonly height: number
  /** The figure's words. */
  readonly alt: string
}

/** What is written into a file: a figure that could not be drawn is written as its words. */
export type WrittenBlock = PaperBlock | Picture
export type WrittenPaper = Omit<Paper, 'blocks'> & { readonly blocks: readonly WrittenBlock[] }

export type DrawChart = (chart: TrendChart) => Promise<Uint8Array>

/** The paper with its figures drawn. One that cannot be drawn stays as it is: a picture never holds up the words. */
export async function drawFigures(paper: Paper, draw: DrawChart): Promise<WrittenPaper> {
  const blocks: WrittenBlock[] = []
  for (const block of paper.blocks)
    blocks.push(block.kind === 'figure' ? await drawFigure(block, draw) : block)
  return { ...paper, blocks }
}

async function drawFigure(
  figure: PaperBlock & { kind: 'figure' },
  draw: DrawChart,
): Promise<WrittenBlock> {
  try {
    const png = await draw(figure.chart)
    const { across, down } = pixelsOf(png)
    return { kind: 'picture', png, width, height: (width * down) / across, alt: figure.alt }
  } catch {
    return figure
  }
}

/** What stands in place of a picture. */
export const undrawnText = (alt: string): string => `The picture could not be drawn. ${alt}`

/** Source: https://www.w3.org/TR/png-3/#11IHDR */
function pixelsOf(png: Uint8Array) {
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength)
  return { across: header.getUint32(16), down: header.getUint32(20) }
}
