import { z } from 'zod'
import { trendChart } from '../charts/chart.ts'

/**
 * A paper for a board as plain data, without a layout: what a Word file, a PDF and a workbook are written from. What
 * makes a paper readable for everybody is part of its shape: a table has a heading over every column and no merged
 * cells, headings leave no level out, a picture has words, and a coloured cell says its colour in words or a letter.
 */

const words = z.string().trim().min(1)

/** Colours as '#rrggbb'; the ink is readable on the fill. */
const look = z.object({ fill: z.string(), ink: z.string() })
export type CellLook = z.infer<typeof look>

const cell = z
  .object({ text: z.string(), look: look.optional(), bold: z.boolean().optional() })
  .refine(({ text, look: colours }) => !colours || text.trim() !== '', {
    error: 'A coloured cell says nothing in words.',
  })
export type PaperCell = z.infer<typeof cell>

const table = z
  .object({
    kind: z.literal('table'),
    /** What is in it, for those who hear it read out; shown above it as well. */
    caption: words,
    /** `share`: how wide a column is beside the others. */
    columns: z.array(z.object({ heading: words, share: z.number().positive() })).min(1),
    rows: z.array(z.array(cell)),
  })
  .refine(({ columns, rows }) => rows.every(({ length }) => length === columns.length), {
    error: 'A row has more or fewer cells than the table has columns.',
  })
export type PaperTable = z.infer<typeof table>

const heading = z.object({
  kind: z.literal('heading'),
  /** The title of the paper is above them all. */
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  text: words,
})

const block = z.union([
  heading,
  z.object({ kind: z.literal('paragraph'), text: words }),
  /** What the paper would hold and Milepost does not keep, or nobody said: said, never left out. */
  z.object({ kind: z.literal('missing'), text: words }),
  z.object({ kind: z.literal('list'), items: z.array(words).min(1) }),
  table,
  z.object({
    kind: z.literal('figure'),
    /** Plain data, as all of a paper: it is drawn each time that the paper is written. */
    chart: trendChart,
    /** What it shows, in words. */
    alt: words,
  }),
])
export type PaperBlock = z.infer<typeof block>

export const paper = z.object({
  title: words,
  /** BCP 47. */
  language: z.string().default('en-GB'),
  /** What stands below the title: 'As at' and the day, 'For' and its readers. */
  facts: z.array(z.object({ name: words, value: words })),
  blocks: z.array(block).refine(leavesNoLevelOut, { error: 'A heading leaves a level out.' }),
})
export type Paper = z.infer<typeof paper>

function leavesNoLevelOut(blocks: readonly z.infer<typeof block>[]): boolean {
  const levels = blocks.flatMap((one) => (one.kind === 'heading' ? [one.level] : []))
  return levels.every((level, at) => level <= (levels[at - 1] ?? 0) + 1)
}

// The blocks of a layout, written short.

export const headingBlock = (level: 1 | 2 | 3, text: string): PaperBlock => ({
  kind: 'heading',
  level,
  text,
})
export const paragraph = (text: string): PaperBlock => ({ kind: 'paragraph', text })
export const missing = (text: string): PaperBlock => ({ kind: 'missing', text })

/** Every text of a paper, in the order in which it is read. */
export function textsOfPaper({ title, facts, blocks }: Paper): string[] {
  return [
    title,
    ...facts.flatMap(({ name, value }) => [name, value]),
    ...blocks.flatMap(textsOfBlock),
  ]
}

export function textsOfBlock(one: PaperBlock): string[] {
  switch (one.kind) {
    case 'list':
      return one.items
    case 'table':
      return [
        one.caption,
        ...one.columns.map((column) => column.heading),
        ...one.rows.flatMap((row) => row.map(({ text }) => text)),
      ]
    case 'figure':
      return [one.alt]
    default:
      return [one.text]
  }
}
