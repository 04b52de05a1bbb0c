import { expect, test } from '@jest/globals'
import { memoize, memoizeByObject } from '../../src/base/memoize.ts'

test('each answer is computed once, even undefined', () => {
  const asked: string[] = []
  const answer = memoize((text: string) => {
    asked.push(text)
    return text === 'none' ? undefined : text.length
  })
  expect(['one', 'three', 'one', 'none', 'none'].map(answer)).toEqual([
    3,
    5,
    3,
    undefined,
    undefined,
  ])
  expect(asked).toEqual(['one', 'three', 'none'])
})

test('it never keeps more answers than its maximum', () => {
  let worked = 0
  const answer = memoize((number: number) => {
    worked += 1
    return number
  }, 2)
  for (const number of [1, 2, 1, 3, 1]) expect(answer(number)).toBe(number)
  expect(worked).toBe(4)
})

test('of an object each answer is computed once, for that object alone', () => {
  let computed = 0
  const answer = memoizeByObject((of: { readonly name: string }) => {
    computed += 1
    return { greeting: `Hello ${of.name}` }
  })
  const asha = { name: 'Asha' }
  expect(answer(asha)).toBe(answer(asha))
  expect(answer({ ...asha })).toEqual({ greeting: 'Hello Asha' })
  expect(computed).toBe(2)
})
