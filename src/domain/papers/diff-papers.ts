import type { Paper, PaperTable } from '../../base/papers/paper.ts'
import { shorten } from '../../base/text.ts'

/**
 * What a paper says otherwise than an earlier one of the same layout, in sentences: rows that changed, came or went, and
 * lines beside the tables. Tables are the same under the same heading; rows where their first cells are.
 */
export function diffPapers(then: Paper, now: Paper): string[] {
  const [before, after] = [partsOf(then), partsOf(now)]
  const names = [...new Set([...before.keys(), ...after.keys()])]
  return names.flatMap((name) => {
    const [old, fresh] = [before.get(name), after.get(name)]
    if (!old) return [`New: ${name}.`]
    if (!fresh) return [`Not there any more: ${name}.`]
    return [
      ...fresh.tables.flatMap((table, at) => diffTables(name, old.tables[at], table)),
      ...old.tables
        .slice(fresh.tables.length)
        .map(({ caption }) => `${name}, not there any more: ${caption}.`),
      ...changedLines(name, old.lines, fresh.lines),
    ]
  })
}

interface Part {
  readonly tables: PaperTable[]
  readonly lines: string[]
}

/** What stands under each heading; headings that occur twice are one. */
function partsOf({ blocks }: Paper): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>()
  let name = ''
  for (const block of blocks) {
    if (block.kind === 'heading') name = block.text
    const part = parts.get(name) ?? { tables: [], lines: [] }
    parts.set(name, part)
    if (block.kind === 'table') part.tables.push(block)
    if (block.kind === 'paragraph' || block.kind === 'missing') part.lines.push(block.text)
    if (block.kind === 'list') part.lines.push(...block.items)
  }
  return parts
}

function changedLines(name: string, old: readonly string[], fresh: readonly string[]): string[] {
  const only = (some: readonly string[], others: readonly string[]) =>
    some.filter((line) => !others.includes(line)).map((line) => shorten(line, 160))
  return [
    ...only(fresh, old).map((line) => `${name}, new: ${line}`),
    ...only(old, fresh).map((line) => `${name}, not there any more: ${line}`),
  ]
}

function diffTables(name: string, old: PaperTable | undefined, fresh: PaperTable): string[] {
  if (!old) return [`${name}, new: ${fresh.caption}.`]
  const headings = (table: PaperTable) => table.columns.map(({ heading }) => heading).join('\n')
  if (headings(old) !== headings(fresh)) return [`${name}: ${fresh.caption} has other columns.`]
  const width = keyWidth(old, fresh)
  const [before, after] = [rowsByKey(old, width), rowsByKey(fresh, width)]
  const changed = [...after].flatMap(([key, row]) => {
    const was = before.get(key)
    return was ? diffRows(`${name}, ${key}`, was, row, fresh) : [`${name}, new: ${key}.`]
  })
  const gone = [...before.keys()].filter((key) => !after.has(key))
  return [...changed, ...gone.map((key) => `${name}, not there any more: ${key}.`)]
}

function diffRows(
  name: string,
  was: readonly string[],
  is: readonly string[],
  { columns }: PaperTable,
): string[] {
  return is.flatMap((text, at) => {
    const before = was[at] ?? ''
    if (before === text) return []
    return [
      `${name}, ${columns[at]?.heading}: was “${shorten(before, 80)}”, is “${shorten(text, 80)}”.`,
    ]
  })
}

/** How many of the first cells tell the rows of both tables apart; all of them where no number does. */
function keyWidth(old: PaperTable, fresh: PaperTable): number {
  const isUnique = ({ rows }: PaperTable, width: number) =>
    new Set(rows.map((row) => keyOf(row, width))).size === rows.length
  const all = fresh.columns.length
  const widths = Array.from({ length: all }, (_, at) => at + 1)
  return widths.find((width) => isUnique(old, width) && isUnique(fresh, width)) ?? all
}

const keyOf = (row: PaperTable['rows'][number], width: number): string =>
  row
    .slice(0, width)
    .map(({ text }) => shorten(text, 80))
    .join(', ')

const rowsByKey = ({ rows }: PaperTable, width: number): ReadonlyMap<string, readonly string[]> =>
  new Map(rows.map((row) => [keyOf(row, width), row.map(({ text }) => text)]))
