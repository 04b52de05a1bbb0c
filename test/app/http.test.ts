import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import express from 'express'
import {
  type HttpServer,
  type HttpServerOptions,
  type Readiness,
  type ServerLimits,
  serverLimits,
  startHttpServer,
} from '../../src/app/http.ts'

let server: HttpServer
afterEach(() => server.close())

const quiet = () => {}
const log = { info: quiet, warn: quiet, error: quiet }

async function serve(parts: Partial<HttpServerOptions> = {}): Promise<void> {
  server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    routes: [],
    extraRouters: [],
    readiness: async () => ({ isReady: true, details: [] }),
    log,
    ...parts,
  })
}

/** Opens a connection and writes; `ended` resolves to all that came back, once the server has closed it. */
function open(text: string): { ended: Promise<string>; end: () => void } {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  let received = ''
  socket.on('data', (chunk) => {
    received += chunk
  })
  socket.on('error', quiet)
  socket.write(text)
  return { ended: once(socket, 'close').then(() => received), end: () => socket.destroy() }
}

describe('/readyz', () => {
  test.each<[Readiness, number, string]>([
    [{ isReady: true, details: ['slack: not answering'] }, 200, 'ready\nslack: not answering'],
    [
      { isReady: false, details: ['database: not answering'] },
      503,
      'not ready\ndatabase: not answering',
    ],
  ])('tells how it stands: %j', async (readiness, status, text) => {
    await serve({ readiness: async () => readiness })
    const response = await fetch(`${server.url}/readyz`)
    expect([response.status, await response.text()]).toEqual([status, text])
  })
})

describe('a request that is not sent in time', () => {
  const limits: ServerLimits = { ...serverLimits, headersMs: 100, requestMs: 200 }

  test('is refused while its headers are on their way', async () => {
    await serve({ limits })
    const { ended } = open('POST /slack/events HTTP/1.1\r\nhost: x\r\n')
    expect(await ended).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('is refused while its body is on its way', async () => {
    const listener = (request: { resume(): unknown }) => void request.resume()
    await serve({ limits, routes: [{ method: 'post', path: '/slack/events', listener }] })
    const { ended } = open('POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n12')
    expect(await ended).toMatch(/^HTTP\/1\.1 408 /)
  })
})

test('no more connections are taken than the limit says', async () => {
  await serve({ limits: { ...serverLimits, connections: 2 } })
  const held = [open('GET'), open('GET')]
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await open('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n').ended).toBe('')
  for (const { end } of held) end()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await (await fetch(`${server.url}/healthz`)).text()).toBe('ok')
})

test('a path that cannot be decoded is refused in one line, without a stack', async () => {
  const extraRouter = express.Router().get('/files/:name', quiet)
  await serve({ extraRouters: [extraRouter] })
  const response = await fetch(`${server.url}/files/%FF`)
  const text = await response.text()
  expect([response.status, text]).toEqual([400, 'Milepost refused this request.\n'])
})
