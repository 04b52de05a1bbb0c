import { expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { expandCard } from '../../../../src/chat/cards.ts'
import { renderPlainText } from '../../../../src/chat/plain-text.ts'
import { composeDigest } from '../../../../src/domain/digests/content/compose.ts'
import { paginateDigest } from '../../../../src/features/digests/rendering/paginate.ts'
import { aPlan, type PlanSketch } from '../../../support/plans.ts'

/** What a digest says of what is at risk, and of what waits for a second person. */
function digest(sketch: PlanSketch) {
  const plan = aPlan(sketch)
  const since = civilDate('2017-02-20')
  const content = composeDigest({ plan, register: [], previous: null, since })
  const text = paginateDigest(content, '/rag').map((card) => renderPlainText(expandCard(card)))
  return { content, text: text.join('\n') }
}

test('an improvement that awaits confirmation is listed with its old state, and as awaiting confirmation', () => {
  const { content, text } = digest({
    projects: [
      {
        ref: '2.1',
        updates: [
          { state: 'amber', onDay: '2017-02-23', reason: 'Found one', awaitsConfirmation: true },
          { state: 'red', onDay: '2017-02-20', reason: 'No provider', greenBy: '2017-06-30' },
        ],
      },
    ],
  })
  expect(content.counts.map(({ state, count }) => [state, count])).toEqual([
    ['red', 1],
    ['amber', 0],
    ['green', 0],
    ['blank', 0],
  ])
  expect(content.snapshot.projects).toMatchObject([{ id: '2.1', state: 'red' }])
  expect(text).toContain('No provider')
  expect(text).toContain('▲ Amber said on Thu 23 Feb 2017 awaits confirmation')
})

test('a milestone at risk is listed once, with the reason: by its day where that is near', () => {
  const { content, text } = digest({
    projects: [
      {
        ref: '2.1',
        milestones: [
          { due: '2017-03-01', atRisk: 'The writer is ill' },
          { due: '2017-06-30', atRisk: 'No money yet' },
          { due: null, atRisk: 'Nobody asked' },
          { due: '2017-06-30' },
        ],
      },
    ],
  })
  const numbers = (entries: readonly { readonly number: number }[]) =>
    entries.map(({ number }) => number)
  expect([numbers(content.due), numbers(content.atRisk)]).toEqual([[1], [3, 2]])
  expect(text).toContain('At risk: The writer is ill')
  expect(text).toContain('At risk: No money yet')
  expect(content.leftOut).toContainEqual({
    what: '1 milestone due after Fri 10 Mar 2017',
    see: 'due 365',
  })
})

test('a milestone whose completion awaits confirmation is not finished, and is marked', () => {
  const { content, text } = digest({
    projects: [{ ref: '2.1', milestones: [{ due: '2017-02-22', awaitedSince: '2017-02-21' }] }],
  })
  expect(content.finished).toEqual([])
  expect(text).toContain('Said to be done on Tue 21 Feb 2017, awaits confirmation')
})
