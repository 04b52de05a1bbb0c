import { expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import type { Correction } from '../../../../src/domain/digests/archive/digest-store.ts'
import { takenBackText } from '../../../../src/domain/digests/archive/taken-back.ts'
import {
  boardTarget,
  composeDigestFor,
} from '../../../../src/domain/digests/audience/compose-for.ts'
import { wholeProgramme } from '../../../../src/domain/schedule/scope.ts'
import { aPlan, type ProjectSketch } from '../../../support/plans.ts'

const green: ProjectSketch = { ref: '2.1', updates: [{ state: 'green' }] }
const red: ProjectSketch = { ref: '2.1', updates: [{ state: 'red', reason: 'No money' }] }
const otherRed: ProjectSketch = {
  ref: '2.1',
  updates: [{ id: 'other', state: 'red', reason: 'No staff' }],
}
const amber: ProjectSketch = { ref: '2.1', updates: [{ state: 'amber', reason: 'Late' }] }

const now = (...projects: ProjectSketch[]) => aPlan({ asAt: '2017-03-03', projects })

function corrected(
  told: readonly ProjectSketch[],
  [before, after]: readonly [ProjectSketch[], ProjectSketch[]],
  corrections: readonly Correction[] = [],
): string | null {
  const plan = aPlan({ asAt: '2017-02-24', projects: told })
  const input = { plan, register: [], previous: null, since: civilDate('2017-02-20') }
  const content = composeDigestFor(input, boardTarget)
  const digest = { content, scope: wholeProgramme, number: 12, corrections }
  return takenBackText(digest, now(...before), now(...after))
}

test('what a digest told and is no longer so is named', () => {
  expect(corrected([red], [[red], [green]])).toBe(
    'taken back since: 2.1 Project 2.1: ◆ Red then, ● Green now',
  )
})

test('what it did not tell is no correction', () => {
  expect(corrected([green], [[amber], [green]])).toBeNull()
})

test('what changed otherwise since is no correction either', () => {
  const other: ProjectSketch = { ref: '2.2', updates: [{ state: 'green' }] }
  const worse: ProjectSketch = { ref: '2.2', updates: [{ state: 'red', reason: 'Storm' }] }
  expect(
    corrected(
      [red, other],
      [
        [red, worse],
        [green, worse],
      ],
    ),
  ).toBe('taken back since: 2.1 Project 2.1: ◆ Red then, ● Green now')
})

test('what is taken back twice is as it was first told', () => {
  const text = 'taken back since: 2.1 Project 2.1: ◆ Red then, ● Green now'
  const correction = { text, by: 'Asha', at: new Date('2017-03-03T12:00:00Z') }
  expect(corrected([red], [[green], [red]], [correction])).toBe(
    'no longer so, as first told again: 2.1 Project 2.1: ◆ Red then, ● Green now',
  )
  expect(corrected([red], [[green], [red]])).toBeNull()
})

test('words that were taken back are told of, though the state is the same', () => {
  expect(corrected([red], [[red], [otherRed]])).toBe(
    'taken back since: 2.1 Project 2.1: what was said of it',
  )
})

test('three are named, and the rest counted', () => {
  const refs = ['2.1', '2.2', '2.3', '2.4', '2.5']
  const many = (sketch: ProjectSketch) => refs.map((ref) => ({ ...sketch, ref }))
  expect(corrected(many(red), [many(red), many(green)])).toMatch(
    /2\.3 Project 2\.3: ◆ Red then, ● Green now; and 2 more \(digest 12 changes\)$/,
  )
})
