import { collapseWhitespace, fold } from '../../../base/text.ts'

/** What is said of a measure in one line: "target 65%, baseline 58.4%, read quarterly", taken apart. Pure. */

export interface Detail {
  /** The name that the text begins with, folded; '' where it begins with none. */
  readonly name: string
  readonly text: string
}

/** `names`: folded. What stands behind a comma and begins with none of them goes on: "projects 2.1, 2.2". */
export function parseDetails(text: string, names: readonly string[]): readonly Detail[] {
  const longestFirst = names.toSorted((one, other) => other.length - one.length)
  const details: Detail[] = []
  // Each part with the separator in front of it.
  const pieces = ['', ...text.split(/(\s*[,;\n]\s*|\s+and\s+)/i)]
  for (let at = 0; at < pieces.length; at += 2) {
    const [separator = '', part = ''] = pieces.slice(at, at + 2)
    const words = collapseWhitespace(part)
    const name = longestFirst.find((one) => beginsWith(words, one))
    const last = details.at(-1)
    if (name !== undefined) details.push({ name, text: valueBehind(words, name) })
    else if (last) details.splice(-1, 1, { ...last, text: `${last.text}${separator}${words}` })
    else details.push({ name: '', text: words })
  }
  return details
}

function beginsWith(text: string, name: string): boolean {
  const folded = fold(text)
  return folded.startsWith(name) && !/^[\p{L}\d]/u.test(folded.slice(name.length))
}

/** "target is 65%" and "target: 65%" say 65%. */
const valueBehind = (text: string, name: string) =>
  text
    .slice(name.length)
    .replace(/^\s*[:=]|^\s+(?:is|to)(?=\s)/i, '')
    .trim()
