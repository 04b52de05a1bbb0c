import { unzipSync } from 'fflate'
import { extractText, getDocumentProxy } from 'unpdf'

/** Papers as their readers get them: read back from the files, by code that did not write them. */

export interface ReadTable {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Its first row is marked as its header row, to be repeated on each page. */
  readonly hasHeaderRow: boolean
}

/** What a Word file says and how it is marked (ECMA-376 part 1, 17: WordprocessingML). */
export function readDocx(bytes: Uint8Array) {
  const parts = unzipSync(bytes)
  const part = (name: string) => Buffer.from(parts[name] ?? []).toString()
  const document = part('word/document.xml')
  return {
    title: textBetween(part('docProps/core.xml'), 'dc:title'),
    language: /<w:lang w:val="([^"]+)"/.exec(part('word/styles.xml'))?.[1],
    headings: all(document, 'w:p').flatMap((one) => {
      const style = /<w:pStyle w:val="(Title|Heading\d)"/.exec(one)?.[1]
      return style ? [`${style}: ${textOf(one)}`] : []
    }),
    tables: all(document, 'w:tbl').map(readTable),
    hasMergedCells: /<w:(gridSpan|vMerge|hMerge)\b/.test(document),
    alternativeTexts: [...document.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(([, text]) =>
      unescapeXml(text ?? ''),
    ),
    /** Every word of it, white space as single spaces. */
    text: squeezed(all(document, 'w:p').map(textOf).join(' ')),
  }
}

function readTable(xml: string): ReadTable {
  const rows = all(xml, 'w:tr')
  const cells = rows.map((row) => all(row, 'w:tc').map(textOf))
  return {
    headings: cells[0] ?? [],
    rows: cells.slice(1),
    hasHeaderRow: rows[0]?.includes('<w:tblHeader') ?? false,
  }
}

const all = (xml: string, tag: string): string[] =>
  [...xml.matchAll(new RegExp(`<${tag}(?: [^>]*)?>.*?</${tag}>`, 'gs'))].map(([one]) => one)

/** A line break within a paragraph is one in the text. */
function textOf(xml: string): string {
  const parts = xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:br\/>/g)
  return [...parts].map(([, text]) => (text === undefined ? '\n' : unescapeXml(text))).join('')
}

const textBetween = (xml: string, tag: string) =>
  unescapeXml(all(xml, tag)[0]?.replace(/<[^>]*>/g, '') ?? '')

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
}
const unescapeXml = (text: string) =>
  text.replace(/&(\w+);/g, (whole, name) => entities[name] ?? whole)

export const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** What a PDF says, and the structure that a screen reader follows (ISO 32000-1, 14.7 and 14.8). */
export async function readPdf(bytes: Uint8Array) {
  const document = await getDocumentProxy(Uint8Array.from(bytes))
  const { info } = await document.getMetadata()
  const marks = await document.getMarkInfo()
  const roles: string[] = []
  const alternativeTexts: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const tree = await page.getStructTree()
    roles.push(...rolesOf(tree))
    alternativeTexts.push(...altsOf(tree))
  }
  const { text: pageTexts } = await extractText(document, { mergePages: false })
  const said = info as { readonly Title?: string; readonly Language?: string }
  return {
    ...{ title: said.Title, language: said.Language, isTagged: marks?.Marked === true, roles },
    ...{ alternativeTexts, pages: document.numPages, pageTexts },
    text: squeezed(pageTexts.join('\n')),
  }
}

interface StructNode {
  readonly role?: string
  readonly type?: string
  readonly alt?: string
  readonly children?: readonly unknown[]
}

/** Of a page, the elements that have something on it: one that goes on there from the page before is named again. */
function rolesOf(node: unknown): string[] {
  const { role, children = [] } = (node ?? {}) as StructNode
  return [...(role && hasContent(node) ? [role] : []), ...children.flatMap(rolesOf)]
}

function altsOf(node: unknown): string[] {
  const { alt, children = [] } = (node ?? {}) as StructNode
  return [...(alt === undefined ? [] : [alt]), ...children.flatMap(altsOf)]
}

function hasContent(node: unknown): boolean {
  const { type, children = [] } = (node ?? {}) as StructNode
  return type === 'content' || children.some(hasContent)
}
