import { type IPatch, PatchType, patchDetector, patchDocument, TextRun } from 'docx'
import { strFromU8, unzipSync } from 'fflate'
import { messageOf, Refusal } from '../errors.ts'
import { parseXml } from '../sheets/parse-xml.ts'
import { fold, listOf, shorten } from '../text.ts'
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

/** How a fact is called in a placeholder: the number of a paper stands below its title as “Paper”, which means all of it. */
const wordFor = (fact: string): string => {
  const name = fold(fact)
  return name === wholeName ? 'paper number' : name
}

/** What a template asks for: the names in its placeholders, as they stand there. */
export function namesInTemplate(template: Uint8Array): Promise<readonly string[]> {
  return patchDetector({ data: template, trimPlaceholders: true })
}

/** Whether a name stands for words or parts that every paper has. */
export const isInEveryPaper = (name: string, facts: readonly string[]): boolean =>
  ['title', wholeName, restName, ...facts.map(wordFor)].includes(fold(name))

/**
 * Puts a paper into an office's own Word file, which has its logo, fonts, headings, front matter and order of parts.
 * `{{title}}` and the facts (`{{as at}}`, `{{for}}`) are words in a line. A paragraph with nothing but `{{Risks}}` is
 * where the part under that heading goes, `{{rest}}` what has no place elsewhere, `{{paper}}` all of it.
 *
 * @param mayLack names of facts that only some papers have: a dash stands in their place
 * @throws Refusal where the file is no Word file or is damaged, names a part that the paper does not have, or has other
 * words beside it
 */
export async function fillTemplate(
  whole: WrittenPaper,
  template: Uint8Array,
  mayLack: readonly string[] = [],
): Promise<FilledTemplate> {
  try {
    return await fill(whole, template, mayLack)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(
      `The template cannot be filled in: ${messageOf(error)}. Save it again in Word, or begin with a new one. Nothing was written.`,
    )
  }
}

async function fill(
  whole: WrittenPaper,
  template: Uint8Array,
  mayLack: readonly string[],
): Promise<FilledTemplate> {
  const width = textWidthOf(template)
  const names = await namesInTemplate(template)
  const paper = withoutPlaceholders(whole)
  const parts = partsOf(paper)
  const words = new Map([
    ...mayLack.map((name) => [wordFor(name), '–'] as const),
    ['title', paper.title] as const,
    ...paper.facts.map(({ name, value }) => [wordFor(name), value] as const),
  ])
  if (names.every((name) => words.has(fold(name)))) {
    throw new Refusal(
      'The template has no place for what the paper says: put {{paper}} into a paragraph of its own. Nothing was written.',
    )
  }
  const crowded = crowdedLine(template, (name) => words.has(fold(name)))
  if (crowded) {
    throw new Refusal(
      `In the template a part needs a paragraph of its own, and other words stand beside it: “${shorten(crowded, 80)}”. Nothing was written.`,
    )
  }
  const placed = new Set(names.map(fold))
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

  /** docx goes through all that is there for each name, in time that grows with the square of it: so what is long comes last. */
  function smallestFirst(names: readonly string[]): string[] {
    const sizeOf = (name: string) =>
      words.has(fold(name)) ? 0 : JSON.stringify(blocksFor(fold(name)) ?? []).length
    const sized = names.map((name) => ({ name, size: sizeOf(name) }))
    return sized.toSorted((one, other) => one.size - other.size).map(({ name }) => name)
  }

  const patches = Object.fromEntries(smallestFirst(names).map((name) => [name, patchFor(name)]))
  const bytes = await patchDocument({
    outputType: 'uint8array',
    data: template,
    patches,
    trimPlaceholders: true,
    numbering: { config: [bullets] },
    properties: { title: printable(paper.title) },
  })
  const isWhole = placed.has(wholeName) || placed.has(restName)
  const leftOut = isWhole ? [] : rest.map(({ name }) => name)
  return { bytes, leftOut }
}

/** Words of the plan that look like a placeholder stay as they are: an invisible sign keeps the braces apart. */
function withoutPlaceholders(paper: WrittenPaper): WrittenPaper {
  const apart = <Value>(value: Value): Value =>
    JSON.parse(JSON.stringify(value).replaceAll(/\{(?=\{)/g, '{\u2060'))
  const { blocks, ...rest } = paper
  return {
    ...apart(rest),
    blocks: blocks.map((block) => (block.kind === 'picture' ? block : apart(block))),
  }
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

const placeholder = /\{\{\s*([^{}]+?)\s*\}\}/g

/** The first paragraph that has words beside the placeholder of a part, which would take their place. */
function crowdedLine(template: Uint8Array, isWord: (name: string) => boolean): string | undefined {
  const lines: string[] = []
  const open: string[] = []
  let isText = false
  parseXml(documentOf(template), {
    open: (name) => {
      if (name === 'p') open.push('')
      isText = name === 't'
    },
    text: (words) => {
      if (isText) open.push(`${open.pop() ?? ''}${words}`)
    },
    close: (name) => {
      isText = false
      if (name === 'p') lines.push(open.pop() ?? '')
    },
  })
  return lines.find((line) => {
    const parts = [...line.matchAll(placeholder)].filter(([, name = '']) => !isWord(name))
    return parts.some(([part]) => line.trim() !== part)
  })
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
