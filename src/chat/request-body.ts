import type { IncomingMessage, ServerResponse } from 'node:http'

/** The body of a request is read before anybody knows who sent it, so its size is limited in one place. */

export interface BodyLimits {
  /** Of one body. An activity or a payload is some kilobytes; even a form filled to its limits is far below this. */
  readonly bodyBytes: number
  /** Of all bodies that have been read and whose requests are not answered yet, on both platforms together. */
  readonly totalBytes: number
}

const megabyte = 1024 * 1024

export const bodyLimits: BodyLimits = { bodyBytes: megabyte, totalBytes: 32 * megabyte }

/** Arrays and objects within each other; the deepest card that we send has some twenty. */
const maxNesting = 100

/** The request is answered with this status and, where there is one, this sentence. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export interface BodyReader {
  /**
   * Reads the whole body. Its bytes count as held until the response is closed.
   * @throws HttpError 413 where it is too large, 503 where all bodies together are, 400 where it breaks off
   */
  read(request: IncomingMessage, response: ServerResponse): Promise<Buffer>
  /** How many bytes are held now. */
  heldBytes(): number
}

/** One for all platforms of a process, so that they share `totalBytes`. */
export function createBodyReader(limits: BodyLimits = bodyLimits): BodyReader {
  let held = 0
  const { bodyBytes, totalBytes } = limits
  return {
    heldBytes: () => held,
    async read(request, response) {
      if (Number(request.headers['content-length'] ?? 0) > bodyBytes) throw tooLarge(limits)
      let bytes = 0
      response.once('close', () => {
        held -= bytes
        bytes = 0
      })
      const chunks: Buffer[] = []
      try {
        for await (const chunk of request.iterator({ destroyOnReturn: false })) {
          bytes += chunk.length
          held += chunk.length
          if (bytes > bodyBytes) throw tooLarge(limits)
          if (held > totalBytes) throw new HttpError(503, 'too much is arriving at this moment')
          chunks.push(chunk)
        }
      } catch (error) {
        if (error instanceof HttpError) throw error
        throw new HttpError(400, 'it broke off')
      }
      return Buffer.concat(chunks)
    },
  }
}

function tooLarge({ bodyBytes }: BodyLimits): HttpError {
  return new HttpError(413, `it is larger than ${bodyBytes} bytes`)
}

/** @throws HttpError 400 for what is not JSON, and for JSON that is nested so deeply that nobody meant it */
export function parseJson(text: string): unknown {
  if (isNestedDeeper(text, maxNesting)) throw new HttpError(400, 'its JSON is nested too deeply')
  try {
    return JSON.parse(text)
  } catch {
    throw new HttpError(400, 'it is not well-formed JSON')
  }
}

/**
 * Counts brackets outside strings, in one pass, before anything is parsed: what walks the value later, we or a library,
 * may do so recursively.
 */
function isNestedDeeper(text: string, limit: number): boolean {
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (isInString && char === '\\') at += 1
    else if (char === '"') isInString = !isInString
    else if (isInString) continue
    else if (char === '[' || char === '{') depth += 1
    else if (char === ']' || char === '}') depth -= 1
    if (depth > limit) return true
  }
  return false
}

/** Whoever is refused for who they are learns no more than that. */
const wordlessStatuses: readonly number[] = [401, 403]

/** Answers with a status and why, for whoever looks for the fault; never repeats what was sent. */
export function refuseRequest(response: ServerResponse, { status, message }: HttpError): void {
  if (response.headersSent) return
  // What is left of a body that is refused for its size is not waited for.
  if (status === 413 || status === 503) response.setHeader('connection', 'close')
  if (status === 503) response.setHeader('retry-after', '5')
  response.statusCode = status
  if (wordlessStatuses.includes(status)) {
    response.end()
    return
  }
  response.setHeader('content-type', 'text/plain; charset=utf-8')
  response.end(`Milepost refused this request: ${message}.\n`)
}
