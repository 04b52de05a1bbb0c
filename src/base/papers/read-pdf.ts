import { Worker } from 'node:worker_threads'
import { Refusal } from '../errors.ts'
import type { PdfFault, PdfRequest, PdfResponse } from './pdf-worker-thread.ts'

/** What a paper of a board can need, several times over. */
export const pdfLimits = {
  bytes: 10 * 1024 * 1024,
  pages: 300,
  characters: 2_000_000,
  /** Somebody waits, and a request's transaction ends after 20 s. */
  milliseconds: 12_000,
  heapMegabytes: 256,
  /** Outside the heap: what streams unpack to, of which 10 MB may hold 10 GB. */
  unpackedMegabytes: 256,
}

/** How often is looked what a PDF has unpacked to: it grows by some hundred MB a second. */
const lookMs = 50

const saveAsWord = 'Open it in Word, save it as .docx, and compare that.'

const faultTexts: Readonly<
  Record<PdfFault | 'too large' | 'too much inside' | 'too slow' | 'busy' | 'no text', string>
> = {
  damaged: `is no PDF that I can read: it may be damaged. ${saveAsWord}`,
  locked: 'is locked with a password. Save it without one, and compare that.',
  'too large': `is larger than ${pdfLimits.bytes / 1024 / 1024} MB, which I do not read. Send the pages that matter.`,
  'too much inside': 'unpacks to more than a paper can need. Send the pages that matter.',
  'too many pages': `has more than ${pdfLimits.pages} pages. Send the pages that matter.`,
  'too much text': 'has more text than a paper can need. Send the pages that matter.',
  'too slow': `took too long to read, and I stopped. Send the pages that matter, or ${saveAsWord.toLowerCase()}`,
  busy: 'has to wait: I am reading another PDF. Send it again in a minute.',
  'no text': `has no text, only pictures of pages: it was scanned. ${saveAsWord}`,
}

const refusal = (fileName: string, fault: keyof typeof faultTexts) =>
  new Refusal(`${fileName} ${faultTexts[fault]} Nothing was kept.`)

let isReading = false

/**
 * The rows of a PDF by its text, in the order of its pages. One at a time, in a thread with a limit of time and memory.
 * @throws Refusal that says what to do, for what cannot be read within the limits
 */
export async function readPdfRows(
  bytes: Uint8Array,
  fileName: string,
  { milliseconds, unpackedMegabytes } = pdfLimits,
): Promise<string[][]> {
  if (bytes.byteLength > pdfLimits.bytes) throw refusal(fileName, 'too large')
  if (isReading) throw refusal(fileName, 'busy')
  const thread = new Worker(new URL('./pdf-worker-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: pdfLimits.heapMegabytes },
    // Nothing of this process's secrets is of use there, nor what it loads at its own start.
    ...{ env: {}, execArgv: [] },
  })
  isReading = true
  try {
    const response = await answerOf(thread, bytes, { milliseconds, unpackedMegabytes })
    if (typeof response === 'string') throw refusal(fileName, response)
    if ('fault' in response) throw refusal(fileName, response.fault)
    if (response.rows.length === 0) throw refusal(fileName, 'no text')
    return response.rows
  } finally {
    await thread.terminate()
    isReading = false
  }
}

type PdfAnswer = PdfResponse | 'too slow' | 'too much inside'

/** A thread that ends by itself had too little memory, or met what the library does not expect. */
function answerOf(
  thread: Worker,
  bytes: Uint8Array,
  { milliseconds, unpackedMegabytes }: Pick<typeof pdfLimits, 'milliseconds' | 'unpackedMegabytes'>,
): Promise<PdfAnswer> {
  const { promise, resolve } = Promise.withResolvers<PdfAnswer>()
  const timer = setTimeout(resolve, milliseconds, 'too slow')
  const look = setInterval(async () => {
    // A thread that has ended holds nothing.
    const held = await thread.getHeapStatistics().catch(() => undefined)
    const unpacked = (held?.external_memory ?? 0) / 1024 / 1024
    if (unpacked > unpackedMegabytes) resolve('too much inside')
  }, lookMs)
  thread.once('message', resolve)
  thread.once('error', () => resolve({ fault: 'damaged' }))
  thread.once('exit', () => resolve({ fault: 'damaged' }))
  const { pages: maxPages, characters: maxCharacters } = pdfLimits
  const request: PdfRequest = { bytes: Uint8Array.from(bytes), maxPages, maxCharacters }
  thread.postMessage(request)
  return promise.finally(() => {
    clearTimeout(timer)
    clearInterval(look)
  })
}
