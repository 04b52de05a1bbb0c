import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { documentedTests, testTitles } from '../support/documented-tests.ts'

/** docs/clients.md says which abilities of each client are used, by test: those tests exist, and none is left out. */

describe.each([
  ['vercel-labs’ emulate, as Slack', ['slack/adapter', 'slack/first-plan', 'slack/journey']],
  ['Microsoft’s Agents Playground, as Teams', ['teams/journey']],
])('%s', (heading, names) => {
  const { rows } = documentedTests('docs/clients.md', heading)
  const files = names.map((name) => `test/clients/${name}.test.ts`)

  test.each(rows)('$claim is used where the list says', ({ file, title }) => {
    expect(files).toContain(file)
    expect(testTitles(file)).toContain(title)
  })

  test('each file of tests is in the list', () => {
    expect(new Set(rows.map(({ file }) => file))).toEqual(new Set(files))
  })
})

describe('what the platforms say by themselves', () => {
  const { rows, unread } = documentedTests(
    'docs/clients.md',
    'What the platforms say by themselves',
  )

  test('is a table of events, each with what is done and its test', () => {
    expect(unread).toEqual([])
    expect(rows.length).toBeGreaterThan(10)
  })

  test.each(rows)('$claim', ({ file, title }) => {
    expect(testTitles(file)).toContain(title)
  })
})

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const page = read('docs/clients.md')
/** The packages are bundles under names that change: the first file that holds a text. */
function bundleWith(folder: string, text: string): string {
  const files = readdirSync(new URL(`../../${folder}`, import.meta.url)).filter((name) =>
    name.endsWith('.js'),
  )
  return (
    files.map((name) => read(`${folder}/${name}`)).find((source) => source.includes(text)) ?? ''
  )
}
const foundIn = (source: string, pattern: RegExp) => [
  ...new Set([...source.matchAll(pattern)].map(([, name = '']) => name)),
]

test('each method of emulate’s Web API is in the list, used or not', () => {
  const slack = bundleWith('node_modules/emulate/dist', '"/api/chat.postMessage"')
  const methods = foundIn(slack, /"\/api\/([a-zA-Z.]+)"/g)
  expect(methods.length).toBeGreaterThan(50)
  const words = new Set(page.split(/[^\w.]+/))
  expect(methods.filter((name) => !words.has(name))).toEqual([])
})

test('each activity that the Agents Playground mocks is sent or in the list', () => {
  const client = bundleWith(
    'node_modules/@microsoft/m365agentsplayground/dist/client/static/js',
    'CustomActivity.',
  )
  const entries = foundIn(client, /"CustomActivity\.(?!Editor)\w+ButtonText":"([^"]+)"/g)
  expect(entries.length).toBeGreaterThan(10)
  const journey = read('test/clients/teams/journey.test.ts')
  expect(
    entries.filter((entry) => !journey.includes(`'${entry}'`) && !page.includes(entry)),
  ).toEqual([])
})
