import { describe, expect, test } from '@jest/globals'
import { type CivilDate, civilDate } from '../../../src/base/dates.ts'
import { entryAsAt, reviewedFieldsOf } from '../../../src/domain/register/as-at.ts'
import type { Risk } from '../../../src/domain/register/entry.ts'
import { formatReopening } from '../../../src/domain/register/format.ts'
import { applyReview } from '../../../src/domain/register/review-rules.ts'
import { parseScore, stateOfScore } from '../../../src/domain/register/risk-score.ts'
import { isOpen } from '../../../src/domain/register/rules.ts'
import { brag, delivery, rag } from '../../../src/domain/scheme/schemes.ts'
import { aDecision, aHeadline, anAction, aReview, aRisk } from '../../support/register.ts'

const day = (text: string): CivilDate => civilDate(text)

describe('a risk that was reviewed', () => {
  const risk: Risk = {
    ...aRisk(1, 'amber', { onDay: '2017-02-01' }),
    reviews: [
      aReview({ state: 'red', score: { likelihood: 4, impact: 5 }, onDay: '2017-02-10' }),
      aReview({ state: 'green', onDay: '2017-02-20', withdrawnOn: '2017-02-22' }),
    ],
  }
  test.each([
    ['2017-02-09', 'amber', null],
    ['2017-02-10', 'red', 20],
    ['2017-02-20', 'green', null],
    ['2017-02-22', 'red', 20],
  ])('as at %s is %s', (asAt, state, product) => {
    const then = entryAsAt(risk, day(asAt))
    expect(then.state).toBe(state)
    expect(then.score && then.score.likelihood * then.score.impact).toBe(product)
  })
})

describe('a decision that was decided, opened again and decided otherwise', () => {
  const closing = (outcome: string, on: string) => ({ outcome, byId: null, onDay: day(on) })
  const decision = {
    ...aDecision(1, null, { onDay: '2017-02-01' }),
    closing: closing('Option C', '2017-03-01'),
    reopenings: [
      {
        ...{ reason: 'the minutes say otherwise', byId: null, onDay: day('2017-02-20') },
        closing: closing('Option B', '2017-02-10'),
      },
    ],
  }
  test.each([
    ['2017-02-09', true],
    ['2017-02-10', false],
    ['2017-02-19', false],
    ['2017-02-20', true],
    ['2017-02-28', true],
    ['2017-03-01', false],
  ])('as at %s is open: %s', (asAt, expected) => {
    expect(isOpen(decision, day(asAt))).toBe(expected)
  })
  test('says what it was, from the day it was opened again', () => {
    expect(formatReopening(decision, day('2017-02-19'))).toBeUndefined()
    expect(formatReopening(decision, day('2017-02-20'))).toBe(
      'Opened again on Mon 20 Feb 2017, because the minutes say otherwise; was decided: Option B',
    )
  })
})

describe('likelihood × impact', () => {
  test.each([
    ['5x5', 'red', 'red', 'major-issues'],
    ['3 × 5', 'red', 'red', 'major-issues'],
    ['4x3', 'amber', 'amber', 'minor-issues'],
    ['5*1', 'amber', 'amber', 'minor-issues'],
    ['2X2', 'green', 'green', 'on-track'],
  ])('%s comes to %s', (text, inRag, inBrag, inDelivery) => {
    const score = parseScore(text)
    const states = score ? [rag, brag, delivery].map((one) => stateOfScore(score, one).key) : []
    expect(states).toEqual([inRag, inBrag, inDelivery])
  })
  test.each(['6x1', '0x3', '4x', '45', 'red'])('“%s” is none', (text) => {
    expect(parseScore(text)).toBeUndefined()
  })
})

describe('a review', () => {
  const by = { scheme: rag, today: day('2017-02-24'), ownerId: null, reason: 'the tender failed' }
  const risk = aRisk(1, 'amber')

  test('changes what it says and keeps the rest', () => {
    const before = { ...risk, mitigation: 'a second tender' }
    const result = applyReview(before, { rating: '5x4', review: '31 Mar' }, by)
    expect(result).toEqual({
      ok: true,
      fields: {
        ...reviewedFieldsOf(before),
        ...{ state: 'red', score: { likelihood: 5, impact: 4 }, reviewOn: '2017-03-31' },
      },
    })
  })

  test('by a colour takes the score away, which said otherwise', () => {
    const scored = { ...risk, state: 'red', score: { likelihood: 5, impact: 4 } }
    expect(applyReview(scored, { rating: 'green' }, by)).toMatchObject({
      fields: { state: 'green', score: null },
    })
  })

  test.each([
    ['another rating without a reason', risk, { rating: 'red' }, 'reason'],
    ['another day without a reason', anAction(1, '2017-02-28'), { date: '31 Mar' }, 'reason'],
    ['nothing at all', risk, {}, 'reason'],
    ['a score and another colour', risk, { rating: 'green', score: '5x5' }, 'score'],
    ['a score beyond five', risk, { score: '6x1' }, 'score'],
    ['a day that has passed', risk, { review: '1 Feb 2017' }, 'review'],
    ['a rating of an action', anAction(1, '2017-02-28'), { rating: 'red' }, 'rating'],
    ['an owner of a decision', aDecision(1, null), { owner: 'Tom' }, 'owner'],
    ['a day of a risk', risk, { date: '31 Mar' }, 'date'],
    ['a rating of a headline', aHeadline(1), { rating: 'red' }, 'rating'],
  ])('with %s is refused', (_, entry, texts, input) => {
    const result = applyReview(entry, texts, { ...by, reason: undefined })
    expect(result).toMatchObject({ ok: false, problems: { [input]: expect.any(String) } })
  })

  test('that nothing changed is said with its reason alone', () => {
    expect(applyReview(risk, {}, by)).toEqual({ ok: true, fields: reviewedFieldsOf(risk) })
  })
})
