import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { buildCommandRegistry } from '../src/app/command-registry.ts'
import { parseCommand } from '../src/chat/commands.ts'

/** What the pages for people say of the repository is so: its files, its scripts, its commands. */

const root = new URL('../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')
const exists = (path: string) => existsSync(new URL(path, root))
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'adaptive-cards/README.md'],
  ...['docs/decisions.md', 'docs/operating.md', 'docs/security.md', 'docs/performance.md'],
]

const rooms =
  /^(src|test|docs|prisma|adaptive-cards|base|features|domain|app|chat|outbox|platforms|infra)\//
const files = /^[\w./-]*\w\.(ts|mjs|md|prisma)$/

/** Paths of the repository in backticks: from its root or from src. A name alone ("rules.ts") is in many folders. */
function pathsIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, inside = '']) => inside.split(' '))
  const looksLikeOne = (word: string) => rooms.test(word) || (files.test(word) && /\//.test(word))
  return quoted.filter((word) => looksLikeOne(word) && !/[<>]/.test(word))
}

const linksIn = (text: string) =>
  [...text.matchAll(/\]\(([^)#]+)\)/g)].flatMap(([, to = '']) => (/^https?:/.test(to) ? [] : [to]))

describe.each(pages)('%s', (page) => {
  const text = read(page)

  test('names files that are there', () => {
    const missing = pathsIn(text).filter((path) => !exists(path) && !exists(`src/${path}`))
    expect(missing).toEqual([])
  })

  test('links to files that are there', () => {
    const missing = linksIn(text).filter((to) => !existsSync(new URL(to, new URL(page, root))))
    expect(missing).toEqual([])
  })

  test('names scripts that are there', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')))
    const named = [...text.matchAll(/\bnpm run (?:-s )?([\w:]+)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  test('names commands of the terminal that are there', () => {
    const sources = readdirSync(new URL('src/app/cli/', root))
    const known = sources.flatMap((name) =>
      [...read(`src/app/cli/${name}`).matchAll(/\.command\('(\w+)/g)].map(([, command]) => command),
    )
    const named = [...text.matchAll(/milepost -- (\w+)/g)].map(([, name]) => name)
    expect(named.filter((name) => !known.includes(name))).toEqual([])
  })
})

const filledIn: Readonly<Record<string, string>> = {
  milestone: 'pages',
  date: '30 Jun',
  link: 'https://example.org/pages',
  whom: 'the Cabinet',
}

test('what the README says one can type is understood', () => {
  const { commands } = buildCommandRegistry()
  const typed = [...read('README.md').matchAll(/`\/rag ?([^`…]*)`/g)].map(([, said = '']) =>
    said.replace(/<(\w+)>/g, (_, name) => filledIn[name] ?? 'what people write'),
  )
  expect(typed.length).toBeGreaterThan(20)
  for (const said of typed) expect(parseCommand(commands, said, '/rag').command.name).toBeTruthy()
})

test('the list of where things live has every room and every feature, and no other', () => {
  const listed = [...read('CONTRIBUTING.md').matchAll(/^([\w/.-]+)\s{2,}\S/gm)].map(
    ([, at = '']) => at,
  )
  expect(listed.filter((path) => !exists(path))).toEqual([])
  const folders = (at: string) =>
    readdirSync(new URL(at, root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${at}${name}/`)
  expect(listed).toEqual(expect.arrayContaining([...folders('src/'), ...folders('src/features/')]))
})
