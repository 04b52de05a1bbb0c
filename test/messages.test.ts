import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { expandCard } from '../src/chat/cards.ts'
import { renderPlainText } from '../src/chat/plain-text.ts'

/**
 * docs/messages.md holds the words of every card, so that they can be read from top to bottom. After a change of words:
 * `UPDATE_MESSAGES=1 npm test -- test/messages.test.ts`
 */

const page = new URL('../docs/messages.md', import.meta.url)
const folder = new URL('../adaptive-cards/', import.meta.url)

const introduction = `# Messages

What each card says, in plain text, filled with its sample (\`adaptive-cards/<name>.sample.json\`). This page is made by
\`UPDATE_MESSAGES=1 npm test -- test/messages.test.ts\`; a test fails where it is out of date. The words that we keep to
are in [words.md](words.md).
`

function sectionOf(file: string): string {
  const name = file.replace('.sample.json', '')
  const data: Record<string, unknown> = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  const text = renderPlainText(expandCard({ name, data })).trim()
  return `## ${name}\n\n\`\`\`text\n${text.replaceAll(/[^\S\n]+$/gm, '')}\n\`\`\`\n`
}

test('docs/messages.md has the words of every card', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sample.json'))
  const made = [introduction, ...files.toSorted().map(sectionOf)].join('\n')
  if (process.env.UPDATE_MESSAGES === '1') writeFileSync(page, made)
  expect(readFileSync(page, 'utf8')).toBe(made)
})
