import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { indexedPng } from './indexed-png.ts'
import { font } from './text-metrics.ts'

/**
 * As a data URI it grows by a third, and has to leave 25 KB of the 80 KB of a Teams card to the words.
 */
export const maxPngBytes = 40_000
/** Twice the drawn size is 1,000 pixels, the width of a phone; a chart with very much in it gets fewer. */
const zooms = [2, 1.7, 1.4]

/** Loads the rasteriser and its fonts, which takes a tenth of a second. Call it once per thread. */
export async function loadRasteriser(): Promise<(svg: string) => Uint8Array> {
  await initWasm(bytesOf('@resvg/resvg-wasm/index_bg.wasm'))
  const fontBuffers = ['DejaVuSans', 'DejaVuSans-Bold'].map((name) =>
    bytesOf(`dejavu-fonts-ttf/ttf/${name}.ttf`),
  )

  function at(svg: string, zoom: number): Uint8Array {
    const options = { font: { fontBuffers, defaultFontFamily: font } }
    // 0, "optimizeSpeed": text without antialiasing takes half of the bytes, and is 38 pixels high.
    const fitTo = { mode: 'zoom', value: zoom } as const
    const drawing = new Resvg(svg, { ...options, fitTo, textRendering: 0 })
    const image = drawing.render()
    try {
      return indexedPng({ width: image.width, height: image.height, rgba: image.pixels })
    } finally {
      image.free()
      drawing.free()
    }
  }

  /** The largest PNG within the limit; the smallest where none is. */
  return (svg) => {
    let png: Uint8Array = new Uint8Array()
    for (const zoom of zooms) {
      png = at(svg, zoom)
      if (png.length <= maxPngBytes) break
    }
    return png
  }
}

function bytesOf(file: string): Uint8Array {
  return readFileSync(fileURLToPath(import.meta.resolve(file)))
}
