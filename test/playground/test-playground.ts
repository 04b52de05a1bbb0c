import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { systemClock } from '../../src/base/clock.ts'
import { startPlayground } from '../../src/playground/playground.ts'
import type { ViewModel } from '../../src/playground/view-model.ts'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/** The playground on a port of its own, with a bot that accepts every request and answers nothing. */
export async function startTestPlayground() {
  const received: { path: string; body: string }[] = []
  const steps: Date[] = []
  const errors: string[] = []
  const log = {
    info: () => {},
    warn: () => {},
    error: (_: object, message: string) => {
      errors.push(message)
    },
  }
  const playground = await startPlayground({ systemClock, log })
  const app = express()
  app.use(playground.router)
  const pages = await listen(createServer(app))
  const bot = await listen(
    createServer(
      express().use(express.text({ type: () => true }), (incoming, response) => {
        received.push({ path: incoming.path, body: String(incoming.body) })
        response.status(200).end()
      }),
    ),
  )
  playground.connect({
    botUrl: bot.url,
    onClockMoved: async (step) => {
      steps.push(step)
    },
  })

  /** Unlike fetch, can send any Host and Origin header. */
  const ask = (path: string, options: { method?: string; headers?: object; body?: unknown } = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const body = options.body === undefined ? '' : JSON.stringify(options.body)
      const asking = request(
        `${pages.url}${path}`,
        {
          method: options.method ?? 'GET',
          headers: {
            ...(body && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
            ...options.headers,
          },
        },
        async (response) => {
          const chunks: Buffer[] = []
          for await (const chunk of response) chunks.push(chunk)
          const text = Buffer.concat(chunks).toString()
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
        },
      )
      asking.on('error', reject)
      asking.end(body)
    })

  return {
    playground,
    url: pages.url,
    received,
    steps,
    errors,
    ask,
    /** Sends a user action, as the page does. */
    act: (kind: 'slack' | 'teams' | 'clock', person: string, body: unknown) =>
      ask(`/playground/api/${kind}?person=${person}`, { method: 'POST', body }),
    viewModel: async (person: string): Promise<ViewModel> =>
      JSON.parse((await ask(`/playground/api/state?person=${person}`)).text),
    close: async () => {
      playground.closePages()
      await pages.close()
      await bot.close()
      await playground.close()
    },
  }
}

export type TestPlayground = Awaited<ReturnType<typeof startTestPlayground>>

async function listen(server: Server) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
