/** How the cells of a workbook look (ECMA-376, part 1: 18.8 styles), where that says something. */
import { builtInFormat } from './number-format.ts'
import { parseXml } from './parse-xml.ts'

/** What a cell says without its text. Colours are 'RRGGBB'. */
export interface CellLook {
  readonly fill?: string
  readonly isStruck?: boolean
  /** A part of its text that is struck out. */
  readonly struckPart?: string
  /** How far its text is set in, in steps of Excel's. */
  readonly indent?: number
  /** What somebody noted beside it. */
  readonly note?: string
  /** The web address to which it leads. */
  readonly link?: string
}

/** What a style does to the cells that have it. */
export interface CellStyleLook extends CellLook {
  readonly format: string
  /** The font of signs, such as Wingdings, in which a letter is a picture. */
  readonly signFont?: string
  readonly fontColour?: string
}

interface Font {
  isStruck: boolean
  name: string
  colour?: string
}

/** By the number of a cell's style. @throws Error for XML that is not well formed */
export function styleLooks(stylesXml: string): CellStyleLook[] {
  const formats = new Map<number, string>()
  const fonts: Font[] = []
  const fills: (string | undefined)[] = []
  const looks: CellStyleLook[] = []
  const path: string[] = []
  parseXml(stylesXml, {
    open(element, attributesOf) {
      const parent = path.at(-1)
      path.push(element)
      const value = (name: string) => attributesOf()[name]
      if (element === 'numFmt') formats.set(Number(value('numFmtId')), value('formatCode') ?? '')
      else if (element === 'font' && parent === 'fonts') fonts.push({ isStruck: false, name: '' })
      else if (element === 'fill' && parent === 'fills') fills.push(undefined)
      else if (element === 'patternFill' && value('patternType') !== 'solid') path.push('no fill')
      else if (element === 'fgColor' && parent === 'patternFill')
        fills.push(colourOver(fills, value))
      else if (parent === 'font') describeFont(fonts.at(-1), element, value)
      else if (element === 'xf' && parent === 'cellXfs') {
        const id = Number(value('numFmtId') ?? 0)
        const font = fonts[Number(value('fontId') ?? 0)]
        const fill = fills[Number(value('fillId') ?? 0)]
        looks.push(lookOf(formats.get(id) ?? builtInFormat(id), font, fill))
      } else if (element === 'alignment' && parent === 'xf' && path.at(-3) === 'cellXfs') {
        const [indent, last] = [Number(value('indent') ?? 0), looks.pop()]
        if (last) looks.push(indent > 0 ? { ...last, indent } : last)
      }
    },
    close(element) {
      while (path.pop() !== element && path.length > 0);
    },
  })
  return looks
}

type Attribute = (name: string) => string | undefined

/** Replaces the fill that was begun last. */
function colourOver(fills: (string | undefined)[], value: Attribute): string | undefined {
  fills.pop()
  return colourOf(value)
}

/** The last six figures of 'FFRRGGBB'; a theme's colour by its number. */
function colourOf(value: Attribute): string | undefined {
  const theme = value('theme')
  return value('rgb')?.slice(-6).toUpperCase() ?? (theme ? `theme ${theme}` : undefined)
}

function describeFont(font: Font | undefined, element: string, value: Attribute): void {
  if (!font) return
  if (element === 'strike') font.isStruck = !['0', 'false'].includes(value('val') ?? '1')
  if (element === 'name') font.name = value('val') ?? ''
  if (element === 'color') font.colour = colourOf(value)
}

const signFonts = /^(?:wingdings|webdings|symbol|zapf ?dingbats|marlett)/i

function lookOf(format: string, font: Font | undefined, fill: string | undefined): CellStyleLook {
  const isSign = font !== undefined && signFonts.test(font.name)
  return {
    format,
    ...(fill && fill !== 'FFFFFF' ? { fill } : {}),
    ...(font?.isStruck ? { isStruck: true } : {}),
    ...(isSign ? { signFont: font.name } : {}),
    ...(isSign && font.colour ? { fontColour: font.colour } : {}),
  }
}
