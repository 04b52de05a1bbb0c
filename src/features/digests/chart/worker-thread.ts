import { parentPort } from 'node:worker_threads'
import { messageOf } from '../../../base/errors.ts'
import type { PictureData } from './chart-data.ts'
import { loadRasteriser } from './rasterise.ts'
import { pictureOf } from './render-svg.ts'

/** Runs in a thread of its own: drawing and rasterising take a quarter of a second, and nobody else has to wait. */

/** What is asked of the thread, and what it answers. */
export interface Asked {
  readonly id: number
  readonly data: PictureData
}
export type Painted =
  | { readonly id: number; readonly png: Uint8Array }
  | { readonly id: number; readonly fault: string }

const loading = loadRasteriser()

parentPort?.on('message', async ({ id, data }: Asked) => {
  parentPort?.postMessage(await painted(id, data))
})

async function painted(id: number, data: PictureData): Promise<Painted> {
  try {
    const rasterise = await loading
    return { id, png: rasterise(pictureOf(data)) }
  } catch (error) {
    return { id, fault: messageOf(error) }
  }
}
