import { expect, jest, test } from '@jest/globals'
import { muteConsole } from '../../../src/platforms/teams/mute-console.ts'

test('what is written to the console within is dropped, and what others write is not', async () => {
  const written = jest.spyOn(console, 'error').mockImplementation(() => undefined)
  const { promise, resolve } = Promise.withResolvers<void>()
  const work = muteConsole(async () => {
    console.error('within')
    await promise
    console.error('within, later')
    return 'result'
  })
  console.error('outside')
  resolve()
  expect(await work).toBe('result')
  console.error('after')
  expect(written.mock.calls).toEqual([['outside'], ['after']])
  written.mockRestore()
})
