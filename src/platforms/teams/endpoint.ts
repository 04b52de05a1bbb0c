import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { foreignSignOf, isLoopbackHost } from '../../base/loopback.ts'
import { type BodyReader, HttpError, parseJson } from '../../chat/request-body.ts'

/**
 * Refuses a request from another machine: by its address, or by the header of a tunnel or proxy; and one that a web
 * page of another site sends from this machine. @throws HttpError 403
 */
export function requireLoopback(request: IncomingMessage): void {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  if (address !== '::1' && !isLoopbackHost(address))
    throw new HttpError(403, 'it is not from this machine')
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded
  if (forwarded !== undefined) throw new HttpError(403, 'it was forwarded to this machine')
  const sign = foreignSignOf(request.headers, request.method)
  if (sign) throw new HttpError(403, `its ${sign} is not of this machine`)
}

const withParsedBody = z.object({ body: z.record(z.string(), z.unknown()) })

/** The JSON body, whether express has parsed it or not. @throws HttpError 415, 413, 503 or 400 */
export async function readJsonBody(
  request: IncomingMessage,
  response: ServerResponse,
  bodies: BodyReader,
): Promise<unknown> {
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new HttpError(415, 'it is not JSON')
  const parsed = withParsedBody.safeParse(request)
  if (parsed.success) return parsed.data.body
  return parseJson((await bodies.read(request, response)).toString('utf8'))
}

export function respond(response: ServerResponse, status: number, body?: unknown): void {
  if (response.headersSent) return
  response.statusCode = status
  if (body !== undefined) response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(body === undefined ? undefined : JSON.stringify(body))
}
