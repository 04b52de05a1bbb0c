import { expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { expandCard } from '../../../../src/chat/cards.ts'
import { renderPlainText } from '../../../../src/chat/plain-text.ts'
import { composeDigest } from '../../../../src/domain/digests/content/compose.ts'
import {
  type DigestContent,
  digestContent,
} from '../../../../src/domain/digests/content/content.ts'
import { paginateDigest } from '../../../../src/features/digests/rendering/paginate.ts'
import { aPlan } from '../../../support/plans.ts'

/** A digest as it was frozen before digests kept how things had stood, or had workstreams or projects without an update. */
const frozen = {
  programme: { id: 'programme', key: 'P1', title: 'Better Together' },
  asAt: '2017-02-20',
  previousAsAt: '2017-02-13',
  counts: [{ state: 'red', label: 'Red', shape: '◆', count: 1, was: 0 }],
  worse: [
    { id: '2.1', ref: '2.1', title: 'Standards', from: 'amber', to: 'red', reason: 'No site' },
  ],
  better: [],
  attention: [{ state: 'red', entries: [] }],
  finished: [],
  missed: [],
  due: [],
  dueUntil: '2017-03-06',
  moved: [],
  notUpdated: { count: 0, of: 2, since: '2017-02-13', names: null },
  notes: [],
  leftOut: ['3 Greens unchanged are not listed.', '1 new Green is not listed.'],
  snapshot: {
    projects: [
      { id: '2.1', state: 'red' },
      { id: '2.2', state: 'green' },
    ],
    milestones: [],
  },
}

const read = (): DigestContent => digestContent.parse(JSON.parse(JSON.stringify(frozen)))

test('an earlier digest is shown again with what it had', () => {
  const [root, ...thread] = paginateDigest(read(), '/rag')
  expect(renderPlainText(expandCard(root))).toContain(
    'Worse (1)\n2.1 Standards  ◆ Red, from Amber. No site\n',
  )
  const [part = '', ...more] = thread.map((card) => renderPlainText(expandCard(card)))
  expect(part).toContain('Worse\n2.1 Standards  ◆ Red (R)\nNo site\nNo way back to Green given\n')
  expect(part).toContain('Not listed: 3 Greens unchanged, 1 new Green.')
  expect(more).toEqual([])
})

test('words that were withheld from its readers are shown as they are today', () => {
  const sentence = 'Commentary not for this audience'
  const worse = frozen.worse.map((project) => ({ ...project, reason: sentence, path: sentence }))
  const content = digestContent.parse({ ...frozen, worse })
  const threadOf = (one: DigestContent) =>
    paginateDigest(one, '/rag')
      .slice(1)
      .map((card) => renderPlainText(expandCard(card)))
      .join('\n')
  expect(threadOf(content)).toContain(
    '2.1 Standards  ◆ Red (R)\nDetails are for the programme team\nA way back to Green is given, without a date\n',
  )
  expect(threadOf({ ...content, audience: 'public' })).toContain(
    '2.1 Standards  ◆ Red (R)\nA way back to Green is given, without a date\n',
  )
})

test('the next digest is compared with an earlier one, and counts from it', () => {
  const projects = [
    { ref: '2.1', updates: [{ state: 'red', reason: 'No site', onDay: '2017-02-24' }] },
    { ref: '2.2', updates: [{ state: 'amber', reason: 'Late', onDay: '2017-02-24' }] },
  ]
  const plan = aPlan({ asAt: '2017-02-27', projects })
  const since = civilDate('2017-02-20')
  const cards = paginateDigest(
    composeDigest({ plan, register: [], previous: read(), since }),
    '/rag',
  )
  const words = cards.map((card) => renderPlainText(expandCard(card))).join('\n')
  expect(words).toContain('2.1 Project 2.1  ◆ Red for 2 rounds (R, was R)')
  expect(words).toContain('2.2 Project 2.2  ▲ Amber, worse, from Green (A, was G)')
})
