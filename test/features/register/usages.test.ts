import { describe, expect, test } from '@jest/globals'
import { addAction, addDecision, addRisk } from '../../../src/features/register/add-commands.ts'
import { closeCommand } from '../../../src/features/register/close-command.ts'
import { showEntry } from '../../../src/features/register/queries.ts'
import { reviewCommand } from '../../../src/features/register/review-command.ts'
import { patternOf } from '../../support/patterns.ts'

describe('optional parts before free text', () => {
  const asked = patternOf(addDecision, 0)
  const decision = patternOf(addDecision, 1)
  const risk = patternOf(addRisk, 1)

  test.each([
    ['decision which site to close', { text: 'which site to close' }],
    ['decision for 2.1 which site to close', { project: '2.1', text: 'which site to close' }],
    ['decision for the board: which site', { text: 'for the board: which site' }],
    ['decision whether to go by bus', { text: 'whether to go by bus' }],
    [
      'decision for 2.1 which site needed by 30 Jun',
      { project: '2.1', text: 'which site', date: '30 Jun' },
    ],
  ])('%j', (typed, parts) => {
    expect(decision.match(typed)).toEqual(parts)
    expect(asked.match(typed)).toBeUndefined()
  })

  test.each([
    [
      'decision for W17/2.1 which site needed from the Cabinet by 30 Jun',
      { project: 'W17/2.1', text: 'which site', whom: 'the Cabinet', date: '30 Jun' },
    ],
    [
      'decision whether money needed from reserves is spent needed from the Cabinet',
      { text: 'whether money needed from reserves is spent', whom: 'the Cabinet' },
    ],
  ])('%j', (typed, parts) => {
    expect(asked.match(typed)).toEqual(parts)
  })

  test.each([
    ['risk 2.1 A supplier may leave', { project: '2.1', text: 'A supplier may leave' }],
    ['risk A 2.1 the supplier', { rating: 'A', project: '2.1', text: 'the supplier' }],
    [
      'risk missed deadline/major issues 2.1 2 posts',
      { rating: 'missed deadline/major issues', project: '2.1', text: '2 posts' },
    ],
    ['risk 2.1 2018 is rated red', { project: '2.1', text: '2018 is rated red' }],
    [
      'risk red 2.1 no provider mitigated by a second tender mitigated by luck',
      {
        rating: 'red',
        project: '2.1',
        text: 'no provider',
        mitigation: 'a second tender mitigated by luck',
      },
    ],
  ])('%j', (typed, parts) => {
    expect(risk.match(typed)).toEqual(parts)
  })
})

describe('an entry of the register', () => {
  const close = patternOf(closeCommand)
  const shown = patternOf(showEntry)
  test.each([
    ['close risk 3', { kind: 'risk', number: '3' }],
    [
      'Close Decision W17/#2 because option B, by the Cabinet because it is cheaper',
      {
        kind: 'Decision',
        number: 'W17/#2',
        outcome: 'option B, by the Cabinet because it is cheaper',
      },
    ],
  ])('%j', (typed, parts) => {
    expect(close.match(typed)).toEqual(parts)
  })
  test.each(['close 3', 'close risk', 'close milestone 3', 'close risk 2.1', 'close risk 3 gone'])(
    '%j closes nothing',
    (typed) => {
      expect(close.match(typed)).toBeUndefined()
    },
  )
  test.each([
    ['risk 3', { kind: 'risk', number: '3' }],
    ['dependency #12', { kind: 'dependency', number: '#12' }],
  ])('%j', (typed, parts) => {
    expect(shown.match(typed)).toEqual(parts)
  })
  test.each(['risk', 'risk 2.1', 'risk 3 posts', 'risks'])('%j does not match', (typed) => {
    expect(shown.match(typed)).toBeUndefined()
  })
})

describe('the parts after the text', () => {
  const [scored, plain] = [patternOf(addRisk, 0), patternOf(addRisk, 1)]
  const review = patternOf(reviewCommand)
  const action = patternOf(addAction)

  test.each([
    [
      'risk 2x3 2.1 no provider owned by Tom Quill review by 31 Mar',
      { score: '2x3', project: '2.1', text: 'no provider', owner: 'Tom Quill', review: '31 Mar' },
    ],
    [
      'risk 2 × 3 2.1 no provider mitigated by luck owned by Tom Quill',
      {
        ...{ score: '2 × 3', project: '2.1', text: 'no provider', mitigation: 'luck' },
        owner: 'Tom Quill',
      },
    ],
  ])('%j', (typed, parts) => {
    expect(scored.match(typed)).toEqual(parts)
  })

  test.each([
    [
      'risk red 2.1 no provider review by 31 Mar',
      { rating: 'red', project: '2.1', text: 'no provider', review: '31 Mar' },
    ],
  ])('%j', (typed, parts) => {
    expect(plain.match(typed)).toEqual(parts)
    expect(scored.match(typed)).toBeUndefined()
  })

  test.each([
    [
      'action for 2.1 order the signs owned by Tom Quill due 30 Jun',
      { project: '2.1', text: 'order the signs', owner: 'Tom Quill', date: '30 Jun' },
    ],
    ['action order the signs', { text: 'order the signs' }],
  ])('%j', (typed, parts) => {
    expect(action.match(typed)).toEqual(parts)
  })

  test.each([
    [
      'review risk 1 as 5x4 because the tender failed',
      { kind: 'risk', number: '1', rating: '5x4', reason: 'the tender failed' },
    ],
    [
      'review risk 1 as missed deadline owned by Tom Quill review by 31 Mar because x y',
      {
        ...{ kind: 'risk', number: '1', rating: 'missed deadline', owner: 'Tom Quill' },
        ...{ review: '31 Mar', reason: 'x y' },
      },
    ],
    [
      'review action 2 due 30 Jun because it is due',
      { kind: 'action', number: '2', date: '30 Jun', reason: 'it is due' },
    ],
    [
      'review decision W17/2 because nothing changed',
      { kind: 'decision', number: 'W17/2', reason: 'nothing changed' },
    ],
  ])('%j', (typed, parts) => {
    expect(review.match(typed)).toEqual(parts)
  })
})
