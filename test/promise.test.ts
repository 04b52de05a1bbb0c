import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

/** Each sentence of the promise in docs/operating.md names a test; that test exists. */

const root = new URL('../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')

const [, promise = ''] = read('docs/operating.md').split('## The promise')
const rows = [...promise.matchAll(/^\| (.+) \| `(test\/[^`]+)` \| (.+) \|$/gm)].map(
  ([, sentence = '', file = '', name = '']) => ({ sentence, file, name }),
)

describe('the promise', () => {
  test('has a test for each sentence', () => {
    const lines = promise.split('\n').filter((line) => /^\| (?!the promise)/.test(line))
    expect(rows.length).toBeGreaterThan(20)
    expect(rows).toHaveLength(lines.length)
  })

  test.each(rows)('$sentence', ({ file, name }) => {
    expect(existsSync(new URL(file, root))).toBe(true)
    const named = [...read(file).matchAll(/\btest\(\s*(['"`])(.+?)\1,/gs)].map(
      ([, , title]) => title,
    )
    expect(named).toContain(name)
  })
})
