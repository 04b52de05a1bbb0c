import { existsSync, readFileSync } from 'node:fs'

/** Pages of docs that name a test for each of their claims, in a table whose last columns are the file and the title. */

const root = new URL('../../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')

export interface DocumentedTest {
  /** The first column: what is claimed, or threatens. */
  readonly claim: string
  readonly file: string
  readonly title: string
}

/** The rows of the tables behind a heading of a page, and how many lines of it could not be read as such a row. */
export function documentedTests(
  page: string,
  heading: string,
): { readonly rows: readonly DocumentedTest[]; readonly unread: readonly string[] } {
  const [, section = ''] = read(page).split(`## ${heading}`)
  const all = section.split('\n## ')[0]?.split('\n') ?? []
  const lines = all.filter((line, at) => line.startsWith('| ') && !all[at + 1]?.startsWith('|--'))
  const parsed = lines.map((line) => ({
    line,
    cells: line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')),
  }))
  const isRow = ({ cells }: { cells: string[] }) => /^`test\/[^`]+`$/.test(cells.at(-2) ?? '')
  return {
    rows: parsed.filter(isRow).map(({ cells }) => ({
      claim: cells[0] ?? '',
      file: cells.at(-2)?.slice(1, -1) ?? '',
      title: cells.at(-1) ?? '',
    })),
    unread: parsed.filter((one) => !isRow(one)).map(({ line }) => line),
  }
}

/** The titles of the tests in a file, as they are written: a title of test.each keeps its placeholders. */
export function testTitles(file: string): string[] {
  if (!existsSync(new URL(file, root))) return []
  return [...read(file).matchAll(/(?:\btest\(|\bonLinux\(|\)\()\s*(['"`])(.+?)\1,/gs)].map(
    ([, , title = '']) => title,
  )
}
