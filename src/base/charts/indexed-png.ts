import { crc32, deflateSync } from 'node:zlib'

/** A rasterised image: red, green, blue and alpha of each pixel, row by row. Every pixel is opaque. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
}

/** Two pixels to a byte. Five flat colours, their patterns and their edges do not need more. */
const maxColours = 16

/**
 * The image as a PNG with a palette: a sixth of the size of one in full colour, so that it fits into a card.
 * Source: https://www.w3.org/TR/png-3/
 */
export function indexedPng({ width, height, rgba }: Pixels): Uint8Array {
  const { palette, indexOf } = paletteOf(rgba)
  // Each row begins with its filter type: 0, none, compresses best where there are few colours.
  const perRow = 1 + Math.ceil(width / 2)
  const rows = new Uint8Array(perRow * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * perRow + 1 + (x >> 1)
      const index = indexOf(binAt(rgba, (y * width + x) * 4))
      rows[at] = (rows[at] ?? 0) | (x % 2 === 0 ? index << 4 : index)
    }
  }
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  const fourBitsIndexed = Buffer.from([4, 3, 0, 0, 0])
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.concat([size, fourBitsIndexed])),
    chunk('PLTE', Buffer.from(palette.flatMap(colourOf))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}

/** Colours are counted in bins of five bits each of red, green and blue. */
const bins = 32 * 32 * 32

function binAt(rgba: Uint8Array, at: number): number {
  const bits = (byte = 0) => byte >> 3
  return (bits(rgba[at]) << 10) | (bits(rgba[at + 1]) << 5) | bits(rgba[at + 2])
}

/** The colour of a bin: its lowest is black and its highest white. */
function colourOf(bin: number): [red: number, green: number, blue: number] {
  const byte = (bits: number) => Math.round(((bits & 31) * 255) / 31)
  return [byte(bin >> 10), byte(bin >> 5), byte(bin)]
}

/** The most frequent colours; every other colour becomes the nearest of them. */
function paletteOf(rgba: Uint8Array) {
  const counts = new Uint32Array(bins)
  for (let at = 0; at < rgba.length; at += 4) {
    const bin = binAt(rgba, at)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const used = Array.from(counts.keys()).filter((bin) => (counts[bin] ?? 0) > 0)
  const palette = used.toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).slice(0, maxColours)
  const colours = palette.map(colourOf)
  const indices = new Uint8Array(bins)
  for (const bin of used) indices[bin] = nearestOf(colours, colourOf(bin))
  return { palette, indexOf: (bin: number) => indices[bin] ?? 0 }
}

type Rgb = readonly [number, number, number]

function nearestOf(colours: readonly Rgb[], [red, green, blue]: Rgb): number {
  const distances = colours.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2)
  return distances.indexOf(Math.min(...distances))
}
