import { strToU8, zipSync } from 'fflate'

/** What a cell of a test workbook holds: text, a number, a day (by Excel's count), a formula with its saved value. */
export type TestCell =
  | string
  | number
  | { readonly day: number }
  /** A text of which the parts in a list of their own are struck out. */
  | { readonly runs: readonly (string | readonly [struck: string])[] }
  | { readonly value: string | number; readonly style: TestStyle }
  | { readonly formula: string; readonly saved?: string }
  | { readonly formula: string; readonly error: string }

/** How a cell looks. Colours are 'RRGGBB'. */
export interface TestStyle {
  readonly format?: string
  readonly fill?: string
  readonly isStruck?: boolean
  /** In steps of Excel's. */
  readonly indent?: number
  readonly font?: string
  readonly fontColour?: string
}

interface WorkbookOptions {
  readonly hidden?: readonly string[]
  /** Of every sheet, the first before the others. */
  readonly rules?: readonly TestRule[]
  /** Notes and links beside cells of every sheet, by their places. */
  readonly notes?: Readonly<Record<string, string>>
  readonly links?: Readonly<Record<string, string>>
  /** Of the rows of every sheet, in how many groups each is. */
  readonly groupLevels?: readonly number[]
  /** Rows of every sheet that a person does not see, from 1. */
  readonly hiddenRows?: readonly number[]
}

/** A rule that colours cells: its attributes and formulas as a workbook has them. */
export interface TestRule {
  readonly area: string
  readonly attributes: string
  readonly formulas?: readonly string[]
  /** 'RRGGBB' */
  readonly fill?: string
}

/** The rules as the XML of a sheet, and their looks as that of the style sheet. */
export const ruleXml = (rules: readonly TestRule[]) => ({
  sheet: rules
    .map(({ area, attributes, formulas = [] }, at) => {
      const each = formulas.map((formula) => `<formula>${escaped(formula)}</formula>`).join('')
      return `<conditionalFormatting sqref="${area}"><cfRule ${attributes} dxfId="${at}" priority="${at + 1}">${each}</cfRule></conditionalFormatting>`
    })
    .join(''),
  styles: `<dxfs>${rules
    .map(({ fill }) =>
      fill
        ? `<dxf><fill><patternFill><bgColor rgb="FF${fill}"/></patternFill></fill></dxf>`
        : '<dxf><font><b/></font></dxf>',
    )
    .join('')}</dxfs>`,
})

/** The bytes of a small XLSX workbook, made by hand so that the tests need no writer. */
export function workbook(
  sheets: Readonly<Record<string, readonly TestCell[][]>>,
  options: WorkbookOptions = {},
): Uint8Array {
  const { hidden = [], rules = [], notes = {}, links = {} } = options
  const names = Object.keys(sheets)
  const styles = stylesOf(Object.values(sheets).flat(2))
  const parts: [string, string][] = [
    ['[Content_Types].xml', contentTypes(names.length)],
    ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', bookXml(names, hidden)],
    [
      'xl/_rels/workbook.xml.rels',
      relations([
        ...names.map((_, at): [string, string] => ['worksheet', `worksheets/sheet${at + 1}.xml`]),
        ['styles', 'styles.xml'],
      ]),
    ],
    [
      'xl/styles.xml',
      stylesXml(styles).replace('</styleSheet>', `${ruleXml(rules).styles}</styleSheet>`),
    ],
    ...Object.values(sheets).map((rows, at): [string, string] => {
      const xml = sheetXml(rows, styles, options).replace(
        '</sheetData>',
        `</sheetData>${ruleXml(rules).sheet}${linksXml(links)}`,
      )
      return [`xl/worksheets/sheet${at + 1}.xml`, xml]
    }),
    ...names.map((_, at): [string, string] => [
      `xl/worksheets/_rels/sheet${at + 1}.xml.rels`,
      besideRelations(Object.values(links)),
    ]),
    ['xl/comments1.xml', notesXml(notes)],
  ]
  return zip(parts)
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

const stylesOf = (cells: readonly TestCell[]): TestStyle[] => [
  ...new Set(
    cells.flatMap((cell) => (typeof cell === 'object' && 'style' in cell ? cell.style : [])),
  ),
]

/** Style 0 is plain, style 1 a date (number format 14); those of the cells follow. */
function stylesXml(styles: readonly TestStyle[]): string {
  const each = (xml: (style: TestStyle, at: number) => string) => styles.map(xml).join('')
  const fonts = each(({ isStruck, font, fontColour }) => {
    const colour = fontColour ? `<color rgb="FF${fontColour}"/>` : ''
    return `<font>${isStruck ? '<strike/>' : ''}${colour}<name val="${font ?? 'Calibri'}"/></font>`
  })
  const fills = each(({ fill }) =>
    fill
      ? `<fill><patternFill patternType="solid"><fgColor rgb="FF${fill}"/></patternFill></fill>`
      : '<fill><patternFill patternType="none"/></fill>',
  )
  return (
    `${head}<styleSheet xmlns="${main}"><numFmts>` +
    each(
      ({ format = 'General' }, at) =>
        `<numFmt numFmtId="${200 + at}" formatCode="${escaped(format).replaceAll('"', '&quot;')}"/>`,
    ) +
    `</numFmts><fonts><font/>${fonts}</fonts><fills><fill/>${fills}</fills>` +
    '<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs>' +
    '<xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/>' +
    each(
      ({ indent = 0 }, at) =>
        `<xf numFmtId="${200 + at}" fontId="${at + 1}" fillId="${at + 1}" xfId="0"><alignment indent="${indent}"/></xf>`,
    ) +
    '</cellXfs></styleSheet>'
  )
}

function contentTypes(count: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const sheets = Array.from({ length: count }, (_, at) => {
    return `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${type}.worksheet+xml"/>`
  })
  return (
    `${head}<Types xmlns="${packages}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${sheets.join('')}</Types>`
  )
}

function relations(targets: readonly [type: string, target: string][]): string {
  const items = targets.map(([type, target], at) => {
    return `<Relationship Id="rId${at + 1}" Type="${office}/${type}" Target="${target}"/>`
  })
  return `${head}<Relationships xmlns="${packages}/relationships">${items.join('')}</Relationships>`
}

const linksXml = (links: Readonly<Record<string, string>>) =>
  `<hyperlinks>${Object.keys(links)
    .map((ref, at) => `<hyperlink ref="${ref}" r:id="rId${at + 2}"/>`)
    .join('')}</hyperlinks>`

const notesXml = (notes: Readonly<Record<string, string>>) =>
  `${head}<comments xmlns="${main}"><authors><author/></authors><commentList>${Object.entries(notes)
    .map(
      ([ref, text]) =>
        `<comment ref="${ref}" authorId="0"><text><r><t>${escaped(text)}</t></r></text></comment>`,
    )
    .join('')}</commentList></comments>`

/** The notes of a sheet, then the addresses of its links. */
function besideRelations(links: readonly string[]): string {
  const [first = ''] = relations([['comments', '../comments1.xml']]).split('</Relationships>')
  const items = links.map((target, at) => {
    return `<Relationship Id="rId${at + 2}" Type="${office}/hyperlink" Target="${escaped(target)}" TargetMode="External"/>`
  })
  return `${first}${items.join('')}</Relationships>`
}

function bookXml(names: readonly string[], hidden: readonly string[]): string {
  const sheets = names.map((name, at) => {
    const state = hidden.includes(name) ? ' state="hidden"' : ''
    return `<sheet name="${escaped(name)}"${state} sheetId="${at + 1}" r:id="rId${at + 1}"/>`
  })
  return `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.join('')}</sheets></workbook>`
}

function sheetXml(
  rows: readonly TestCell[][],
  styles: readonly TestStyle[],
  { groupLevels = [], hiddenRows = [] }: WorkbookOptions,
): string {
  const xml = rows.map((cells, row) => {
    const inner = cells.map((cell, at) =>
      cellXml(cell, `${String.fromCharCode(65 + at)}${row + 1}`, styles),
    )
    const level = groupLevels[row] ? ` outlineLevel="${groupLevels[row]}"` : ''
    const seen = hiddenRows.includes(row + 1) ? ' hidden="1"' : ''
    return `<row r="${row + 1}"${level}${seen}>${inner.join('')}</row>`
  })
  return `${head}<worksheet xmlns="${main}" xmlns:r="${office}"><sheetData>${xml.join('')}</sheetData></worksheet>`
}

function cellXml(cell: TestCell, place: string, styles: readonly TestStyle[]): string {
  if (cell === '') return ''
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === 'string') {
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
  }
  if ('runs' in cell) {
    const runs = cell.runs.map((run) =>
      typeof run === 'string'
        ? `<r><t xml:space="preserve">${escaped(run)}</t></r>`
        : `<r><rPr><strike/></rPr><t xml:space="preserve">${escaped(run[0])}</t></r>`,
    )
    return `<c r="${place}" t="inlineStr"><is>${runs.join('')}</is></c>`
  }
  if ('style' in cell) {
    const plain = cellXml(cell.value, place, styles) || `<c r="${place}"/>`
    return plain.replace(`r="${place}"`, `r="${place}" s="${styles.indexOf(cell.style) + 2}"`)
  }
  if ('day' in cell) return `<c r="${place}" s="1"><v>${cell.day}</v></c>`
  const formula = `<f>${escaped(cell.formula)}</f>`
  if ('error' in cell) return `<c r="${place}" t="e">${formula}<v>${cell.error}</v></c>`
  if (cell.saved === undefined) return `<c r="${place}">${formula}</c>`
  return `<c r="${place}" t="str">${formula}<v>${escaped(cell.saved)}</v></c>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** A zip file whose parts are stored, not packed. */
function zip(parts: readonly [name: string, text: string][]): Uint8Array {
  const files = parts.map(([name, text]) => [name, strToU8(text)] as const)
  return zipSync(Object.fromEntries(files), { level: 0 })
}
