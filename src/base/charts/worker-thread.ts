import { parentPort } from 'node:worker_threads'
import { messageOf } from '../errors.ts'
import type { ChartData, TrendChart } from './chart.ts'
import { loadRasteriser } from './rasterise.ts'
import { renderChartSvg } from './render-svg.ts'

/** Runs in a thread of its own: drawing and rasterising take a quarter of a second, in which nothing else has to wait. */

/** The messages to the thread and from it. */
export interface RenderRequest {
  readonly id: number
  readonly data: ChartData | TrendChart
}
export type RenderResponse =
  | { readonly id: number; readonly png: Uint8Array }
  | { readonly id: number; readonly fault: string }

const loading = loadRasteriser()

parentPort?.on('message', async ({ id, data }: RenderRequest) => {
  parentPort?.postMessage(await renderPng(id, data))
})

async function renderPng(id: number, data: ChartData | TrendChart): Promise<RenderResponse> {
  try {
    const rasterise = await loading
    return { id, png: rasterise(renderChartSvg(data)) }
  } catch (error) {
    return { id, fault: messageOf(error) }
  }
}
