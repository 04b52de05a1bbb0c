import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { textLiterals } from './support/text-literals.ts'

/** Every text that a person may read keeps to docs/words.md. */

const root = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

const banned = [...read('docs/words.md').matchAll(/^\| (`.+`) \| .+ \|$/gm)].flatMap(
  ([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words),
)

/** What only programmers and programs read, and words that people say to Milepost. */
const unread = [
  'src/infra/',
  'src/outbox/',
  'src/playground/',
  'src/features/understanding/rules/',
  'src/features/imports/formats/',
  'src/app/metrics/',
  'src/base/sheets/',
  // Reads what digests of earlier versions say.
  'src/domain/digests/withheld.ts',
]

const sources = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file}`)
  .filter((file) => file.endsWith('.ts') && !unread.some((folder) => file.startsWith(folder)))
const templates = readdirSync(new URL('adaptive-cards/', root))
  .filter((file) => file.endsWith('.json'))
  .map((file) => `adaptive-cards/${file}`)

const texts = [...sources, ...templates].flatMap((file) =>
  textLiterals(file, read(file)).map((text) => ({ file, text })),
)

test('the page of words has rows', () => expect(banned.length).toBeGreaterThan(30))

describe.each(banned)('nobody reads “%s”', (words) => {
  const pattern = new RegExp(`\\b${words}\\b`, 'i')
  test('in any text', () => {
    const found = texts.filter(({ text }) => pattern.test(text))
    expect(found).toEqual([])
  })
})
