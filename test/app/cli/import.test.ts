import { expect, test } from '@jest/globals'
import { Command, Option } from 'commander'
import {
  addImportCommand,
  type ImportOptions,
  importRequestOf,
} from '../../../src/app/cli/import.ts'
import { civilDate } from '../../../src/base/dates.ts'

/** What the words behind `import` ask for. */
function requestOf(...words: string[]) {
  const program = new Command().exitOverride()
  const programmeOption = new Option('--programme <key>')
  addImportCommand(program, { programmeOption, parseDay: civilDate })
  const [command] = program.commands
  if (!command) throw new Error('There is no import')
  command.parseOptions(words)
  const now = new Date('2026-11-29T12:00:00Z')
  return importRequestOf('plan.csv', new Uint8Array(), command.opts<ImportOptions>(), now)
}

test.each([
  [['--blank', '1.1=keep'], { blanks: { '1.1': 'keep' } }],
  [
    ['--blank', '1.1=keep', '--blank', '1.1 2=not rated', '--because', 'It has ended'],
    { blanks: { '1.1': 'keep', '1.1 2': 'not rated' }, blankReason: 'It has ended' },
  ],
  [['--blank', 'all=Not-rated'], { blanks: { all: 'not rated' } }],
  [
    ['--blank', '1.1=keep', '--state', 'Live=green', '--dates', 'month-first'],
    { blanks: { '1.1': 'keep' }, states: { Live: 'green' }, dates: 'month first' },
  ],
  [[], undefined],
])('%j answers what a sheet leaves open', (words, answers) => {
  expect(requestOf(...words).answers).toEqual(answers)
})

test('an answer that an empty cell cannot have is refused', () => {
  expect(() => requestOf('--blank', '1.1=red')).toThrow(
    '“1.1=red”: an empty cell can mean “keep” or “not rated”. Nothing was imported.',
  )
})
