import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  type BodyReader,
  createBodyReader,
  HttpError,
  parseJson,
  refuseRequest,
} from '../../src/chat/request-body.ts'

const kilobyte = 1024
let server: Server
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
})

/** A server that reads each body, and answers with its length once `release` resolves. */
async function serve(bodies: BodyReader, release: Promise<void> = Promise.resolve()) {
  server = createServer((request, response) => {
    bodies
      .read(request, response)
      .then(async (body) => {
        await release
        response.end(String(body.length))
      })
      .catch((error: unknown) => {
        if (error instanceof HttpError) refuseRequest(response, error)
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** Sends the head of a POST and the beginning of its body; `answer` is all that comes back. */
async function begin(port: number, headers: string, bytes: number) {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  const chunks: string[] = []
  socket.on('data', (chunk) => chunks.push(chunk.toString()))
  socket.on('error', () => {})
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${headers}\r\n\r\n`)
  socket.write(Buffer.alloc(bytes, 'x'))
  return { socket, answer: () => chunks.join('') }
}

async function eventually(check: () => void): Promise<void> {
  for (const end = Date.now() + 5_000; ; ) {
    try {
      return check()
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}

describe('a body', () => {
  test('that says itself that it is too large is refused before it is sent', async () => {
    const bodies = createBodyReader({ bodyBytes: kilobyte, totalBytes: kilobyte })
    const port = await serve(bodies)
    const { answer } = await begin(port, `content-length: ${kilobyte + 1}`, 0)
    await eventually(() => expect(answer()).toMatch(/^HTTP\/1\.1 413 .*larger than 1024 bytes/s))
    expect(bodies.heldBytes()).toBe(0)
  })

  test('that does not say how large it is is refused once it is too large', async () => {
    const bodies = createBodyReader({ bodyBytes: kilobyte, totalBytes: 100 * kilobyte })
    const port = await serve(bodies)
    const { socket, answer } = await begin(port, 'transfer-encoding: chunked', 0)
    socket.write(`1000\r\n${'x'.repeat(0x1000)}\r\n`)
    await eventually(() => expect(answer()).toMatch(/^HTTP\/1\.1 413 /))
    await eventually(() => expect(bodies.heldBytes()).toBe(0))
  })

  test('that breaks off is given up, with what was held of it', async () => {
    const bodies = createBodyReader({ bodyBytes: kilobyte, totalBytes: kilobyte })
    const port = await serve(bodies)
    const { socket } = await begin(port, 'content-length: 1000', 500)
    await eventually(() => expect(bodies.heldBytes()).toBe(500))
    socket.destroy()
    await eventually(() => expect(bodies.heldBytes()).toBe(0))
  })

  test('counts as held until its request is answered', async () => {
    const { promise: release, resolve } = Promise.withResolvers<void>()
    const bodies = createBodyReader({ bodyBytes: kilobyte, totalBytes: 2 * kilobyte })
    const port = await serve(bodies, release)
    const { answer } = await begin(port, 'content-length: 800', 800)
    await eventually(() => expect(bodies.heldBytes()).toBe(800))
    resolve()
    await eventually(() => expect(answer()).toMatch(/\r\n\r\n800$/))
    await eventually(() => expect(bodies.heldBytes()).toBe(0))
  })
})

test('many connections at once hold no more than all bodies together may, and it is given back', async () => {
  const totalBytes = 1024 * kilobyte
  const bodies = createBodyReader({ bodyBytes: 256 * kilobyte, totalBytes })
  const port = await serve(bodies)
  let most = 0
  const looking = setInterval(() => {
    most = Math.max(most, bodies.heldBytes())
  }, 1)
  const open = await Promise.all(
    Array.from({ length: 100 }, () => begin(port, `content-length: ${256 * kilobyte}`, 200_000)),
  )
  const isRefused = ({ answer }: (typeof open)[number]) => answer().startsWith('HTTP/1.1 503 ')
  await eventually(() => expect(open.filter(isRefused).length).toBeGreaterThan(90))
  clearInterval(looking)
  // One chunk of the socket's more is in hand when the limit is found to be passed.
  expect(most).toBeLessThanOrEqual(totalBytes + 64 * kilobyte)
  for (const { socket } of open) socket.destroy()
  await eventually(() => expect(bodies.heldBytes()).toBe(0))
})

describe('JSON', () => {
  test.each(['', '{"type":', 'undefined', '{"a":1}}'])('that is none is refused: %s', (text) => {
    expect(() => parseJson(text)).toThrow('not well-formed JSON')
  })

  test.each([
    ['arrays', '['.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000)],
    ['arrays that are closed', `${'['.repeat(101)}${']'.repeat(101)}`],
  ])('that is nested too deeply is refused unparsed: %s', (_, text) => {
    expect(() => parseJson(text)).toThrow('nested too deeply')
  })

  test('with brackets in its texts is not taken for nested', () => {
    const text = JSON.stringify({ text: `\\"${'[{'.repeat(1_000)}\\` })
    expect(parseJson(text)).toEqual(JSON.parse(text))
    expect(parseJson(`${'['.repeat(100)}${']'.repeat(100)}`)).toHaveLength(1)
  })
})
