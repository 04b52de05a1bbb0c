import { type IPatch, PatchType, patchDetector, patchDocument, TextRun } from 'docx'
import { strFromU8, unzipSync } from 'fflate'
import { Refusal } from '../errors.ts'
import { fold, listOf } from '../text.ts'
import { bullets, docxBlock } from './docx-blocks.ts'
import type { WrittenBlock, WrittenPaper } from './draw-figures.ts'
import { printable } from './letters.ts'

/** A Word file that an office made its own, with what was put into it. */
export interface FilledTemplate {
  readonly bytes: Uint8Array
  /** The parts of the paper that the template has no place for. */
  readonly leftOut: readonly string[]
}

/** Names of what is no part of its own. */
const wholeName = 'paper'
const restName = 'rest'

/**
 * Puts a paper into an office's own Word file, which has its logo, fonts, headings, front matter and order of parts.
 * `{{title}}` and the facts (`{{as at}}`, `{{for}}`) are words in a line. A paragraph with nothing but `{{Risks}}` is
 * where the part under that heading goes, `{{rest}}` what has no place elsewhere, `{{paper}}` all of it.
 *
 * @throws Refusal where the file is no Word file, or names a part that the paper does not have
 */
export async function fillTemplate(
  paper: WrittenPaper,
  template: Uint8Array,
): Promise<FilledTemplate> {
  const width = textWidthOf(template)
  const names = await patchDetector({ data: template, trimPlaceholders: true })
  const parts = partsOf(paper)
  const words = new Map([
    ['title', paper.title],
    ...paper.facts.map(({ name, value }) => [fold(name), value] as const),
  ])
  const placed = new Set(names.map(fold))
  const isWhole = placed.has(wholeName)
  const rest = parts.filter(({ name }) => !placed.has(fold(name)))

  function patchFor(name: string): IPatch {
    const word = words.get(fold(name))
    if (word !== undefined) {
      return { type: PatchType.PARAGRAPH, children: [new TextRun(printable(word))] }
    }
    const blocks = blocksFor(fold(name))
    if (!blocks) throw unknownPart(name, parts, [...words.keys()])
    return {
      type: PatchType.DOCUMENT,
      children: blocks.flatMap((block) => docxBlock(block, width)),
    }
  }

  function blocksFor(name: string): readonly WrittenBlock[] | undefined {
    if (name === wholeName) return paper.blocks
    if (name === restName) return rest.flatMap(({ blocks }) => blocks)
    return parts.find((part) => fold(part.name) === name)?.blocks
  }

  const bytes = await patchDocument({
    outputType: 'uint8array',
    data: template,
    patches: Object.fromEntries(names.map((name) => [name, patchFor(name)])),
    trimPlaceholders: true,
    numbering: { config: [bullets] },
    properties: { title: printable(paper.title) },
  })
  const leftOut = isWhole || placed.has(restName) ? [] : rest.map(({ name }) => name)
  return { bytes, leftOut }
}

interface Part {
  readonly name: string
  readonly blocks: WrittenBlock[]
}

/** What stands under each heading of the first level, the heading included. */
function partsOf({ blocks }: WrittenPaper): Part[] {
  const parts: Part[] = []
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === 1) parts.push({ name: block.text, blocks: [] })
    parts.at(-1)?.blocks.push(block)
  }
  return parts
}

function unknownPart(name: string, parts: readonly Part[], words: readonly string[]): Refusal {
  const known = [...words, wholeName, restName, ...parts.map((part) => part.name)]
  return new Refusal(
    `The template asks for “${name}”, which this paper does not have. It has ${listOf(known)}. Nothing was written.`,
  )
}

/** Of the template's last section, in twentieths of a point. @throws Refusal where it is no Word file */
function textWidthOf(template: Uint8Array): number {
  const document = documentOf(template)
  const last = (pattern: RegExp) => Number([...document.matchAll(pattern)].at(-1)?.[1])
  const page = last(/<w:pgSz [^>]*w:w="(\d+)"/g)
  const left = last(/<w:pgMar [^>]*w:left="(\d+)"/g)
  const right = last(/<w:pgMar [^>]*w:right="(\d+)"/g)
  const width = page - left - right
  // A section may leave them out: A4 with an inch at each side.
  return width > 0 ? width : 11_906 - 2 * 1_440
}

function documentOf(template: Uint8Array): string {
  const path = 'word/document.xml'
  try {
    const found = unzipSync(template, { filter: ({ name }) => name === path })[path]
    if (found) return strFromU8(found)
  } catch {
    // No zip file: the same sentence says it.
  }
  throw new Refusal('The template is no Word file (.docx). Nothing was written.')
}
