import { type TextSheet, textSheetsWorkbook } from '../sheets/write-xlsx.ts'
import { type Paper, type PaperTable, textsOfBlock } from './paper.ts'

/**
 * The bytes of a workbook: a sheet with what is said beside the tables, and a sheet for each table, named after its
 * caption. Every cell is text; the colours stay in their words.
 */
export function writeWorkbook(paper: Paper): Uint8Array {
  const { title, facts, blocks } = paper
  const words = blocks.filter(({ kind }) => kind !== 'table')
  const tables = blocks.filter((block) => block.kind === 'table')
  const names = sheetNames(['Paper', ...tables.map(({ caption }) => caption)])
  return textSheetsWorkbook([
    {
      name: names[0] ?? 'Paper',
      rows: [
        [title],
        ...facts.map(({ name, value }) => [name, value]),
        ...words.flatMap((block) => textsOfBlock(block).map((text) => [text])),
      ],
    },
    ...tables.map((table, at) => sheetOf(table, names[at + 1] ?? `Table ${at + 1}`)),
  ])
}

function sheetOf({ columns, rows }: PaperTable, name: string): TextSheet {
  return {
    name,
    rows: [
      columns.map(({ heading }) => heading),
      ...rows.map((row) => row.map(({ text }) => text)),
    ],
  }
}

/** Excel takes 31 characters, not these, and no name twice, whatever its case. */
function sheetNames(captions: readonly string[]): string[] {
  const taken = new Set<string>()
  return captions.map((caption) => {
    const plain = caption.replace(/[[\]:*?/\\']/g, ' ').trim()
    for (let again = 1; ; again += 1) {
      const end = again === 1 ? '' : ` ${again}`
      const name = `${plain.slice(0, 31 - end.length)}${end}`
      if (taken.has(name.toLowerCase())) continue
      taken.add(name.toLowerCase())
      return name
    }
  })
}
