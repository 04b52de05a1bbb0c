import { expect, test } from '@jest/globals'
import PdfDocument from 'pdfkit'
import { pdfUaFaults } from '../../support/pdf-ua.ts'

async function faultsOf(
  draw: (document: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<string[]> {
  const document = new PdfDocument({ compress: false, ...options })
  draw(document)
  document.end()
  const chunks: Uint8Array[] = []
  for await (const chunk of document) chunks.push(chunk as Uint8Array)
  return pdfUaFaults(Buffer.concat(chunks))
}

const numbersOf = (faults: readonly string[]) =>
  [...new Set(faults.map((fault) => fault.slice(0, 6)))].toSorted()

/** A reader who never finds anything is none. */
test('the check of PDFs finds what a plain one lacks', async () => {
  const faults = await faultsOf((document) => document.text('Words').rect(1, 1, 9, 9).fill())
  expect(numbersOf(faults)).toEqual([
    ...['01-000', '01-005', '06-001', '06-003', '07-001', '11-006', '14-002', '31-009'],
  ])
})

test('the check of PDFs finds wrong structure in a tagged one', async () => {
  const faults = await faultsOf(
    (document) => {
      const root = document.struct('Document')
      document.addStructure(root)
      const say = (type: string, parent: PDFKit.PDFStructureElement) => {
        const element = document.struct(type)
        parent.add(element)
        element.add(document.markStructureContent(type))
        document.text(type)
        document.endMarkedContent()
        element.end()
      }
      for (const type of ['H2', 'H4', 'TD', 'Figure', 'Aside']) say(type, root)
      say('TH', root)
      root.end()
    },
    { tagged: true, lang: 'en-GB', displayTitle: true, pdfVersion: '1.7' },
  )
  expect(numbersOf(faults)).toEqual(
    expect.arrayContaining(['02-001', '09-000', '13-004', '14-002', '14-003', '15-003']),
  )
})
