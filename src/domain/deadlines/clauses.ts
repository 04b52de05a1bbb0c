/** A part of a cell that is read on its own: "b) 1st June 2018", a bullet. The parts of a cell put together are the cell. */
export interface Clause {
  readonly start: number
  /** Where the text behind its label begins. */
  readonly bodyStart: number
  readonly end: number
}

/** The first characters of a part, "b) " or "- ". */
interface Label {
  readonly at: number
  readonly end: number
}

const numerals = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x']
const letters = Array.from('abcdefghijklmnopqrstuvwxyz')
const numbers = Array.from({ length: 30 }, (_, index) => String(index + 1))
const sequences: readonly (readonly string[])[] = [letters, numerals, numbers]

/** "a) … b) …", "1. … 2. …", "(i) … (ii) …", or lines that begin with a bullet. Without such, the whole text. */
export function splitClauses(text: string): Clause[] {
  const labels = enumeratedLabels(text) ?? bulletLabels(text)
  if (labels.length === 0) return [{ start: 0, bodyStart: 0, end: text.length }]
  return labels.map(({ at, end }, index) => ({
    start: index === 0 ? 0 : at,
    bodyStart: end,
    end: labels[index + 1]?.at ?? text.length,
  }))
}

/** Labels count only where the text begins with the first and the others follow in turn: "(see b)" is none. */
function enumeratedLabels(text: string): Label[] | undefined {
  const found = Array.from(
    text.matchAll(/(?<![\p{L}\p{N}])\(?(?:([a-z]+|\d{1,2})\)|(\d{1,2})\.(?=\s))\s*/gu),
    (match) => ({
      name: match[1] ?? match[2] ?? '',
      at: match.index,
      end: match.index + match[0].length,
    }),
  )
  const [first] = found
  if (!first || /[\p{L}\p{N}]/u.test(text.slice(0, first.at))) return undefined
  for (const names of sequences) {
    const labels: Label[] = []
    for (const label of found) if (label.name === names[labels.length]) labels.push(label)
    if (labels.length > 1 && labels[0] === first) return labels
  }
  return undefined
}

function bulletLabels(text: string): Label[] {
  const labels = Array.from(text.matchAll(/(?<=^|\n)[^\S\n]*[-•*·][^\S\n]+(?=\S)/gu), (match) => {
    return { at: match.index, end: match.index + match[0].length }
  })
  const [first] = labels
  return first && labels.length > 1 && text.slice(0, first.at).trim() === '' ? labels : []
}
