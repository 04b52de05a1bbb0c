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
  readonly stringsXml: string
  /** Of the notes of its cells, part by part. */
  readonly notesXml: readonly string[]
  /** Web addresses of its links by the ids of their relations. */
  readonly linkTargets: ReadonlyMap<string, string>
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
  const ofSheets = sheets.map(({ path }) => relationsPathOf(path))
  const paths = [...[...sheets, ...shared].map(({ path }) => path), ...ofSheets]
  const cellParts = { ...book, ...unpack(file, paths, sizeOf(book)) }
  const beside = new Map(
    sheets.map(({ path }) => [path, besideSheet(path, cellParts[relationsPathOf(path)])]),
  )
  const notePaths = [...beside.values()].flatMap(({ notes }) => notes)
  const noteParts = notePaths.length > 0 ? unpack(file, notePaths, sizeOf(cellParts)) : {}
  const parts = { ...cellParts, ...noteParts }
  for (const { path } of shared) assertDeclaresNothing(textOf(parts, path))
  const stylesPath = shared.find(({ type }) => type === 'styles')?.path
  const stylesXml = stylesPath === undefined ? '' : textOf(parts, stylesPath)
  const stringsPath = shared.find(({ type }) => type === 'sharedStrings')?.path
  const stringsXml = stringsPath === undefined ? '' : textOf(parts, stringsPath)
  return sheets.map(({ name, path, position, isHidden }) => {
    const needed = [bookPath, relationsPath, path, ...shared.map((one) => one.path)]
    const packed = () =>
      Object.fromEntries(Object.entries(parts).filter(([path]) => needed.includes(path)))
    const xml = textOf(parts, path)
    const pack = () => zipSync(packed(), { level: 0 })
    const { notes = [], linkTargets = new Map() } = beside.get(path) ?? {}
    const notesXml = notes.flatMap((one) => (parts[one] ? [textOf(parts, one)] : []))
    return { name, position, isHidden, xml, stylesXml, stringsXml, notesXml, linkTargets, pack }
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

const relationsPathOf = (path: string): string => path.replace(/([^/]*)$/, '_rels/$1.rels')

/** What the relations of a sheet name beside its cells. */
function besideSheet(sheetPath: string, relations: Uint8Array | undefined) {
  const notes: string[] = []
  const linkTargets = new Map<string, string>()
  if (!relations) return { notes, linkTargets }
  parseXml(strFromU8(relations), {
    open(element, attributesOf) {
      if (element !== 'Relationship') return
      const { Id = '', Type = '', Target = '', TargetMode } = attributesOf()
      if (TargetMode === 'External') linkTargets.set(Id, Target)
      else if (Type.endsWith('/comments')) notes.push(resolvePath(sheetPath, Target))
    },
  })
  return { notes, linkTargets }
}

/** "../comments1.xml" beside "xl/worksheets/sheet1.xml" is "xl/comments1.xml". */
function resolvePath(from: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const parts = from.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
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
