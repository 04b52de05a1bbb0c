import { expect, jest, test } from '@jest/globals'
import { createConsoleMute } from '../../../src/platforms/teams/mute-console.ts'

test('only what the muted work writes to the console is dropped', async () => {
  const written = jest.spyOn(console, 'error').mockImplementation(() => undefined)
  const { promise, resolve } = Promise.withResolvers<void>()
  const muteConsole = createConsoleMute()
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
