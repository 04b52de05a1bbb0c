import { getDocumentProxy, getResolvedPDFJS } from 'unpdf'

/**
 * What a screen reader needs of a PDF, by the numbers of the Matterhorn Protocol 1.1 (PDF Association, 2021), which says
 * how PDF/UA-1 (ISO 14289-1) is checked by machine. Those failure conditions that our files could meet; they have no
 * links, forms, annotations, notes, scripts, embedded files and no letters that the font does not bring along.
 */

type Document = Awaited<ReturnType<typeof getDocumentProxy>>
type Page = Awaited<ReturnType<Document['getPage']>>

interface StructNode {
  readonly role?: string
  readonly type?: string
  readonly id?: string
  readonly alt?: string
  readonly children?: readonly StructNode[]
}

/** Each fault with its number; none where the file passes. */
export async function pdfUaFaults(bytes: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(Uint8Array.from(bytes))
  const trees: StructNode[] = []
  const faults = fileFaults(Buffer.from(bytes).toString('latin1'))
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const tree: StructNode = (await page.getStructTree()) ?? {}
    trees.push(tree)
    faults.push(...(await contentFaults(page, tree)).map((fault) => `${fault} (page ${number})`))
  }
  return [...faults, ...structureFaults(trees)]
}

/** In the objects of the file, which pdfkit writes as they are. */
function fileFaults(file: string): string[] {
  const count = (pattern: RegExp) => file.match(pattern)?.length ?? 0
  const headers = [...file.matchAll(/\/S \/TH\b(.*?)endobj/gs)]
  const conditions: readonly (readonly [boolean, string])[] = [
    [/\/Marked true/.test(file), '01-000 the file is not marked as tagged'],
    [/<x:xmpmeta/.test(file), '06-001 no metadata'],
    [/<dc:title>.*?<rdf:li[^>]*>[^<]+</s.test(file), '06-003 no title in the metadata'],
    [/\/DisplayDocTitle true/.test(file), '07-001 the title is not shown'],
    [/\/Lang \([a-z]{2}(-[A-Z]{2})?\)/.test(file), '11-006 no language'],
    [
      headers.every(([, one]) => one?.includes('/Scope /Column')),
      '15-003 a header cell without scope',
    ],
    [!file.includes('/Encrypt'), '26-001 locked'],
    [
      count(/\/FontFile[23]?\b/g) === count(/\/Type \/FontDescriptor/g) &&
        !/\/Subtype \/Type1\b/.test(file),
      '31-009 a font is not in it',
    ],
    [count(/\/ToUnicode/g) >= count(/\/Subtype \/Type0/g), '10-001 letters without Unicode'],
  ]
  return conditions.flatMap(([holds, fault]) => (holds ? [] : [fault]))
}

/** All that is drawn is content of an element or an artifact, and neither stands in the other. */
async function contentFaults(page: Page, tree: StructNode): Promise<string[]> {
  const { OPS } = await getResolvedPDFJS()
  const { fnArray, argsArray } = await page.getOperatorList()
  const painting = new Set<number>([
    ...[OPS.showText, OPS.showSpacedText, OPS.constructPath, OPS.fill, OPS.stroke],
    ...[OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.shadingFill],
  ])
  const open: { readonly tag: string; readonly id: number | null }[] = []
  const tagged: number[] = []
  const faults: string[] = []
  for (const [at, operator] of fnArray.entries()) {
    if (operator === OPS.beginMarkedContent || operator === OPS.beginMarkedContentProps) {
      const [tag = '', id = null] = argsArray[at] as [string?, (number | null)?]
      const isArtifact = tag === 'Artifact'
      const isInArtifact = open.some((one) => one.tag === 'Artifact')
      if (isArtifact && open.some((one) => one.id !== null))
        faults.push('01-003 an artifact in content')
      if (!isArtifact && isInArtifact) faults.push('01-004 content in an artifact')
      if (id !== null) tagged.push(id)
      open.push({ tag, id })
    } else if (operator === OPS.endMarkedContent) {
      open.pop()
    } else if (
      painting.has(operator) &&
      !open.some((one) => one.tag === 'Artifact' || one.id !== null)
    ) {
      faults.push('01-005 drawn, and neither content nor artifact')
    }
  }
  const known = new Set(contentIds(tree).map((id) => Number(/_mc(\d+)$/.exec(id)?.[1])))
  if (tagged.some((id) => !known.has(id))) faults.push('01-005 content that no element has')
  return [...new Set(faults)]
}

const contentIds = ({ type, id, children = [] }: StructNode): string[] => [
  ...(type === 'content' && id ? [id] : []),
  ...children.flatMap(contentIds),
]

/** ISO 32000-1, 14.8.4: in what each element stands. */
const parents: Readonly<Record<string, readonly string[]>> = {
  ...{
    Document: ['Root'],
    P: ['Document'],
    L: ['Document'],
    LI: ['L'],
    Lbl: ['LI'],
    LBody: ['LI'],
  },
  ...{ Table: ['Document'], Caption: ['Table'], TR: ['Table'], TH: ['TR'], TD: ['TR'] },
  ...{ H1: ['Document'], H2: ['Document'], H3: ['Document'], H4: ['Document'] },
  Figure: ['Document'],
  Span: ['P', 'Lbl', 'LBody', 'Caption', 'TH', 'TD', 'H1', 'H2', 'H3', 'H4'],
}

function structureFaults(trees: readonly StructNode[]): string[] {
  const faults: string[] = []
  const levels: number[] = []
  const visit = ({ role = '', alt, children = [] }: StructNode, parent: string): void => {
    const allowed = parents[role]
    if (!allowed && role !== 'Root') faults.push(`02-001 ${role} is no standard element`)
    if (allowed && !allowed.includes(parent)) faults.push(`09-000 ${role} stands in ${parent}`)
    if (role === 'Figure' && !alt) faults.push('13-004 a figure without alternative text')
    const level = /^H(\d)$/.exec(role)?.[1]
    if (level) levels.push(Number(level))
    for (const one of children) if (one.role) visit(one, role)
  }
  for (const tree of trees) visit({ ...tree, role: tree.role ?? 'Root' }, '')
  if (levels[0] !== 1) faults.push('14-002 the first heading is not of level 1')
  if (levels.some((level, at) => level > (levels[at - 1] ?? level) + 1)) {
    faults.push('14-003 a level of headings is left out')
  }
  return [...new Set(faults)]
}

/** The letters of a PDF in the order of its structure, in which it is read aloud. */
export async function textInReadingOrder(bytes: Uint8Array): Promise<string> {
  const document = await getDocumentProxy(Uint8Array.from(bytes))
  const texts: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const letters = new Map<string, string>()
    let id = ''
    for (const item of (await page.getTextContent({ includeMarkedContent: true })).items) {
      if ('str' in item) letters.set(id, (letters.get(id) ?? '') + item.str)
      else if (item.type === 'beginMarkedContentProps') id = item.id ?? ''
    }
    const tree: StructNode = (await page.getStructTree()) ?? {}
    texts.push(...contentIds(tree).map((one) => letters.get(one) ?? ''))
  }
  return texts.join('').replace(/\s+/g, '')
}
