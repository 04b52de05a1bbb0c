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
