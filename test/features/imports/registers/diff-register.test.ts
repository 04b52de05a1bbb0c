import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { reviewedFieldsOf } from '../../../../src/domain/register/as-at.ts'
import type { SheetEntry } from '../../../../src/domain/register/imported-entries.ts'
import { schemeOf } from '../../../../src/domain/scheme/schemes.ts'
import type { EntryRow } from '../../../../src/features/imports/parsed-plan.ts'
import { diffRegister } from '../../../../src/features/imports/registers/diff-register.ts'
import { aDecision, aDependency, aRisk } from '../../../support/register.ts'
import { settingsWith } from '../../../support/settings.ts'
import { aRiskRow } from './entry-rows.ts'

const context = {
  ...{ asOf: civilDate('2026-02-27'), scheme: schemeOf(settingsWith({})) },
  ...{ names: new Map<string, string>(), posts: new Map<string, string>() },
  projects: [
    { ref: '2.1', title: 'Practice standards' },
    { ref: '2.2', title: 'Supervision' },
  ],
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

describe('what never changes of an entry', () => {
  const told = (row: Partial<EntryRow>, entry: SheetEntry['entry']) => {
    const stored = { ...storedRisk('red'), entry }
    return diffRegister(
      [aRiskRow({ kind: entry.kind as 'risk', ...row })],
      [stored],
      context,
    ).notes.map(({ message }) => message.split('. If the sheet')[0])
  }
  const decision = aDecision(1, null, { text: 'No supplier bids', askedOf: 'the Cabinet' })
  const dependency = { ...aDependency(1, '2.2'), text: 'No supplier bids' }

  test.each<[string, Partial<EntryRow>, SheetEntry['entry'], string]>([
    [
      'its project',
      { about: '2.2 Supervision', state: 'red' },
      aRisk(1, 'red', { text: 'No supplier bids' }),
      'Risk 1: its project stays “2.1”, and the sheet says “2.2”',
    ],
    [
      'of whom a decision is asked',
      { askedOf: 'Scrutiny' },
      decision,
      'Decision 1: of whom it is asked stays “the Cabinet”, and the sheet says “Scrutiny”',
    ],
    [
      'on what a dependency waits',
      { text: dependency.text, dependsOn: 'the city' },
      dependency,
      'Dependency 1: on what it waits stays “2.2”, and the sheet says “the city”',
    ],
    [
      'the day it was raised',
      { raisedOn: civilDate('2017-01-09'), state: 'red' },
      aRisk(1, 'red', { text: 'No supplier bids' }),
      'Risk 1: the day it was raised stays “Wed 1 Feb 2017”, and the sheet says “Mon 9 Jan 2017”',
    ],
  ])('is told where the sheet says otherwise: %s', (_, row, entry, note) => {
    expect(told(row, entry)).toEqual([note])
  })

  test('says nothing where the sheet names the same in other words, or nothing', () => {
    const risk = aRisk(1, 'red', { text: 'No supplier bids' })
    for (const about of ['2.1', 'practice  standards', '2.1 Practice standards', null])
      expect(told({ about, state: 'red' }, risk)).toEqual([])
    expect(told({ askedOf: 'The cabinet' }, decision)).toEqual([])
    expect(told({ dependsOn: 'Supervision' }, dependency)).toEqual([])
  })
})

test('what is said of a row of another sheet than the plan names that sheet', () => {
  const row = aRiskRow({ sheet: 'Risks', rawState: 'Purple' })
  const { notes } = diffRegister([row], [storedRisk('red')], context)
  expect(notes).toEqual([
    {
      ...{ row: 2, sheet: 'Risks' },
      message: 'Risk 1 stays Red: the rating in the sheet was not understood.',
    },
  ])
})
