/** XML of a workbook, element by element. */
import { Parser } from 'saxen'
import { limitExceeded, sheetLimits } from './sheet-limits.ts'

export interface XmlHandlers {
  /** Names without their prefix, attributes decoded. `stop` ends the reading. */
  open?(name: string, attributesOf: () => Partial<Record<string, string>>, stop: () => void): void
  close?(name: string): void
  text?(text: string): void
}

/**
 * Reads XML from its beginning to its end. No workbook declares entities, by which a line of text grows to gigabytes, so
 * whatever declares anything is refused.
 * @throws SheetLimitExceeded for too many elements, another Error for XML that is not well formed or declares something
 */
export function parseXml(xml: string, { open, close, text }: XmlHandlers): void {
  const parser = new Parser()
  const stop = () => parser.stop()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('attention', () => {
    throw new Error('The XML declares a document type.')
  })
  let elements = 0
  parser.on('openTag', (name, attributes, decode) => {
    elements += 1
    if (elements > sheetLimits.elements) throw limitExceeded.elements()
    const attributesOf = () => {
      const found = Object.entries(attributes() || {})
      return Object.fromEntries(found.map(([key, value]) => [localName(key), decode(value)]))
    }
    open?.(localName(name), attributesOf, stop)
  })
  if (close) parser.on('closeTag', (name) => close(localName(name)))
  if (text) parser.on('text', (part, decode) => text(decode(part)))
  parser.parse(xml)
}

/** "c" of "x:c" */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
