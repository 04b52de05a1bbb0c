import { describe, expect, test } from '@jest/globals'
import { findFolderCircles } from './folder-circles.ts'

const imports = (...pairs: (readonly [string, string])[]) =>
  pairs.map(([from, to]) => ({ from, to }))

describe('folders that import one another', () => {
  test('are found through different files, where no two files form a circle', () => {
    const found = findFolderCircles(
      imports(['src/plan/a.ts', 'src/people/b.ts'], ['src/people/c.ts', 'src/plan/d.ts']),
    )
    expect(found).toEqual([
      {
        parent: 'src',
        folders: ['people', 'plan'],
        imports: imports(
          ['src/plan/a.ts', 'src/people/b.ts'],
          ['src/people/c.ts', 'src/plan/d.ts'],
        ),
      },
    ])
  })

  test('are found over three folders, and deeper down', () => {
    const found = findFolderCircles(
      imports(
        ['src/x/a/1.ts', 'src/x/b/1.ts'],
        ['src/x/b/deep/2.ts', 'src/x/c/1.ts'],
        ['src/x/c/2.ts', 'src/x/a/deep/er/2.ts'],
      ),
    )
    expect(found.map(({ parent, folders }) => [parent, folders])).toEqual([
      ['src/x', ['a', 'b', 'c']],
    ])
  })

  test('are not there where imports run one way, nor between a folder and its own subfolder', () => {
    expect(
      findFolderCircles(
        imports(
          ['src/a/1.ts', 'src/b/1.ts'],
          ['src/a/2.ts', 'src/c/1.ts'],
          ['src/b/1.ts', 'src/c/1.ts'],
          ['src/c/1.ts', 'src/c/sub/1.ts'],
          ['src/c/sub/2.ts', 'src/c/2.ts'],
        ),
      ),
    ).toEqual([])
  })
})
