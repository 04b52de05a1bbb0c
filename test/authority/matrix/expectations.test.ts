import { expect, test } from '@jest/globals'
import { buildCommandRegistry } from '../../../src/app/command-registry.ts'
import { missingRows } from './expectations.ts'

const { commands } = buildCommandRegistry()

test('every command has a row in the table of who may do what, and every row a command', () => {
  expect(missingRows(commands)).toEqual([])
})

test('a new command without a row fails, and the sentence says what to add', () => {
  const [sentence] = missingRows([...commands, { name: 'toy' }])
  expect(sentence).toContain(
    'The command "toy" has no row: say in test/authority/matrix/expectations.ts who may use it',
  )
})
