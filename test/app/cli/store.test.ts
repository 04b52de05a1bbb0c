import { expect, test } from '@jest/globals'
import { Command } from 'commander'
import { configOf } from '../../../src/app/cli/store.ts'
import { dataDirOf } from '../../../src/app/config.ts'

test.each([
  [[], './data'],
  [['--playground'], 'data/playground'],
])('a command with %j works on the data in %s', (options, dataDir) => {
  const program = new Command().option('--playground').parse(options, { from: 'user' })
  expect(dataDirOf({ ...configOf(program), dataDir: './data' })).toBe(dataDir)
})
