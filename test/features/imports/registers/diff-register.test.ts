import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { reviewedFieldsOf } from '../../../../src/domain/register/as-at.ts'
import type { SheetEntry } from '../../../../src/domain/register/imported-entries.ts'
import { schemeOf } from '../../../../src/domain/scheme/schemes.ts'
import type { EntryRow } from '../../../../src/features/imports/parsed-plan.ts'
import { diffRegister } from '../../../../src/features/imports/registers/diff-register.ts'
import { aRisk } from '../../../support/register.ts'
import { settingsWith } from '../../../support/settings.ts'
import { aRiskRow } from './entry-rows.ts'

const context = {
  ...{ asOf: civilDate('2026-02-27'), scheme: schemeOf(settingsWith({})) },
  ...{ names: new Map<string, string>(), posts: new Map<string, string>() },
}

/** A risk that an earlier sheet rated so. */
function storedRisk(state: string): SheetEntry {
  const entry = aRisk(1, state, { text: 'No supplier bids' })
  const ofSheet = reviewedFieldsOf(entry)
  const quiet = { saidOn: null, isClosedBySheet: false, isReopenedInChat: false }
  return { entry, sheetRef: 'R1', ofSheet, history: [ofSheet], ...quiet }
}

function compared(before: string, said: Partial<EntryRow>) {
  const { words, notes } = diffRegister([aRiskRow(said)], [storedRisk(before)], context)
  return { becomes: words[0]?.fields.state, said: notes.map(({ message }) => message) }
}

describe('a rating that is not understood never removes one that was', () => {
  test.each<[string, string, Partial<EntryRow>, string]>([
    ['an empty cell', 'red', {}, 'Risk 1 stays Red: the rating in the sheet is empty.'],
    [
      'spaces',
      'amber',
      { rawState: '  ' },
      'Risk 1 stays Amber: the rating in the sheet is empty.',
    ],
    [
      ...(['a strange word', 'red', { rawState: 'Purple' }] as const),
      'Risk 1 stays Red: the rating in the sheet was not understood.',
    ],
  ])('%s: it stays, and whoever imports is told', (_, before, said, note) => {
    expect(compared(before, said)).toEqual({ becomes: undefined, said: [note] })
  })

  test.each<[string, string, Partial<EntryRow>, string]>([
    ['a rating', 'red', { state: 'green', rawState: 'Green' }, 'green'],
    ['a score', 'green', { score: { likelihood: 5, impact: 5 } }, 'red'],
  ])('%s that is understood takes its place', (_, before, said, becomes) => {
    expect(compared(before, said)).toEqual({ becomes, said: [] })
  })
})
