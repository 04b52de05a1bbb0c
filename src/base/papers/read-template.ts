/** A Word file that an office sends, as papers may be put into it: measured, and without what does something by itself. */
import { strFromU8, strToU8, type UnzipFileInfo, unzipSync } from 'fflate'
import { Refusal } from '../errors.ts'
import { parseXml } from '../sheets/parse-xml.ts'
import { sheetLimits } from '../sheets/sheet-limits.ts'
import { zipFiles } from '../zip.ts'

/** Every paper carries the template, so it is smaller than a sheet may be. */
export const maxTemplateBytes = 4 * 1024 * 1024

type Parts = Readonly<Record<string, Uint8Array>>

/**
 * The file packed anew, so that its directory tells the truth about its parts and nothing unmeasured is kept, and without
 * the names of those who wrote it.
 * @throws Refusal that says what to do: no Word file, too large, with macros or what reads other files when somebody opens
 * a paper, or with comments and tracked changes, which would go out in each paper
 */
export function readTemplate(bytes: Uint8Array, fileName: string): Uint8Array {
  const refuse = (why: string) => new Refusal(`${fileName} ${why} Nothing was saved.`)
  if (bytes.length > maxTemplateBytes) {
    throw refuse(
      `is larger than ${maxTemplateBytes / 1024 / 1024} MB, and would be in every paper. Make its pictures smaller in Word (Compress Pictures), and send it again.`,
    )
  }
  const sent = unpack(bytes)
  const parts = sent && withoutOrigin(sent)
  const document = parts && textOf(parts, 'word/document.xml')
  const types = parts && textOf(parts, '[Content_Types].xml')
  if (!parts || !document || !types) {
    throw refuse(
      'is no Word file that I can read, or unpacks to more than a paper needs. Save it in Word as .docx, and send it again.',
    )
  }
  const fault = faultOf(parts, types)
  if (fault) throw refuse(fault)
  return zipFiles(parts)
}

/** The parts of a zip; undefined where it is none, is damaged or too large. */
function unpack(bytes: Uint8Array): Parts | undefined {
  let [entries, unpacked] = [0, 0]
  // fflate unpacks no more of a part than the directory says, so that a directory that lies cannot make it grow.
  const filter = ({ name, size, originalSize }: UnzipFileInfo) => {
    entries += 1
    unpacked += Math.max(size, originalSize)
    if (entries > sheetLimits.parts || unpacked > sheetLimits.unpackedBytes)
      throw new Error('Limit')
    return !name.endsWith('/')
  }
  try {
    return unzipSync(bytes, { filter })
  } catch {
    return undefined
  }
}

const textOf = (parts: Parts, path: string): string | undefined => {
  const part = parts[path]
  return part && strFromU8(part)
}

/** What is wrong with it, and what to do, behind its name; undefined for nothing. */
function faultOf(parts: Parts, types: string): string | undefined {
  if (/vbaProject|macroEnabled/i.test(types)) return withMacros
  if (/wordprocessingml\.template\./i.test(types)) {
    return 'is a Word template (.dotx). Save it in Word as a document (.docx), and send it again.'
  }
  for (const [path, part] of Object.entries(parts)) {
    if (!/\.(xml|rels)$/i.test(path)) continue
    const fault = faultOfXml(path, strFromU8(part))
    if (fault) return fault
  }
  return undefined
}

const withMacros =
  'has macros, which nobody should get with a paper. Save it in Word as .docx, without them, and send it again.'

/** By what one part is to another. Source: ECMA-376 part 1, 11.3, and for macros [MS-OFFMACRO2]. */
const partFaults: readonly (readonly [RegExp, string])[] = [
  [/\/(wordV|v)baProject$|\/wordVbaData$/i, withMacros],
  [
    /\/(oleObject|package|control|aFChunk|subDocument|frame)$/i,
    'has something of another program in it (an embedded file, a chart or a control). Put in a picture of it, and send it again.',
  ],
]

/** Fields that fetch what they show from elsewhere. Source: ECMA-376 part 1, 17.16.5 */
const fetchingField =
  /^\s*(DDE|DDEAUTO|LINK|INCLUDETEXT|INCLUDEPICTURE|IMPORT|INCLUDE|DATABASE|RD)\b/i

/** Somebody has to press it. */
const harmlessLink = /\/hyperlink$/

const fetches =
  'shows something that Word fetches from elsewhere when a paper is opened (a linked picture, a linked file or such a field). Put it in itself, and send it again.'

function faultOfXml(path: string, xml: string): string | undefined {
  let [fault, field, isField]: [string | undefined, string, boolean] = [undefined, '', false]
  const readField = (text: string) => {
    if (fetchingField.test(text)) fault ??= fetches
  }
  try {
    parseXml(xml, {
      open: (name, attributesOf) => {
        isField = name === 'instrText'
        if (name === 'fldChar') {
          readField(field)
          field = ''
        }
        if (name === 'fldSimple') readField(attributesOf().instr ?? '')
        if (name === 'comment') fault ??= commented
        if (trackedChange.test(name) && attributesOf().author !== undefined) fault ??= tracked
        if (name === 'Relationship') {
          const { Type = '', TargetMode } = attributesOf()
          fault ??= partFaults.find(([pattern]) => pattern.test(Type))?.[1]
          if (TargetMode === 'External' && !harmlessLink.test(Type)) fault ??= fetches
        }
      },
      text: (words) => {
        if (isField) field += words
      },
      close: () => {
        isField = false
      },
    })
  } catch {
    return `has a part that I cannot read (${path}). Open it in Word, save it as .docx, and send it again.`
  }
  return fault
}

const trackedChange = /^(ins|del|moveFrom|moveTo|\w+PrChange)$/
const commented =
  'has comments, which would go out in every paper. Delete them in Word (Review, Delete All Comments), and send it again.'
const tracked =
  'has tracked changes, which would go out in every paper. Accept or reject them in Word, and send it again.'

type Edit = (xml: string) => string

/** @param names of elements, separated by | */
function emptied(names: string): Edit {
  const words = new RegExp(`(?<=<(?:[\\w-]+:)?(?:${names})(?:\\s[^<>]*)?>)[^<]+`, 'g')
  return (xml) => xml.replace(words, '')
}

/** What is taken out of which part: nothing that a reader of a paper needs. Source: ECMA-376 part 1, 15.2.12, and [MS-DOCX] */
const takenOut: readonly (readonly [part: RegExp, edit: Edit])[] = [
  // Word names the template that a file was made from by its path on somebody’s machine, and reads it again from there.
  [/^word\/(.+\/)?settings\.xml$/, (xml) => xml.replace(/<w:attachedTemplate\b[^<>]*\/>/g, '')],
  [
    /^word\/(.+\/)?_rels\/settings\.xml\.rels$/,
    (xml) =>
      xml.replace(/<Relationship\b[^<>]*>/g, (one) =>
        /\/attachedTemplate["']/.test(one) ? '' : one,
      ),
  ],
  // Who wrote and saved the file, and who is named in what an office added to its properties or in SharePoint’s columns.
  [/^docProps\/core\.xml$|\.psmdcp$/, emptied('creator|lastModifiedBy')],
  [/^docProps\/app\.xml$/, emptied('Manager')],
  [/^docProps\/custom\.xml$/, emptied('lpwstr|lpstr|bstr')],
  [/^customXml\/item\d+\.xml$/, emptied('DisplayName')],
  // Who commented on it.
  [
    /^word\/people\.xml$/,
    () => '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>',
  ],
]

/** The parts without where the file comes from and whose it is. */
function withoutOrigin(parts: Parts): Parts {
  const edited = { ...parts }
  for (const [path, part] of Object.entries(parts)) {
    const edit = takenOut.find(([which]) => which.test(path))?.[1]
    if (edit) edited[path] = strToU8(edit(strFromU8(part)))
  }
  return edited
}
