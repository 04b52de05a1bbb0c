import { describe, expect, test } from '@jest/globals'
import { withDeadline, withTimeout } from '../../src/base/timeout.ts'

const soon = Promise.resolve('in time')
const never = new Promise<string>(() => {})
const failing = () => Promise.reject(new Error('failed'))
const late = () => new RangeError('late')

describe('work that is in time', () => {
  test('gives its result', async () => {
    expect(await withTimeout(1_000, soon)).toBe('in time')
    expect(await withDeadline(1_000, soon, late)).toBe('in time')
  })

  test('may fail with its own error', async () => {
    await expect(withTimeout(1_000, failing())).rejects.toThrow('failed')
    await expect(withDeadline(1_000, failing(), late)).rejects.toThrow('failed')
  })
})

describe('work that takes too long', () => {
  test('gives undefined', async () => {
    expect(await withTimeout(1, never)).toBeUndefined()
  })

  test('throws the error of its deadline', async () => {
    await expect(withDeadline(1, never, late)).rejects.toThrow(RangeError)
  })
})
