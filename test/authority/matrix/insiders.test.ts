import { describe, expect, test } from '@jest/globals'
import { expectations } from './expectations.ts'
import { problemsOf } from './problems.ts'
import { insiders } from './roles.ts'
import { useStage } from './stage.ts'

const stage = useStage()

describe('who is in a programme may do what the table says', () => {
  test.each(expectations.map((row) => [row.name, row] as const))('%s', async (_, row) => {
    expect(await problemsOf(stage.current, row, insiders)).toEqual([])
  })
})
