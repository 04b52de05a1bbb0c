/** The parts of a workbook (ECMA-376, part 2: a zip), measured before and while they are unpacked. */
import { strFromU8, type UnzipFileInfo, unzipSync, zipSync } from 'fflate'
import { parseXml } from './parse-xml.ts'
import { limitExceeded, sheetLimits } from './sheet-limits.ts'

export interface UnpackedSheet {
  readonly name: string
  /** Among all sheets of the workbook, from 1. */
  readonly position: number
  /** A person who opens the workbook does not see it. */
  readonly isHidden: boolean
  readonly xml: string
  /** Of the whole workbook; '' where it has none. */
  readonly stylesXml: string
  /** The workbook with this sheet alone: nothing in it but what was measured. */
  pack(): Uint8Array
}

const [bookPath, relationsPath] = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels']

/**
 * The sheets of a workbook in their order; macros, pictures and links to other files are not unpacked.
 * @throws SheetLimitExceeded where it goes beyond a limit; another Error where it is no workbook
 */
export function unpackSheets(file: Uint8Array): UnpackedSheet[] {
  const book = unpack(file, [bookPath, relationsPath])
  const relations = relationsOf(textOf(book, relationsPath))
  const sheets = sheetsOf(textOf(book, bookPath)).flatMap(({ name, id, isHidden }, at) => {
    const path = relations.find((one) => one.id === id && one.type === 'worksheet')?.path
    return path === undefined ? [] : [{ name, path, isHidden, position: at + 1 }]
  })
  if (sheets.length > sheetLimits.sheets) throw limitExceeded.sheets()
  const shared = relations.filter(({ type }) => type === 'sharedStrings' || type === 'styles')
  const paths = [...sheets, ...shared].map(({ path }) => path)
  const parts = { ...book, ...unpack(file, paths, sizeOf(book)) }
  for (const { path } of shared) assertDeclaresNothing(textOf(parts, path))
  const stylesPath = shared.find(({ type }) => type === 'styles')?.path
  const stylesXml = stylesPath === undefined ? '' : textOf(parts, stylesPath)
  return sheets.map(({ name, path, position, isHidden }) => {
    const needed = [bookPath, relationsPath, path, ...shared.map((one) => one.path)]
    const packed = () =>
      Object.fromEntries(Object.entries(parts).filter(([path]) => needed.includes(path)))
    const xml = textOf(parts, path)
    const pack = () => zipSync(packed(), { level: 0 })
    return { name, position, isHidden, xml, stylesXml, pack }
  })
}

/**
 * The parts of these names. fflate unpacks no more of a part than the directory of the zip says, so that a directory
 * that lies cannot make it grow.
 */
function unpack(
  file: Uint8Array,
  paths: readonly string[],
  already = 0,
): Record<string, Uint8Array> {
  let [entries, bytes] = [0, already]
  return unzipSync(file, {
    filter: ({ name, size, originalSize }: UnzipFileInfo) => {
      entries += 1
      if (entries > sheetLimits.parts) throw limitExceeded.parts()
      if (!paths.includes(name)) return false
      bytes += Math.max(size, originalSize)
      if (bytes > sheetLimits.unpackedBytes) throw limitExceeded.unpacked()
      return true
    },
  })
}

function sizeOf(parts: Record<string, Uint8Array>): number {
  return Object.values(parts).reduce((sum, part) => sum + part.length, 0)
}

function textOf(parts: Record<string, Uint8Array>, path: string): string {
  const part = parts[path]
  if (!part) throw new Error(`There is no ${path}.`)
  return strFromU8(part)
}

function assertDeclaresNothing(xml: string): void {
  parseXml(xml, {})
}

interface NamedSheet {
  readonly name: string
  readonly id: string | undefined
  readonly isHidden: boolean
}

function sheetsOf(bookXml: string): NamedSheet[] {
  const sheets: NamedSheet[] = []
  parseXml(bookXml, {
    open(element, attributesOf) {
      if (element !== 'sheet') return
      const { name, id, state = 'visible' } = attributesOf()
      if (name) sheets.push({ name, id, isHidden: state !== 'visible' })
    },
  })
  return sheets
}

interface Relation {
  readonly id: string
  /** The last word of its type: "worksheet". */
  readonly type: string
  readonly path: string
}

/** The parts of the workbook. A link to another file is none. */
function relationsOf(relationsXml: string): Relation[] {
  const relations: Relation[] = []
  parseXml(relationsXml, {
    open(element, attributesOf) {
      if (element !== 'Relationship') return
      const { Id: id = '', Type = '', Target = '', TargetMode } = attributesOf()
      if (TargetMode === 'External') return
      const path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`
      relations.push({ id, type: Type.split('/').at(-1) ?? '', path })
    },
  })
  return relations
}
