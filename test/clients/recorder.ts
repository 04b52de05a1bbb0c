import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

/** One call of Milepost to its counterpart, and the answer. */
export interface Call {
  readonly method: string
  readonly path: string
  readonly sent: Readonly<Record<string, unknown>>
  readonly status: number
  readonly answer: Readonly<Record<string, unknown>>
}

export interface Recorder {
  /** "http://127.0.0.1:<port>" */
  readonly url: string
  /** Oldest first. */
  readonly calls: readonly Call[]
  close(): Promise<void>
}

/** What is sent below this path is kept, answered, and handed on to nobody: for a response_url. */
export const ownPath = '/kept/'

/** Stands between Milepost and a counterpart, hands every call on as it is, and keeps what both said. */
export async function startRecorder(target: () => string): Promise<Recorder> {
  const calls: Call[] = []
  const server = createServer(async (request, response) => {
    const { method = 'GET', url: path = '/' } = request
    const body = await bodyOf(request)
    if (path.startsWith(ownPath)) {
      const sent = fieldsOf(body.toString('utf8'), 'application/json')
      calls.push({ ...{ method, path, status: 200 }, sent, answer: {} })
      response.end('ok')
      return
    }
    const { authorization, 'content-type': type = '' } = request.headers
    const answer = await fetch(new URL(path, target()), {
      method,
      headers: { 'content-type': type, ...(authorization && { authorization }) },
      ...(body.length > 0 && { body }),
    })
    const bytes = Buffer.from(await answer.arrayBuffer())
    calls.push({
      ...{ method, path, status: answer.status },
      sent: fieldsOf(body.toString('utf8'), type),
      answer: fieldsOf(bytes.toString('utf8'), 'application/json'),
    })
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
    })
    response.end(bytes)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const record = z.record(z.string(), z.unknown())

/** A form's fields may hold JSON, as Slack's clients send their blocks. */
function fieldsOf(text: string, type: string): Record<string, unknown> {
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    return record.safeParse(parsed(text)).data ?? {}
  }
  const fields = [...new URLSearchParams(text)]
  return Object.fromEntries(fields.map(([key, value]) => [key, parsed(value)]))
}

function parsed(text: string): unknown {
  if (!/^[[{]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
