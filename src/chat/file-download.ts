import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { FileRefusal, fileLimits, fileRefusal } from './received-file.ts'

/** How a file that a person sent is fetched, whatever the platform. */

export interface Download {
  /** For the words of a refusal. */
  readonly name: string
  readonly url: string
  /** Whether the address may be asked: the first one, and each to which it redirects. */
  isAllowed(url: URL): boolean
  /** Sent to allowed addresses alone. */
  readonly headers?: Readonly<Record<string, string>>
  /** The refusal of an address that may not be asked. */
  refuseAddress(url: URL): FileRefusal
  /** The refusal of what comes in place of a file, by the type that the server says; absent: all are taken. */
  refuseContent?(contentType: string): FileRefusal | undefined
}

export interface DownloadOptions {
  readonly log: Log
  readonly fetch?: typeof fetch | undefined
  /** Of the whole download, in milliseconds. */
  readonly timeoutMs?: number | undefined
}

const maxRedirects = 3

/**
 * Downloads a file, of which no more is read than a file may have. The log gets no address: whoever has one may have the
 * file. @throws FileRefusal, nothing else
 */
export async function downloadFile(
  download: Download,
  { log, fetch: send = fetch, timeoutMs = fileLimits.downloadMs }: DownloadOptions,
): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await followRedirects(download, (url) =>
      send(url.href, { redirect: 'manual', headers: download.headers ?? {}, signal }),
    )
    return await readBody(download, response)
  } catch (error) {
    const refusal = refusalOf(download, error, signal)
    const fields = { fault: refusal.fault, error: messageOf(error) }
    log.warn(fields, 'A file that somebody sent was not read')
    throw refusal
  }
}

/** A fault of the connection that its message names, without an address. */
class DownloadError extends Error {
  override readonly name = 'DownloadError'
}

function refusalOf({ name }: Download, error: unknown, signal: AbortSignal): FileRefusal {
  if (error instanceof FileRefusal) return error
  return signal.aborted ? fileRefusal.tooLate(name) : fileRefusal.downloadFailed(name)
}

async function followRedirects(
  { url, isAllowed, refuseAddress }: Download,
  get: (url: URL) => Promise<Response>,
): Promise<Response> {
  if (!URL.canParse(url)) throw new DownloadError('its address is none')
  let at = new URL(url)
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    if (!isAllowed(at)) throw refuseAddress(at)
    const response = await get(at)
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null) return response
    await response.body?.cancel()
    if (!URL.canParse(location, at.href)) throw new DownloadError('it redirects to no address')
    at = new URL(location, at)
  }
  throw new DownloadError('it redirects too often')
}

async function readBody(
  { name, refuseContent }: Download,
  { ok, status, headers, body }: Response,
): Promise<Uint8Array> {
  const refuse = async (error: Error): Promise<never> => {
    await body?.cancel()
    throw error
  }
  if (!ok) return refuse(new DownloadError(`the server answered ${status}`))
  const [contentType = ''] = (headers.get('content-type') ?? '').toLowerCase().split(';')
  const refusal = refuseContent?.(contentType.trim())
  if (refusal) return refuse(refusal)
  const declared = Number(headers.get('content-length') ?? 0)
  if (declared > fileLimits.bytes) return refuse(fileRefusal.tooLarge(name, declared))
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    // Leaving the loop closes the connection.
    if (bytes > fileLimits.bytes) throw fileRefusal.tooLarge(name)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
