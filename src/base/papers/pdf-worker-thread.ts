import { parentPort } from 'node:worker_threads'
import { getResolvedPDFJS } from 'unpdf'
import { pdfRows, type TextRun } from './pdf-rows.ts'

/** Runs in a thread of its own, which is ended when it takes too long: a PDF may be made to keep its reader busy. */

export interface PdfRequest {
  readonly bytes: Uint8Array
  readonly maxPages: number
  readonly maxCharacters: number
}
export type PdfFault = 'damaged' | 'locked' | 'too many pages' | 'too much text'
export type PdfResponse = { readonly rows: string[][] } | { readonly fault: PdfFault }

parentPort?.once('message', async (request: PdfRequest) => {
  parentPort?.postMessage(await readRows(request))
})

async function readRows({ bytes, maxPages, maxCharacters }: PdfRequest): Promise<PdfResponse> {
  try {
    const { getDocument } = await getResolvedPDFJS()
    const document = await getDocument({
      data: bytes,
      // Nothing of the file is run, drawn or looked for on this machine: only its letters are wanted.
      ...{ isEvalSupported: false, enableXfa: false, disableFontFace: true },
      ...{ useSystemFonts: false, useWorkerFetch: false, useWasm: false, verbosity: 0 },
    }).promise
    if (document.numPages > maxPages) return { fault: 'too many pages' }
    const rows: string[][] = []
    let characters = 0
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number)
      const runs = runsOf((await page.getTextContent()).items)
      characters += runs.reduce((sum, { text }) => sum + text.length, 0)
      if (characters > maxCharacters) return { fault: 'too much text' }
      rows.push(...pdfRows(runs))
      page.cleanup()
    }
    return { rows }
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException'
    return { fault: isLocked ? 'locked' : 'damaged' }
  }
}

type TextItem = Awaited<ReturnType<PdfPage['getTextContent']>>['items'][number]
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>
type PdfDocument = Awaited<
  ReturnType<Awaited<ReturnType<typeof getResolvedPDFJS>>['getDocument']>['promise']
>

/** ISO 32000-1, 9.4.4: the matrix of a text ends in where it begins, and its second column is as long as it is high. */
function runsOf(items: readonly TextItem[]): TextRun[] {
  return items.flatMap((item) => {
    if (!('str' in item)) return []
    const [, , c = 0, d = 0, x = 0, y = 0] = item.transform as number[]
    return [{ text: item.str, x, y, width: item.width, size: Math.hypot(c, d) }]
  })
}
