import { inflateSync } from 'node:zlib'
import { afterAll, describe, expect, test } from '@jest/globals'
import { indexedPng } from '../../../src/base/charts/indexed-png.ts'
import { createChartWorker } from '../../../src/base/charts/worker.ts'
import { brag } from '../../../src/domain/scheme/schemes.ts'
import { digest, quarter, shown, w17 } from '../../domain/digests/sample-charts.ts'

const chartWorker = createChartWorker()
afterAll(() => chartWorker.stop())

/** The parts of a PNG by their names, checked for their lengths. */
function chunksOf(png: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(png)
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    chunks.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  return chunks
}

describe('a drawn chart', () => {
  test('is a PNG a thousand pixels wide that fits into a card', async () => {
    const png = await chartWorker.render(shown(w17, quarter))
    expect(chunksOf(png).get('IHDR')?.readUInt32BE(0)).toBe(1000)
    expect(png.length).toBeLessThan(40_000)
    expect(png.length).toBeGreaterThan(10_000)
  })

  test('with the most data possible is scaled down until it fits', async () => {
    const title =
      'A Programme With a Title That Takes Two Whole Lines of the Picture, and Some More'
    const workstreams = Array.from({ length: 20 }, (_, at) => [at % 7, 11, 12, 3, 4])
    const scheme = { ...brag, states: brag.states }
    const rounds = quarter.map((each) => ({
      ...each,
      ...digest([[9, 9, 9, 9, 9]], { scheme }),
      asAt: each.asAt,
    }))
    const png = await chartWorker.render(shown(digest(workstreams, { title, scheme }), rounds))
    expect(png.length).toBeLessThan(40_000)
  })

  test('is drawn in a thread, so that the process goes on working', async () => {
    let turns = 0
    const beat = setInterval(() => {
      turns += 1
    }, 1)
    await chartWorker.render(shown(w17, quarter))
    clearInterval(beat)
    // Drawn in this thread, it would have had one turn before and one after.
    expect(turns).toBeGreaterThan(10)
  })

  test('that cannot be drawn fails alone: the next one is drawn', async () => {
    const broken = { ...shown(w17), workstreams: [{ name: 'x', counts: null }] }
    // @ts-expect-error no such data: as if a fault of ours had made them.
    await expect(chartWorker.render(broken)).rejects.toThrow()
    expect((await chartWorker.render(shown(w17))).length).toBeGreaterThan(0)
  })

  test('that is pending when the worker stops fails, and the worker can start again', async () => {
    const pending = chartWorker.render(shown(w17))
    await Promise.all([expect(pending).rejects.toThrow('stopped'), chartWorker.stop()])
    expect((await chartWorker.render(shown(w17))).length).toBeGreaterThan(0)
  })
})

describe('a PNG with a palette', () => {
  test('has each pixel in the colour nearest to its own, two to a byte', () => {
    const [white, red, black] = [
      [255, 255, 255, 255],
      [155, 28, 28, 255],
      [0, 0, 0, 255],
    ]
    const rgba = Uint8Array.from([white, white, white, red, red, black].flat())
    const chunks = chunksOf(indexedPng({ width: 3, height: 2, rgba }))
    expect([...(chunks.get('IHDR') ?? [])]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 4, 3, 0, 0, 0])
    expect([...(chunks.get('PLTE') ?? [])]).toEqual([255, 255, 255, 156, 25, 25, 0, 0, 0])
    const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
    expect([...rows]).toEqual([0, 0x00, 0x00, 0, 0x11, 0x20])
  })

  test('keeps the sixteen colours there are most of', () => {
    const rgba = Uint8Array.from(
      Array.from({ length: 64 }, (_, at) => [at * 4, at * 4, at * 4, 255]).flat(),
    )
    const chunks = chunksOf(indexedPng({ width: 64, height: 1, rgba }))
    expect(chunks.get('PLTE')).toHaveLength(16 * 3)
  })
})
