import { expect, test } from '@jest/globals'
import { newlyKept } from '../../../src/features/imports/earlier-answers.ts'
import type { BlankFate } from '../../../src/features/imports/settings.ts'

type Blanks = Readonly<Record<string, BlankFate>>

test.each<[string, Blanks, Blanks, string[]]>([
  ['one that stays', { '1.1': 'keep' }, {}, ['1.1']],
  ['all', { all: 'keep' }, {}, ['1.1', '1.2']],
  ['one that stayed before', { '1.1': 'keep' }, { '1.1': 'keep' }, []],
  ['one that was not rated any more', { '1.1': 'keep' }, { '1.1': 'not rated' }, ['1.1']],
  ['one that is not rated any more', { '1.1': 'not rated' }, {}, []],
  ['one that is none of the sheet', { '3.1': 'keep' }, {}, []],
  ['nothing', {}, {}, []],
])('is remembered of %s', (_, now, before, expected) => {
  const stored = { sheetAnswers: { states: {}, blanks: before } }
  expect(newlyKept({ blanks: { ...now } }, stored, ['1.1', '1.2'])).toEqual(expected)
})
