import { crc32, deflateSync } from 'node:zlib'
import type { Browser } from 'playwright-core'

/**
 * The same picture in less than half the size: 16 steps of red, of green and of blue, which is what the edges of letters
 * need, in a palette of the 256 most frequent colours. What is rarer becomes the nearest of them.
 */
export async function smallPng(browser: Browser, png: Buffer): Promise<Buffer> {
  const { width, height, pixels } = await pixelsOf(browser, png)
  const { palette, places } = paletteOf(pixels)
  const rows = Array.from({ length: height }, (_, y) => {
    const row = pixels.subarray(y * width, (y + 1) * width)
    // Each row begins with its filter: none.
    return Buffer.from([0, ...row.map((colour) => places.get(colour) ?? 0)])
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // 8 bits of a palette; nothing else chosen. Source: PNG specification, section 11.2.1.
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

interface Picture {
  readonly width: number
  readonly height: number
  /** 0xRRGGBB, row by row. */
  readonly pixels: Uint32Array
}

/** The browser can read what it drew. The page stays open: this Chromium ends with the first page that is closed. */
async function pixelsOf(browser: Browser, png: Buffer): Promise<Picture> {
  const page = await browser.newPage()
  const { width, height, rgba } = await page.evaluate<Omit<Picture, 'pixels'> & { rgba: string }>(
    `(${readPixels})('${png.toString('base64')}')`,
  )
  const bytes = Buffer.from(rgba, 'base64')
  const pixels = new Uint32Array(width * height).map((_, at) =>
    stepped(bytes.readUIntBE(at * 4, 3)),
  )
  return { width, height, pixels }
}

/** Runs in the page, which is why it is text: tests know no DOM. */
const readPixels = `async (base64) => {
  const image = new Image()
  image.src = 'data:image/png;base64,' + base64
  await image.decode()
  const canvas = new OffscreenCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  let text = ''
  for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192))
  return { width: image.width, height: image.height, rgba: btoa(text) }
}`

function paletteOf(pixels: Uint32Array) {
  const counts = new Map<number, number>()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const palette = [...counts]
    .toSorted((one, other) => other[1] - one[1])
    .slice(0, 256)
    .map(([colour]) => colour)
  const nearest = (colour: number) => {
    const distances = palette.map((one) => distance(one, colour))
    return distances.indexOf(Math.min(...distances))
  }
  return { palette, places: new Map([...counts.keys()].map((one) => [one, nearest(one)])) }
}

/** Each of its channels rounded to one of 16 steps: 0x00, 0x11 and so on to 0xff. */
function stepped(colour: number): number {
  return channels(colour).reduce((all, value) => all * 256 + Math.round(value / 17) * 17, 0)
}

const channels = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255]

function distance(one: number, other: number): number {
  const second = channels(other)
  return channels(one).reduce((sum, value, at) => sum + (value - (second[at] ?? 0)) ** 2, 0)
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const sized = Buffer.alloc(8)
  sized.writeUInt32BE(data.length, 0)
  sized.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([sized.subarray(0, 4), body, sized.subarray(4)])
}
