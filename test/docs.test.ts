import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { buildCommandRegistry } from '../src/app/command-registry.ts'
import { parseCommand } from '../src/chat/commands.ts'

/** The pages for people are true of the repository: the files, scripts and commands they name exist. */

const root = new URL('../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')
const exists = (path: string) => existsSync(new URL(path, root))
const pages = [
  ...['SECURITY.md', 'docs/data-protection.md', 'docs/accessibility.md'],
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'adaptive-cards/README.md'],
  ...['docs/decisions.md', 'docs/operating.md', 'docs/security.md', 'docs/performance.md'],
  ...['docs/clients.md', 'docs/deploying.md', 'docs/organisations.md'],
]

const rooms =
  /^(src|test|docs|deploy|prisma|adaptive-cards|base|features|domain|app|chat|outbox|platforms|infra)\//
const files = /^[\w./-]*\w\.(ts|mjs|md|prisma)$/

/** Paths in backticks, from the repository's root or from src. A bare file name ("rules.ts") can be in many folders. */
function pathsIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, inside = '']) => inside.split(' '))
  const isPath = (word: string) => rooms.test(word) || (files.test(word) && /\//.test(word))
  return quoted.filter((word) => isPath(word) && !/[<>]/.test(word))
}

const linksIn = (text: string) =>
  [...text.matchAll(/\]\(([^)#]+)\)/g)].flatMap(([, to = '']) => (/^https?:/.test(to) ? [] : [to]))

describe.each(pages)('%s', (page) => {
  const text = read(page)

  test('names only files that exist', () => {
    const missing = pathsIn(text).filter((path) => !exists(path) && !exists(`src/${path}`))
    expect(missing).toEqual([])
  })

  test('links only to files that exist', () => {
    const missing = linksIn(text).filter((to) => !existsSync(new URL(to, new URL(page, root))))
    expect(missing).toEqual([])
  })

  test('names only scripts of package.json', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')))
    const named = [...text.matchAll(/\bnpm run (?:-s )?([\w:]+)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  test('names only commands of the terminal that exist', () => {
    const sources = readdirSync(new URL('src/app/cli/', root))
    const existing = sources.flatMap((name) =>
      [...read(`src/app/cli/${name}`).matchAll(/\.command\('(\w+)/g)].map(([, command]) => command),
    )
    const named = [...text.matchAll(/milepost -- (\w+)/g)].map(([, name]) => name)
    expect(named.filter((name) => !existing.includes(name))).toEqual([])
  })
})

const filledIn: Readonly<Record<string, string>> = {
  milestone: 'pages',
  date: '30 Jun',
  link: 'https://example.org/pages',
  whom: 'the Cabinet',
}

const { commands } = buildCommandRegistry()
const typedInReadme = [...read('README.md').matchAll(/`\/rag ?([^`…]*)`/g)].map(([, line = '']) =>
  line.replace(/<(\w+)>/g, (_, slot) => filledIn[slot] ?? 'what people write'),
)

test('every line that the README tells people to type is a command', () => {
  expect(typedInReadme.length).toBeGreaterThan(20)
  for (const line of typedInReadme) {
    expect(parseCommand(commands, line)?.command.name).toBeTruthy()
  }
})

test('the README has a line for every command', () => {
  const typed = new Set(typedInReadme.map((line) => parseCommand(commands, line)?.command.name))
  expect(commands.map(({ name }) => name).filter((name) => !typed.has(name))).toEqual([])
})

test('ARCHITECTURE.md lists every room, every feature and every domain, and no other', () => {
  const page = read('ARCHITECTURE.md')
  const rooms = [...page.matchAll(/^\| `(src\/[\w-]+\/)` \|/gm)].map(([, path = '']) => path)
  const folders = [...page.matchAll(/^(src\/[\w/-]+\/)\s{2,}\S/gm)].map(([, path = '']) => path)
  const foldersIn = (path: string) =>
    readdirSync(new URL(path, root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${path}${name}/`)
  expect(rooms.toSorted()).toEqual(foldersIn('src/').toSorted())
  expect(folders.toSorted()).toEqual(
    [...foldersIn('src/features/'), ...foldersIn('src/domain/')].toSorted(),
  )
})
