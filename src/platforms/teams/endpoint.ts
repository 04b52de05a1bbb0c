import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { isLoopbackHost } from './config.ts'

/** The request is answered with this status and no body. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** An activity is some kilobytes; even a form filled to its limits is far below this. */
const MAX_BYTES = 1024 * 1024

/**
 * Refuses a request from another machine: by its address, or by the header of a tunnel or proxy. A web page cannot
 * send one, because JSON from another origin needs a preflight request. @throws HttpError 403
 */
export function requireLoopback(request: IncomingMessage): void {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  if (address !== '::1' && !isLoopbackHost(address))
    throw new HttpError(403, 'it is not from this machine')
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded
  if (forwarded !== undefined) throw new HttpError(403, 'it was forwarded to this machine')
}

/** The JSON body, whether express has parsed it or not. @throws HttpError 415, 413 or 400 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new HttpError(415, 'it is not JSON')
  const parsed = z.object({ body: z.record(z.string(), z.unknown()) }).safeParse(request)
  if (parsed.success) return parsed.data.body
  const text = await readText(request)
  try {
    return JSON.parse(text)
  } catch {
    throw new HttpError(400, 'it is not well-formed JSON')
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BYTES) throw new HttpError(413, 'it is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export function respond(response: ServerResponse, status: number, body?: unknown): void {
  if (response.headersSent) return
  response.statusCode = status
  if (body !== undefined) response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(body === undefined ? undefined : JSON.stringify(body))
}
