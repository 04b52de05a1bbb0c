import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

/** The recipes of CONTRIBUTING.md name files that are there, and each the test that adds a toy one of its kind. */

const root = new URL('../../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')

const [, chapter = ''] = /## How to add\n([\s\S]*?)\n## /.exec(read('CONTRIBUTING.md')) ?? []
const recipes = chapter
  .split('\n### ')
  .slice(1)
  .map((text) => {
    const [title = '', ...lines] = text.split('\n')
    const body = lines.join('\n')
    const [, heldBy = ''] = /^Held by: (.*)$/m.exec(body) ?? []
    return { title, body, tests: pathsIn(heldBy) }
  })

/** Changed by no toy: a table is held by the tests of its store and of the migrations. */
const withoutToy = ['A table or column']

function pathsIn(text: string): string[] {
  return [...text.matchAll(/`((?:src|test|adaptive-cards|prisma)\/[^`<]*|\.env\.example)`/g)].map(
    ([, path = '']) => path,
  )
}

describe('the recipes of CONTRIBUTING.md', () => {
  test('are there for each kind of addition', () => {
    expect(recipes.map(({ title }) => title)).toEqual([
      'A command',
      'A reminder rule',
      'A card',
      'A digest section',
      'A check before the board sees it',
      'An attribute of a project',
      'A sheet format',
      'A message kind',
      'A setting of a programme',
      'A platform',
      'A table or column',
    ])
  })

  test.each(recipes)('$title: names files that are there', ({ body }) => {
    expect(pathsIn(body).filter((path) => !existsSync(new URL(path, root)))).toEqual([])
  })

  test.each(recipes.filter(({ title }) => !withoutToy.includes(title)))(
    '$title: is held by a test that adds a toy one',
    ({ tests }) => {
      expect(tests.length).toBeGreaterThan(0)
      expect(tests.some((file) => /\btoy\b/i.test(read(file)))).toBe(true)
    },
  )
})
