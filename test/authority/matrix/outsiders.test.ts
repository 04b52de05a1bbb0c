import { describe, expect, test } from '@jest/globals'
import { expectations } from './expectations.ts'
import { problemsOf } from './problems.ts'
import { outsiders } from './roles.ts'
import { useStage } from './stage.ts'

const stage = useStage()

describe('who is not in a programme learns and changes nothing of it', () => {
  test.each(expectations.map((row) => [row.name, row] as const))('%s', async (_, row) => {
    expect(await problemsOf(stage.current, row, outsiders)).toEqual([])
  })
})
