import { shorten } from '../../../base/text.ts'
import { fitLimits } from './sheet-preview.ts'

/** A result on one page of a terminal, whatever the size of the sheet. */

export interface PageSection {
  /** '' for lines that stand without one. */
  readonly heading: string
  readonly lines: readonly string[]
  /** Lines that it shows where there is room. */
  readonly most: number
}

/** Lines of a printed page. */
const pageLines = 66
/** In characters: a cell may hold a page of its own. */
const maxLineLength = 300

/** The lines of a page: sections give way, the longest first, each with the count of what it leaves out. */
export function fitPage(sections: readonly PageSection[]): string[] {
  const filled = sections.filter(({ lines }) => lines.length > 0)
  const shown = (limits: readonly number[]) =>
    filled.map((section, at) => sectionLines(section, limits[at] ?? 0))
  const limits = fitLimits(filled, pageLines, (tried) => shown(tried).map(({ length }) => length))
  return shown(limits).flat()
}

function sectionLines({ heading, lines }: PageSection, most: number): string[] {
  const kept = lines.slice(0, most).map((line) => shorten(line, maxLineLength))
  if (heading === '') return kept
  const more = lines.length - kept.length
  return [
    `${heading} (${lines.length.toLocaleString('en-GB')}):`,
    ...kept.map((line) => `  ${line}`),
    ...(more > 0
      ? [`  and ${more.toLocaleString('en-GB')} more; --format json lists them all`]
      : []),
  ]
}
